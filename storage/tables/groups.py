"""Groups: what an actor of type Group has beside its profile."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

groups = Table(
    "groups",
    metadata,
    Column("actor_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("visibility", Text, nullable=False),
    Column("is_local", Boolean, nullable=False),
    Column("guidelines", Text, nullable=False),
    Column("created_by", Id, ForeignKey("actors.id")),
    Column("host_id", Id, ForeignKey("actors.id")),
    Column("join_policy", Text, nullable=False),
    Column("allows_anonymous", Boolean, nullable=False),
    Column("reply_policy", Text, nullable=False),
    Column("posting_policy", Text, nullable=False),
    Column("backfilled_at", UtcTime),
    Column("archived_at", UtcTime),
    Column("left_public_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "is_local", "actor_id"),
    Index(None, "created_by"),
    Index(None, "host_id"),
)
