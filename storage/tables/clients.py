"""What people do and keep through ActivityPub's client-to-server side alone."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.metadata import Id, UtcTime, metadata

# An act by the ids that it names; what is said in it stands where it belongs, never here.
client_acts = Table(
    "client_acts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("actor_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("type", Text, nullable=False),
    Column("object_uri", Text, nullable=False),
    Column("inner_type", Text),
    Column("target_uri", Text),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "actor_id", "id"),
    Index(None, "created_at"),
)

client_collections = Table(
    "client_collections",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("owner_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("ordered", Boolean, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime),
    Index(None, "owner_id", "id"),
)

client_collection_items = Table(
    "client_collection_items",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column(
        "collection_id", Id, ForeignKey("client_collections.id", ondelete="CASCADE"), nullable=False
    ),
    Column("uri", Text, nullable=False),
    UniqueConstraint("collection_id", "uri"),
    Index(None, "collection_id", "id"),
)
