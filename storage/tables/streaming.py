"""What has just happened, for open streams and for devices: kinds and ids, no words of anybody."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from storage.tables.metadata import Id, UtcTime, metadata

# The database numbers them, on SQLite never the same number twice: readers go on from the last.
stream_events = Table(
    "stream_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("object_id", Id, nullable=False),
    Column("actor_id", Id, nullable=False),
    Column("place_id", Id, nullable=False),
    sqlite_autoincrement=True,
)

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("token_id", Id, nullable=False, unique=True),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("alerts", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "persona_id"),
)

push_deliveries = Table(
    "push_deliveries",
    metadata,
    Column("subscription_id", Id, ForeignKey("push_subscriptions.id"), nullable=False),
    Column("notification_id", Id, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcTime),
    Column("locked_until", UtcTime),
    PrimaryKeyConstraint("subscription_id", "notification_id"),
    Index(None, "next_attempt_at"),
)

push_choices = Table(
    "push_choices",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("with_names", Boolean, nullable=False),
)
