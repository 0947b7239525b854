"""What people agreed to, the copies of their data that they asked for, and the end of accounts."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id")),
    Column("group_id", Id, ForeignKey("groups.actor_id")),
    Column("thing_id", Id),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_consents_account_id_id", "account_id", "id"),
    Index("ix_consents_persona_id_group_id_id", "persona_id", "group_id", "id"),
    Index(None, "group_id"),
)

exports = Table(
    "exports",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Index(None, "expires_at"),
)

export_chunks = Table(
    "export_chunks",
    metadata,
    Column("export_id", Id, ForeignKey("exports.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

deletions = Table(
    "deletions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("account_id", Id, ForeignKey("accounts.id")),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    Column("expires_at", UtcTime),
    Index(None, "account_id"),
    Index(None, "expires_at"),
)

deletion_personas = Table(
    "deletion_personas",
    metadata,
    Column("deletion_id", Id, ForeignKey("deletions.id"), primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("due_at", UtcTime, nullable=False),
    Index(None, "persona_id"),
)

deletion_deliveries = Table(
    "deletion_deliveries",
    metadata,
    Column("deletion_id", Id, ForeignKey("deletions.id"), primary_key=True, autoincrement=False),
    Column("delivery_id", Id, ForeignKey("deliveries.id"), primary_key=True, autoincrement=False),
    Index(None, "delivery_id"),
)
