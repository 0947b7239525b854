"""How long an account has looked round, and for whom somebody has vouched."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table

from storage.tables.metadata import Id, UtcTime, metadata

newcomers = Table(
    "newcomers",
    metadata,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("threads_read", Integer, nullable=False),
    Column("counted_at", UtcTime, nullable=False),
)

vouches = Table(
    "vouches",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("by_id", Id, ForeignKey("actors.id")),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "by_id"),
)
