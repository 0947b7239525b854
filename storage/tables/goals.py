"""What people of this node work towards, and how it goes. What a goal or an entry says, a mood or a
setback among it, stands in `sealed`; whose it is, its state and its times are what lists, reminders
and erasure ask for."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

goals = Table(
    "goals",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("remind_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
    Index(None, "remind_at"),
)

check_ins = Table(
    "check_ins",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("goal_id", Id, ForeignKey("goals.id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("shared", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "goal_id", "id"),
    Index(None, "persona_id", "shared", "id"),
    Index(None, "persona_id", "created_at"),
)
