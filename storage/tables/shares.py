"""What somebody handed on, and whom a post names."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from storage.tables.metadata import Id, UtcTime, metadata

shares = Table(
    "shares",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("actor_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("uri", Text),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("actor_id", "post_id"),
    Index(None, "actor_id", "id"),
    Index(None, "post_id", "id"),
    Index(None, "uri"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("actor_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Index(None, "actor_id", "post_id"),
)
