"""Everyone who can act: people, groups, the node itself; ours and other nodes'."""

from sqlalchemy import Boolean, Column, Index, Table, Text, text

from storage.tables.metadata import Id, UtcTime, metadata

actors = Table(
    "actors",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("uri", Text, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("handle", Text, nullable=False),
    Column("handle_key", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("summary_source", Text),
    Column("url", Text),
    Column("inbox", Text, nullable=False),
    Column("shared_inbox", Text),
    Column("outbox", Text),
    Column("followers", Text),
    Column("featured", Text),
    Column("moderators", Text),
    Column("icon_url", Text),
    Column("header_url", Text),
    Column("language", Text),
    Column("sensitive", Boolean, nullable=False),
    Column("posting_restricted", Boolean, nullable=False),
    Column("is_local", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("fetched_at", UtcTime),
    Column("updated_at", UtcTime),
    Column("gone_at", UtcTime),
    Column("suspended_at", UtcTime),
    Index("ix_actors_authority_handle_key", "authority", "handle_key"),
    Index(
        "uq_actors_local_handle_key",
        "handle_key",
        unique=True,
        sqlite_where=text("is_local"),
        postgresql_where=text("is_local"),
    ),
)
