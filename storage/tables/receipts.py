"""What other nodes sent us, byte for byte, until it is processed and a while longer."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, text

from storage.tables.metadata import Id, UtcTime, metadata

_OPEN = text("state = 'waiting'")

receipts = Table(
    "receipts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("actor_uri", Text, nullable=False),
    Column("activity_uri", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("ordering_key", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcTime, nullable=False),
    Column("locked_until", UtcTime),
    Column("finished_at", UtcTime),
    UniqueConstraint("actor_uri", "activity_uri"),
    Index("ix_receipts_waiting", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index(
        "ix_receipts_waiting_ordering_key",
        "ordering_key",
        "id",
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index("ix_receipts_finished_at", "finished_at"),
)
