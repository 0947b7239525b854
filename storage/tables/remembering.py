"""Days that somebody wants to be reminded of, and who wants it to be noticed when they are quiet.
What a day is about is sealed; only when to speak of it next stands in the clear."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from storage.tables.metadata import Id, UtcTime, metadata

special_days = Table(
    "special_days",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
    Index(None, "due_at"),
)

quiet_watches = Table(
    "quiet_watches",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("after_days", Integer, nullable=False),
    Column("tells_buddies", Boolean, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("look_at", UtcTime, nullable=False),
    Column("told_at", UtcTime),
    Index(None, "look_at"),
)
