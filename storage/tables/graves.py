"""URIs of what was deleted or undone, so that nothing comes back that arrives late."""

from sqlalchemy import Column, Index, Table, Text

from storage.tables.metadata import UtcTime, metadata

graves = Table(
    "graves",
    metadata,
    Column("uri", Text, primary_key=True),
    Column("buried_at", UtcTime, nullable=False),
    Index(None, "buried_at"),
)
