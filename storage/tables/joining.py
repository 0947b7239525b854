"""How people come into a group, and who may not: invitations, applications, those kept out."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from storage.tables.metadata import Id, UtcTime, metadata

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("note", LargeBinary),
    Column("max_uses", Integer, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("created_by", Id, ForeignKey("actors.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Index(None, "group_id", "id"),
    Index(None, "created_by"),
    Index(None, "expires_at"),
)

group_questions = Table(
    "group_questions",
    metadata,
    Column("group_id", Id, ForeignKey("groups.actor_id"), primary_key=True, autoincrement=False),
    Column("questions", LargeBinary, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("actor_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("words", LargeBinary),
    Column("reply", LargeBinary),
    Column("created_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Unique("group_id", "actor_id"),
    Index(None, "group_id", "state", "id"),
    Index(None, "actor_id"),
    Index(None, "decided_at"),
)

# The account stands here as a number only, so that it can be erased while the group stays closed to
# the persona that was named.
group_bans = Table(
    "group_bans",
    metadata,
    Column("group_id", Id, ForeignKey("groups.actor_id"), primary_key=True, autoincrement=False),
    Column("actor_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("account_id", Id),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "group_id", "account_id"),
    Index(None, "actor_id"),
)
