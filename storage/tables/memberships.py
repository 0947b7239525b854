"""Who belongs to which group, or has asked to."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

memberships = Table(
    "memberships",
    metadata,
    Column("group_id", Id, ForeignKey("groups.actor_id"), primary_key=True, autoincrement=False),
    Column("actor_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("follow_uri", Text),
    Column("unlisted", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "actor_id"),
    Index(None, "follow_uri"),
    Index(None, "group_id", "state", "role"),
)
