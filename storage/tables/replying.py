"""Whom a thread waits for: what a persona passed over, who would like to help, and which replies
helped. A mark that something helped is two sealed rows, one for each of the two who know of it."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

passed_threads = Table(
    "passed_threads",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("thread_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "thread_id"),
    Index(None, "created_at"),
)

helpers = Table(
    "helpers",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("created_at", UtcTime, nullable=False),
)

helped = Table(
    "helped",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("holder_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("side", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "holder_id", "side", "id"),
)
