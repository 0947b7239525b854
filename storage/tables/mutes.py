"""Whom and what a persona keeps at a distance without cutting anybody off, and what it noted down
about people for itself."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.metadata import Id, UtcTime, metadata

mutes = Table(
    "mutes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("muted_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("notifications", Boolean, nullable=False),
    Column("expires_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("persona_id", "muted_id"),
    Index(None, "persona_id", "id"),
    Index(None, "muted_id"),
    Index(None, "expires_at"),
)

muted_nodes = Table(
    "muted_nodes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("authority", Text, nullable=False),
    UniqueConstraint("persona_id", "authority"),
    Index(None, "persona_id", "id"),
)

person_notes = Table(
    "person_notes",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("about_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "about_id"),
)
