"""What a persona keeps beside posts: its marks, what waits to be posted, how a post read before
it was changed, what its apps are to assume, and how it follows.
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
    UniqueConstraint,
    false,
)

from storage.tables.metadata import Id, UtcTime, metadata

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    UniqueConstraint("persona_id", "post_id"),
    Index(None, "persona_id", "id"),
    Index(None, "post_id"),
)

pins = Table(
    "pins",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    UniqueConstraint("persona_id", "post_id"),
    Index(None, "persona_id", "id"),
    Index(None, "post_id"),
)

quiet_threads = Table(
    "quiet_threads",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("thread_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Index(None, "thread_id"),
)

scheduled_posts = Table(
    "scheduled_posts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("refused_at", UtcTime),
    Index(None, "persona_id", "id"),
    Index(None, "refused_at", "due_at"),
)

wordings = Table(
    "wordings",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", Text),
    Column("content", Text, nullable=False),
    Column("content_warning", Text),
    Column("sensitive", Boolean, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("sealed", LargeBinary),
)

sent_keys = Table(
    "sent_keys",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("key_hash", Text, primary_key=True),
    Column("made_id", Id, nullable=False),
    Column("is_scheduled", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "created_at"),
)

preferences = Table(
    "preferences",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("visibility", Text),
    Column("sensitive", Boolean, nullable=False, server_default=false()),
    Column("language", Text),
    Column("is_bot", Boolean, nullable=False, server_default=false()),
    Column("discoverable", Boolean, nullable=False, server_default=false()),
    Column("indexable", Boolean, nullable=False, server_default=false()),
    Column("hides_collections", Boolean, nullable=False, server_default=false()),
    Column("fields", Text, nullable=False, server_default="[]"),
)

follow_options = Table(
    "follow_options",
    metadata,
    Column("follower_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("followed_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("with_shares", Boolean, nullable=False),
    Column("notifies", Boolean, nullable=False),
    Column("languages", Text, nullable=False),
    Index(None, "followed_id"),
)
