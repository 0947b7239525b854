"""The few values that a node remembers of itself."""

from sqlalchemy import Column, Table, Text

from storage.tables.metadata import metadata

settings = Table(
    "settings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
