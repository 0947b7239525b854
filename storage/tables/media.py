"""Pictures of private messages, and faces of personas. Their bytes are in `storage/media.py`."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

attachments = Table(
    "attachments",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("owner_id", Id, ForeignKey("actors.id"), nullable=False),
    # A picture goes with its message, and with its conversation.
    Column(
        "conversation_id", Id, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False
    ),
    Column("message_id", Id, ForeignKey("messages.id", ondelete="CASCADE")),
    Column("position", Integer, nullable=False),
    Column("sealed_alt", LargeBinary, nullable=False),
    Column("type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("small_width", Integer, nullable=False),
    Column("small_height", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "message_id", "position"),
    Index(None, "owner_id", "conversation_id"),
    Index(None, "conversation_id"),
    Index(None, "created_at"),
)

avatars = Table(
    "avatars",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("sealed_print", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

# The wide pictures above profiles; they are what faces are otherwise.
headers = Table(
    "headers",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("sealed_print", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)
