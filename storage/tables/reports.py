"""Reports and what they show, what people were told of a decision, requests to reveal a link."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text, text

from storage.tables.metadata import Id, UtcTime, metadata

# Who of the staff claimed or decided is an account's id without a foreign key: a report outlives
# the account.
reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("reporter_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("subject_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("post_id", Id, ForeignKey("posts.id")),
    Column("group_id", Id, ForeignKey("groups.actor_id")),
    Column("state", Text, nullable=False),
    Column("shows_reporter", Boolean, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("claimed_by", Id),
    Column("claimed_until", UtcTime),
    Column("decided_at", UtcTime),
    Column("decided_by", Id),
    Column("decision", Text),
    Column("decision_sealed", LargeBinary),
    Column("is_forgotten", Boolean, nullable=False),
    Index(
        "ix_reports_open",
        "id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_reports_decided",
        "decided_at",
        sqlite_where=text("NOT is_forgotten"),
        postgresql_where=text("NOT is_forgotten"),
    ),
    Index(
        "ix_reports_kept",
        "created_at",
        sqlite_where=text("NOT is_forgotten"),
        postgresql_where=text("NOT is_forgotten"),
    ),
    Index(None, "reporter_id", "id"),
    Index(None, "subject_id"),
    Index(None, "post_id"),
    Index("ix_reports_group", "group_id", "id"),
)

report_excerpts = Table(
    "report_excerpts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("report_id", Id, ForeignKey("reports.id"), nullable=False),
    Column("source", Text, nullable=False),
    Column("source_id", Id, nullable=False),
    Column("author_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("said_at", UtcTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("proof", LargeBinary, nullable=False),
    Index(None, "report_id"),
    Index(None, "author_id"),
)

statements = Table(
    "statements",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("is_suspension", Boolean, nullable=False),
    Column("post_id", Id, ForeignKey("posts.id")),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index(None, "persona_id", "id"),
    Index(None, "post_id"),
    Index(
        "ix_statements_suspensions",
        "id",
        sqlite_where=text("is_suspension AND ended_at IS NULL"),
        postgresql_where=text("is_suspension AND ended_at IS NULL"),
    ),
)

reveals = Table(
    "reveals",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("asked_by", Id, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("answered_by", Id),
    Column("answered_at", UtcTime),
    Index(None, "persona_id"),
    Index(None, "asked_at"),
)
