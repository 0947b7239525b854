"""Public keys of every actor that we have met, private keys of our own."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

public_keys = Table(
    "public_keys",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("actor_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("material", Text, nullable=False),
    Column("fetched_at", UtcTime, nullable=False),
    Index(None, "actor_id"),
)

private_keys = Table(
    "private_keys",
    metadata,
    Column("actor_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("rsa_pem", Text, nullable=False),
    Column("ed25519_pem", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)
