"""Stories: what their authors wrote, sealed under their own keys for as long as they want it kept,
and what they agreed to; collections that a group made of stories, with a line about each.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.tables.metadata import Id, UtcTime, metadata

stories = Table(
    "stories",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("post_id", Id, ForeignKey("posts.id"), unique=True),
    Column("consented_at", UtcTime),
    Column("withdrawn_at", UtcTime),
    Column("changed_at", UtcTime, nullable=False),
    # Nothing of it is left once it is withdrawn.
    Column("sealed", LargeBinary),
    Index(None, "account_id", "id"),
    Index(None, "persona_id"),
    Index(None, "group_id"),
    Index(None, "changed_at"),
)

story_keepers = Table(
    "story_keepers",
    metadata,
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    PrimaryKeyConstraint("group_id", "persona_id"),
    Index(None, "persona_id"),
)

story_collections = Table(
    "story_collections",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "group_id", "id"),
)

story_collection_items = Table(
    "story_collection_items",
    metadata,
    Column(
        "collection_id", Id, ForeignKey("story_collections.id", ondelete="CASCADE"), nullable=False
    ),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("collection_id", "post_id"),
    Index(None, "post_id"),
)
