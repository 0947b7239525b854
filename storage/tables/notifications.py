"""What a persona was told: who did something that concerns it, and where. No words of anybody."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.tables.metadata import Id, UtcTime, metadata

_UNREAD = text("read_at IS NULL")
_FILTERED = text("filtered")

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
    # A private message, which may be gone before the news of it is.
    Column("message_id", Id),
    # News of a room that is about no post: what happened there, and to which of its things.
    Column("about", Text),
    Column("thing_id", Id),
    # The persona's policy holds it back, until it is asked for.
    Column("filtered", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("persona_id", "kind", "by_id", "post_id"),
    Index(None, "persona_id", "id"),
    Index(
        "ix_notifications_unread",
        "persona_id",
        sqlite_where=_UNREAD,
        postgresql_where=_UNREAD,
    ),
    Index(
        "ix_notifications_filtered",
        "persona_id",
        "by_id",
        sqlite_where=_FILTERED,
        postgresql_where=_FILTERED,
    ),
    Index(None, "by_id"),
    Index(None, "group_id"),
    Index(None, "post_id"),
    Index(None, "created_at"),
)

notification_policies = Table(
    "notification_policies",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("not_following", Text, nullable=False),
    Column("not_followers", Text, nullable=False),
    Column("new_accounts", Text, nullable=False),
    Column("private_mentions", Text, nullable=False),
    Column("limited_accounts", Text, nullable=False),
)

notification_permissions = Table(
    "notification_permissions",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("by_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Index(None, "by_id"),
)
