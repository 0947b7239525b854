"""Help when it cannot wait: helplines, what may be a sign of danger, posts that wait before they go
to other nodes, letters of moderators, and everybody's own plan."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text, text

from storage.tables.metadata import Id, UtcTime, metadata

_DUE = text("reason = 'pause'")
_UNSETTLED = text("state <> 'settled'")

delivery_holds = Table(
    "delivery_holds",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("author_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("release_at", UtcTime, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "author_id"),
    Index("ix_delivery_holds_reason", "reason", "created_at"),
    Index("ix_delivery_holds_due", "release_at", sqlite_where=_DUE, postgresql_where=_DUE),
)

# Who of the staff works on a signal is an account's id without a foreign key, as in reports.
risk_signals = Table(
    "risk_signals",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("author_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("group_id", Id, ForeignKey("groups.actor_id")),
    Column("state", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("claimed_by", Id),
    Column("claimed_until", UtcTime),
    Column("settled_at", UtcTime),
    Index(
        "ix_risk_signals_unsettled",
        "post_id",
        unique=True,
        sqlite_where=_UNSETTLED,
        postgresql_where=_UNSETTLED,
    ),
    Index(None, "post_id", "id"),
    Index(None, "author_id", "id"),
    Index(None, "group_id"),
    Index(None, "created_at"),
)

risk_notes = Table(
    "risk_notes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("by_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
    Index(None, "by_id"),
    Index(None, "created_at"),
)

helplines = Table(
    "helplines",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("country", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("pair", Text, nullable=False),
    Column("call_as", Text, nullable=False),
    Column("write_as", Text, nullable=False),
    Column("website", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("cost", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("shipped_as", Text, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("verified_at", UtcTime),
    Column("confirmed_by", Id),
    Column("retired_at", UtcTime),
    Index(None, "country", "id"),
)

plans = Table(
    "plans",
    metadata,
    Column("account_id", Id, ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)
