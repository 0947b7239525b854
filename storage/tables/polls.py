"""Polls of posts, and what each voter chose: the options are sealed, a choice is a set of bits."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.metadata import Id, UtcTime, metadata

_UNTOLD = text("told_at IS NULL")

polls = Table(
    "polls",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("post_id", Id, ForeignKey("posts.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("owner_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("multiple", Boolean, nullable=False),
    Column("hide_totals", Boolean, nullable=False),
    Column("expires_at", UtcTime),
    Column("closed_at", UtcTime),
    # What the node of a poll says of its votes: "3,0,1". Those of ours are counted.
    Column("tally", Text),
    Column("voters", Integer),
    Column("told_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "owner_id"),
    Index("ix_polls_untold", "expires_at", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
)

poll_ballots = Table(
    "poll_ballots",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("poll_id", Id, ForeignKey("polls.id", ondelete="CASCADE"), nullable=False),
    Column("actor_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("choices", BigInteger, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("poll_id", "actor_id"),
    Index(None, "actor_id"),
)
