"""Groups that went from public to local or private, and the inboxes that are asked to forget."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("group_id", Id, ForeignKey("groups.actor_id"), primary_key=True, autoincrement=False),
    Column("last_author_id", Id, nullable=False),
    Column("last_post_id", Id, nullable=False),
    Column("posts_done", Integer, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
)

withdrawal_doors = Table(
    "withdrawal_doors",
    metadata,
    Column("group_id", Id, ForeignKey("groups.actor_id"), primary_key=True, autoincrement=False),
    Column("inbox", Text, primary_key=True),
    Column("authority", Text, nullable=False),
)
