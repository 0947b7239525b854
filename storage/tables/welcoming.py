"""Who says hello, what comes every week, and evenings on which people answer together.

What moderators and callers write is sealed; days, hours and states stand in the clear, because the
worker looks for what is due. Of a reply session that is over nobody's part in it is kept.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.tables.metadata import Id, UtcTime, metadata

welcomes = Table(
    "welcomes",
    metadata,
    Column("group_id", Id, ForeignKey("groups.actor_id"), primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("every", Text, nullable=False),
    Column("thread_id", Id, ForeignKey("posts.id")),
    Column("next_at", UtcTime),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "next_at"),
    Index(None, "persona_id"),
    Index(None, "thread_id"),
)

greeters = Table(
    "greeters",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("from_hour", Integer, nullable=False),
    Column("to_hour", Integer, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("away_until", UtcTime),
    Column("look_at", UtcTime, nullable=False),
    Index(None, "group_id", "id"),
    Index(None, "persona_id", "id"),
    Index(None, "look_at"),
)

weekly_threads = Table(
    "weekly_threads",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("next_at", UtcTime),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "group_id", "id"),
    Index(None, "persona_id"),
    Index(None, "next_at"),
)

weekly_posts = Table(
    "weekly_posts",
    metadata,
    Column("weekly_id", Id, ForeignKey("weekly_threads.id", ondelete="CASCADE"), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("post_id", Id, ForeignKey("posts.id")),
    # One place for one week: whoever comes second finds it taken.
    PrimaryKeyConstraint("weekly_id", "due_at"),
    Index(None, "post_id"),
    Index(None, "due_at"),
)

reply_sessions = Table(
    "reply_sessions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("groups.actor_id")),
    Column("caller_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("starts_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("heard", Integer),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "state", "starts_at"),
    Index(None, "group_id"),
    Index(None, "caller_id"),
    Index(None, "ends_at"),
)

reply_session_people = Table(
    "reply_session_people",
    metadata,
    Column("session_id", Id, ForeignKey("reply_sessions.id", ondelete="CASCADE"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    PrimaryKeyConstraint("session_id", "persona_id"),
    Index(None, "persona_id"),
)

reply_session_turns = Table(
    "reply_session_turns",
    metadata,
    Column("session_id", Id, ForeignKey("reply_sessions.id", ondelete="CASCADE"), nullable=False),
    Column("thread_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("handed_at", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    PrimaryKeyConstraint("session_id", "thread_id", "persona_id"),
    Index(None, "persona_id"),
    Index(None, "thread_id"),
)
