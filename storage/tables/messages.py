"""Private conversations. Whatever somebody wrote stands in `sealed` columns, and nowhere else.

A message is one row; each person who holds it has a copy, which says how long they keep it. What
has no copy any more is gone.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from storage.tables.metadata import Id, UtcTime, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("pair_key", Text, unique=True),
    Column("sealed_title", LargeBinary),
    Column("created_by", Id, ForeignKey("actors.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "created_by"),
)

conversation_people = Table(
    "conversation_people",
    metadata,
    Column(
        "conversation_id",
        Id,
        ForeignKey("conversations.id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("joined_at", UtcTime, nullable=False),
    Column("left_at", UtcTime),
    Column("newest_id", Id, nullable=False),
    Column("read_id", Id, nullable=False),
    Index(None, "persona_id", "newest_id"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("conversation_id", Id, ForeignKey("conversations.id"), nullable=False),
    Column("author_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary),
    Column("created_at", UtcTime, nullable=False),
    Column("edited_at", UtcTime),
    Column("deleted_at", UtcTime),
    Index(None, "conversation_id", "id"),
    Index(None, "author_id", "id"),
)

message_copies = Table(
    "message_copies",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("message_id", Id, ForeignKey("messages.id"), primary_key=True, autoincrement=False),
    Column("conversation_id", Id, ForeignKey("conversations.id"), nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Column("keep_days", Integer, nullable=False),
    Index(None, "persona_id", "conversation_id", "message_id"),
    Index(None, "message_id"),
    Index(None, "conversation_id"),
    Index(None, "keep_days", "sent_at"),
)

message_requests = Table(
    "message_requests",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("from_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("to_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary),
    Column("state", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Index(None, "from_id", "created_at"),
    Index(
        "ix_message_requests_open",
        "to_id",
        "id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(None, "to_id"),
    Index(None, "created_at"),
)

message_drafts = Table(
    "message_drafts",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    # 0 is a message that has no conversation yet.
    Column("conversation_id", Id, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index(None, "conversation_id"),
    Index(None, "updated_at"),
)

message_choices = Table(
    "message_choices",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("who_may_ask", Text, nullable=False),
    Column("shows_read", Boolean, nullable=False),
    Column("keep_days", Integer),
)
