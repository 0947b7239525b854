"""One supportive reaction of one actor to one post."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from storage.tables.metadata import Id, UtcTime, metadata

reactions = Table(
    "reactions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("actor_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("uri", Text),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("post_id", "actor_id"),
    Index(None, "actor_id"),
    Index(None, "uri"),
)
