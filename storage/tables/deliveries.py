"""One activity on its way to one peer."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from storage.tables.metadata import Id, UtcTime, metadata

_OPEN = text("state = 'waiting'")
_PARKED = text("state = 'parked'")
_LEASED = text("state = 'waiting' AND locked_until IS NOT NULL")

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("activity_id", Id, ForeignKey("activities.id"), nullable=False),
    Column("peer_id", Id, ForeignKey("peers.id"), nullable=False),
    Column("inbox", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("object_uri", Text),
    Column("type", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcTime, nullable=False),
    Column("locked_until", UtcTime),
    Column("last_status", Integer),
    Column("last_error", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Index("ix_deliveries_activity_id", "activity_id"),
    Index("ix_deliveries_object_uri", "object_uri"),
    Index("ix_deliveries_finished_at", "finished_at"),
    Index("ix_deliveries_parked", "peer_id", sqlite_where=_PARKED, postgresql_where=_PARKED),
    Index("ix_deliveries_waiting", "peer_id", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index(
        "ix_deliveries_waiting_root",
        "peer_id",
        "root",
        "id",
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index(
        "ix_deliveries_waiting_due",
        "next_attempt_at",
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    ),
    Index(
        "ix_deliveries_leased",
        "peer_id",
        "locked_until",
        sqlite_where=_LEASED,
        postgresql_where=_LEASED,
    ),
)
