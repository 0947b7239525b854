"""The audit log of the node, and the two ends of its chain."""

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

# No foreign keys: what was done stays written down when the account or the report is gone.
audit_entries = Table(
    "audit_entries",
    metadata,
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("act", Text, nullable=False),
    Column("by_account", Id),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("detail", Text, nullable=False),
    Column("sealed", LargeBinary),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_audit_entries_subject", "subject_kind", "subject_id", "seq"),
    Index(None, "at"),
)

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("base_seq", Id, nullable=False),
    Column("base_hash", LargeBinary, nullable=False),
    Column("head_seq", Id, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
)
