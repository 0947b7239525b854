"""What a persona was told: who did something that concerns it, and where. No words of anybody."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint, text

from storage.tables.metadata import Id, UtcTime, metadata

_UNREAD = text("read_at IS NULL")

notifications = Table(
    "notifications",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("by_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("group_id", Id, ForeignKey("groups.actor_id")),
    Column("post_id", Id, ForeignKey("posts.id")),
    Column("created_at", UtcTime, nullable=False),
    Column("read_at", UtcTime),
    UniqueConstraint("persona_id", "kind", "by_id", "post_id"),
    Index(None, "persona_id", "id"),
    Index(
        "ix_notifications_unread",
        "persona_id",
        sqlite_where=_UNREAD,
        postgresql_where=_UNREAD,
    ),
    Index(None, "by_id"),
    Index(None, "group_id"),
    Index(None, "post_id"),
    Index(None, "created_at"),
)
