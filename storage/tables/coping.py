"""Coping cards that are not (yet) published, what moderators found, what helped whom, what a person
keeps at hand, and collections. What tells something of a person is sealed; a toolkit does not even
say in the clear which cards are in it."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.metadata import Id, UtcTime, metadata

coping_cards = Table(
    "coping_cards",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
)

card_checks = Table(
    "card_checks",
    metadata,
    Column(
        "post_id",
        Id,
        ForeignKey("posts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("state", Text, nullable=False),
    Column("by_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "by_id"),
)

card_experiences = Table(
    "card_experiences",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("post_id", Id, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("post_id", "persona_id"),
    Index(None, "persona_id", "id"),
)

toolkit_items = Table(
    "toolkit_items",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
)

card_collections = Table(
    "card_collections",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "group_id", "id"),
    Index(None, "persona_id", "id"),
)

card_collection_items = Table(
    "card_collection_items",
    metadata,
    Column(
        "collection_id",
        Id,
        ForeignKey("card_collections.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column(
        "post_id",
        Id,
        ForeignKey("posts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("place", Integer, nullable=False),
    Index(None, "post_id"),
)
