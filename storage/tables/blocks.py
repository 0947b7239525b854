"""Who is cut off from whom."""

from sqlalchemy import Column, ForeignKey, Index, Table

from storage.tables.metadata import Id, UtcTime, metadata

blocks = Table(
    "blocks",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("named_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("account_id", Id, ForeignKey("accounts.id")),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "named_id"),
    Index(None, "account_id"),
)
