"""Threads and replies: a thread is the post whose id its replies carry as `thread_id`.

Of a thread, `repliers` is how many others answered it, and `is_first` that its author had started
none before: who waits for an answer is found by them. A reply waits for nobody: its `repliers` is
2, so that the index of what waits need not say that it holds threads alone. Without statistics
SQLite would look for those first, on the whole node.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    false,
    text,
)

from storage.tables.metadata import Id, UtcTime, metadata

_IS_THREAD = text("parent_id IS NULL")
_IS_PINNED = text("pinned_at IS NOT NULL")
_WAITS = text(
    "repliers < 2 AND audience = 'group' AND wire_type <> 'Article'"
    " AND deleted_at IS NULL AND removed_at IS NULL AND locked_at IS NULL AND pinned_at IS NULL"
)

posts = Table(
    "posts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("uri", Text, nullable=False, unique=True),
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("thread_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("parent_id", Id, ForeignKey("posts.id")),
    Column("author_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("author_hidden", Boolean, nullable=False),
    Column("title", Text),
    Column("content", Text, nullable=False),
    Column("source", Text),
    Column("content_warning", Text),
    Column("language", Text),
    Column("reply_wanted", Text),
    Column("wire_type", Text, nullable=False),
    Column("is_local", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("edited_at", UtcTime),
    Column("deleted_at", UtcTime),
    Column("removed_at", UtcTime),
    Column("removed_by", Id, ForeignKey("actors.id")),
    Column("removal_reason", Text),
    Column("locked_at", UtcTime),
    Column("pinned_at", UtcTime),
    Column("depth", Integer, nullable=False),
    Column("reply_count", Integer, nullable=False),
    Column("last_activity_at", UtcTime, nullable=False),
    Column("create_uri", Text),
    Column("url", Text),
    Column("sealed", LargeBinary),
    Column("sealed_reason", LargeBinary),
    Column("audience", Text, nullable=False, server_default="group"),
    Column("sensitive", Boolean, nullable=False, server_default=false()),
    Column("repliers", Integer, nullable=False, server_default="2"),
    Column("is_first", Boolean, nullable=False, server_default=false()),
    Index("ix_posts_thread_id_id", "thread_id", "id"),
    Index("ix_posts_parent_id_id", "parent_id", "id"),
    Index("ix_posts_author_id_id", "author_id", "id"),
    Index("ix_posts_group_id_author_id_id", "group_id", "author_id", "id"),
    Index("ix_posts_create_uri", "create_uri"),
    Index("ix_posts_removed_by", "removed_by"),
    Index(
        "ix_posts_threads_by_activity",
        "group_id",
        "last_activity_at",
        "id",
        sqlite_where=_IS_THREAD,
        postgresql_where=_IS_THREAD,
    ),
    Index(
        "ix_posts_threads_by_id",
        "group_id",
        "id",
        sqlite_where=_IS_THREAD,
        postgresql_where=_IS_THREAD,
    ),
    Index(
        "ix_posts_pinned",
        "group_id",
        "pinned_at",
        sqlite_where=_IS_PINNED,
        postgresql_where=_IS_PINNED,
    ),
    Index(
        "ix_posts_waiting",
        "group_id",
        "is_first",
        "created_at",
        "id",
        "author_id",
        "repliers",
        "reply_wanted",
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    ),
)
