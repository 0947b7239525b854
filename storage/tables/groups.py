"""Groups: what an actor of type Group has beside its profile; and the profiles of people.

What a person writes outside groups stands on a *profile*: a row of kind 'profile' with the id of
that person. So a post always has a place, and who follows a person is a membership of that place.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, false

from storage.tables.metadata import Id, UtcTime, metadata

groups = Table(
    "groups",
    metadata,
    Column("actor_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("visibility", Text, nullable=False),
    Column("is_local", Boolean, nullable=False),
    Column("guidelines", Text, nullable=False),
    Column("created_by", Id, ForeignKey("actors.id")),
    Column("host_id", Id, ForeignKey("actors.id")),
    Column("join_policy", Text, nullable=False),
    Column("allows_anonymous", Boolean, nullable=False),
    Column("reply_policy", Text, nullable=False),
    Column("posting_policy", Text, nullable=False),
    Column("backfilled_at", UtcTime),
    Column("archived_at", UtcTime),
    Column("left_public_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("kind", Text, nullable=False, server_default="group"),
    Column("locked", Boolean, nullable=False, server_default=false()),
    Index(None, "kind", "is_local", "actor_id"),
    Index(None, "created_by"),
    Index(None, "host_id"),
)
