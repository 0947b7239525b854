"""Other nodes, and what we know of them."""

from sqlalchemy import Column, Index, Integer, Table, Text, text

from storage.tables.metadata import Id, UtcTime, metadata

_SPECIAL = text("policy <> 'default'")

peers = Table(
    "peers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("authority", Text, nullable=False, unique=True),
    Column("policy", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("open_until", UtcTime),
    Column("window", Integer, nullable=False),
    Column("profile", Text),
    Column("last_success_at", UtcTime),
    Column("last_failure_at", UtcTime),
    Column("last_seen_at", UtcTime),
    Column("last_error", Text),
    Column("software", Text),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_peers_policy", "policy", sqlite_where=_SPECIAL, postgresql_where=_SPECIAL),
    Index("ix_peers_open_until", "open_until"),
)
