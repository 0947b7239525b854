"""What a persona set for its own reading: lists of people, places it read up to, tags."""

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
)

from storage.tables.metadata import Id, UtcTime, metadata

lists = Table(
    "lists",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed_title", LargeBinary, nullable=False),
    Column("replies_policy", Text, nullable=False),
    Column("exclusive", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
)

list_accounts = Table(
    "list_accounts",
    metadata,
    Column(
        "list_id",
        Id,
        ForeignKey("lists.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("actor_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Index(None, "actor_id"),
)

markers = Table(
    "markers",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("timeline", Text, primary_key=True),
    Column("last_read_id", Id, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)

followed_tags = Table(
    "followed_tags",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("persona_id", "name"),
    Index(None, "persona_id", "id"),
)

featured_tags = Table(
    "featured_tags",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("persona_id", "name"),
    Index(None, "persona_id", "id"),
)
