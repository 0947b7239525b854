"""What our actors said to the world: each activity once, rendered, with its digests."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

activities = Table(
    "activities",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("uri", Text, nullable=False, unique=True),
    Column("actor_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("type", Text, nullable=False),
    Column("object_uri", Text),
    Column("root", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("cavage_digest", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "actor_id", "id"),
    Index(None, "object_uri"),
    Index(None, "created_at"),
)
