"""What moderators did, and why: a log that is only ever added to."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

moderation_entries = Table(
    "moderation_entries",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("groups.actor_id"), nullable=False),
    Column("moderator_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("post_id", Id, ForeignKey("posts.id")),
    Column("target_actor_id", Id, ForeignKey("actors.id")),
    Column("reason", Text),
    Column("sealed_reason", LargeBinary),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "group_id", "id"),
    Index(None, "moderator_id"),
    Index(None, "post_id"),
    Index(None, "target_actor_id"),
)
