"""Pictures of threads, replies and posts on profiles: ours, and where those of other nodes are.

What is said about a picture, and the blur that stands for it, is sealed wherever the post stands,
so that a group that becomes private has nothing left to close.
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from storage.tables.metadata import Id, UtcTime, metadata

_WAITS = text("post_id IS NULL")
_IS_COPY = text("fetched_at IS NOT NULL")

post_media = Table(
    "post_media",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("owner_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("post_id", Id, ForeignKey("posts.id", ondelete="CASCADE")),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("remote_url", Text),
    Column("sealed", LargeBinary, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("small_width", Integer, nullable=False),
    Column("small_height", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("focus_x", Float, nullable=False),
    Column("focus_y", Float, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    # One that waits is forgotten then; a copy of another node's picture was made then.
    Column("kept_until", UtcTime),
    Column("fetched_at", UtcTime),
    Index(None, "post_id", "position"),
    Index(None, "owner_id", "id"),
    Index(
        "ix_post_media_waiting",
        "kept_until",
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    ),
    Index(
        "ix_post_media_copies",
        "fetched_at",
        sqlite_where=_IS_COPY,
        postgresql_where=_IS_COPY,
    ),
)
