"""Being heard: who asked, who listens, what they said to each other, and the path of helpers.

Ids, states and times stand in the clear, since the worker looks for them. What somebody lives with,
asks for, would rather not hear of, wrote, felt and learned is sealed.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

listening_people = Table(
    "listening_people",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("is_on", Boolean, nullable=False),
    Column("available_until", UtcTime),
    Column("rests_until", UtcTime),
    Column("last_asked_at", UtcTime),
    Column("talks", Integer, nullable=False),
    Column("sealed", LargeBinary),
    Index(None, "is_on"),
)

listening_sessions = Table(
    "listening_sessions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("seeker_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("helper_id", Id, ForeignKey("actors.id")),
    Column("state", Text, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("due_at", UtcTime),
    Column("begun_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("sealed", LargeBinary, nullable=False),
    Column("sealed_words", LargeBinary),
    Column("sealed_pause", LargeBinary),
    Index(None, "seeker_id", "id"),
    Index(None, "helper_id", "id"),
    Index(None, "state", "due_at"),
    Index(None, "ended_at"),
    Index(None, "begun_at"),
)

# A session is gone before what was decided between two people: no foreign key leads there.
listening_offers = Table(
    "listening_offers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("session_id", Id, nullable=False),
    Column("seeker_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("helper_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("offered_at", UtcTime, nullable=False),
    Index(None, "session_id"),
    Index(None, "seeker_id"),
    Index(None, "helper_id"),
    Index(None, "offered_at"),
)

listening_words = Table(
    "listening_words",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("session_id", Id, ForeignKey("listening_sessions.id"), nullable=False),
    Column("author_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Index(None, "session_id", "id"),
    Index(None, "author_id"),
)

listening_answers = Table(
    "listening_answers",
    metadata,
    Column("session_id", Id, primary_key=True, autoincrement=False),
    Column("seeker_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("helper_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("answered_at", UtcTime, nullable=False),
    Index(None, "seeker_id"),
    Index(None, "helper_id"),
    Index(None, "answered_at"),
)

helper_paths = Table(
    "helper_paths",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("shows_badge", Boolean, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
