"""The node keys that are in use, by id alone, and the data keys that they wrap."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, metadata

node_keys = Table(
    "node_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("proof", LargeBinary, nullable=False),
    Column("retired", Boolean, nullable=False),
)

data_keys = Table(
    "data_keys",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("holder_id", Id, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary),
    Column("node_key_id", Text, ForeignKey("node_keys.id")),
    Index(None, "node_key_id"),
)
