"""Pairs of people who look after each other for a while. What they agreed on is sealed under both.

`buddy_sides` has a row for each of the two, so that one index finds the pairs of a person, and each
is prompted by a clock of their own.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

buddy_pairs = Table(
    "buddy_pairs",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("asked_by", Id, ForeignKey("actors.id"), nullable=False),
    Column("asked_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("began_at", UtcTime),
    Column("expires_at", UtcTime),
    Column("ended_at", UtcTime),
    Index(None, "asked_by", "created_at"),
    Index(None, "asked_id"),
    Index(None, "expires_at"),
    Index(None, "ended_at"),
)

buddy_sides = Table(
    "buddy_sides",
    metadata,
    Column("pair_id", Id, ForeignKey("buddy_pairs.id"), primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("other_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("renews", Boolean, nullable=False),
    Column("look_at", UtcTime),
    Column("ending_at", UtcTime),
    Index(None, "persona_id", "other_id"),
    Index(None, "other_id"),
    Index(None, "look_at"),
    Index(None, "ending_at"),
)

buddy_codes = Table(
    "buddy_codes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("expires_at", UtcTime, nullable=False),
    Index(None, "persona_id"),
    Index(None, "expires_at"),
)

buddy_up = Table(
    "buddy_up",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("until", UtcTime, nullable=False),
    Index(None, "until"),
)

hard_moments = Table(
    "hard_moments",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
    Index(None, "created_at"),
)
