"""Work in the background that is neither a receipt nor a delivery, such as a backfill."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from storage.tables.metadata import Id, UtcTime, metadata

_OPEN = text("state = 'waiting'")

jobs = Table(
    "jobs",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("group_id", Id, ForeignKey("groups.actor_id")),
    Column("persona_id", Id, ForeignKey("actors.id")),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcTime, nullable=False),
    Column("locked_until", UtcTime),
    Column("reason", Text),
    Column("created_at", UtcTime, nullable=False),
    Index(
        "uq_jobs_waiting_kind_target",
        "kind",
        "target",
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index(
        "ix_jobs_waiting_due",
        "next_attempt_at",
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index(None, "group_id"),
    Index(None, "persona_id"),
)
