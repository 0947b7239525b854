"""Circles: small cohorts for some weeks, their members, their days, and who waits for one.

The place where a circle talks is a row of `groups` of kind 'circle'. What a circle is called and
what it is about stands in `sealed`, its questions in `sealed_script`, and what somebody who waits
wishes for in `circle_waiting.sealed`; in the clear stand ids, states and times alone.
"""

from sqlalchemy import (
    Boolean,
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

circles = Table(
    "circles",
    metadata,
    Column("id", Id, ForeignKey("groups.actor_id"), primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("host_id", Id, ForeignKey("actors.id")),
    Column("days", Integer, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("sealed_script", LargeBinary, nullable=False),
    Column("started_at", UtcTime),
    Column("paused_at", UtcTime),
    Column("changed_at", UtcTime, nullable=False),
    # When the worker must look at it again.
    Column("next_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "next_at"),
    Index(None, "host_id"),
)

circle_members = Table(
    "circle_members",
    metadata,
    Column("circle_id", Id, ForeignKey("circles.id"), primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("wants_days", Boolean, nullable=False),
    Column("wants_weeks", Boolean, nullable=False),
    Column("weeks_told", Integer, nullable=False),
    # "go-on", "merge" or "close", when a circle that has become small is asked.
    Column("voice", Text),
    Column("said_farewell", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Index(None, "persona_id", "circle_id"),
)

circle_days = Table(
    "circle_days",
    metadata,
    Column("circle_id", Id, ForeignKey("circles.id"), primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False),
    Column("posted_at", UtcTime, nullable=False),
    Index(None, "post_id"),
)

circle_codes = Table(
    "circle_codes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("circle_id", Id, ForeignKey("circles.id"), nullable=False),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("max_uses", Integer, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("created_by", Id, ForeignKey("actors.id"), nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "circle_id", "id"),
    Index(None, "created_by"),
    Index(None, "expires_at"),
)

circle_waiting = Table(
    "circle_waiting",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("since", UtcTime, nullable=False),
    # Not asked again before then: it has just said no, or nothing.
    Column("rest_until", UtcTime),
    # The circle that it is asked about just now.
    Column("circle_id", Id, ForeignKey("circles.id")),
    UniqueConstraint("persona_id"),
    Index(None, "circle_id"),
    Index(None, "since", "id"),
)

circle_scripts = Table(
    "circle_scripts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)
