"""What our actors said to the world, rendered once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.shapes import NEWEST, Shape
from storage.tables import activities


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxActivity:
    """An activity of ours: the bytes that are sent and their digests, as the header fields
    `Digest` (cavage draft-12) and `Content-Digest` (RFC 9530) give them. `root` is the object
    within which order is kept."""

    id: int
    uri: str
    actor_id: int
    type: str
    object_uri: str | None
    root: str
    body: bytes
    cavage_digest: str
    content_digest: str
    public: bool
    created_at: datetime


_ACTIVITY = Shape(OutboxActivity, activities)
_SELECT = select(*_ACTIVITY.columns)
_BY_ID = _SELECT.where(activities.c.id == bindparam("id"))
_BY_IDS = _SELECT.where(activities.c.id.in_(bindparam("ids", expanding=True)))
_BY_URI = _SELECT.where(activities.c.uri == bindparam("uri"))
_OF_ACTOR = (
    _SELECT.where(
        activities.c.actor_id == bindparam("actor"), activities.c.id < bindparam("before")
    )
    .order_by(activities.c.id.desc())
    .limit(bindparam("limit"))
)


class ActivityRepository:
    """Activities of our own actors."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, activity: OutboxActivity) -> None:
        """AlreadyThere when the uri is taken."""
        self._connection.execute(activities.insert(), _ACTIVITY.values(activity))

    def get(self, activity_id: int) -> OutboxActivity | None:
        return _ACTIVITY.maybe(self._connection.execute(_BY_ID, {"id": activity_id}).first())

    def get_many(self, ids: Iterable[int]) -> dict[int, OutboxActivity]:
        """Those that exist, by id."""
        rows = self._connection.execute(_BY_IDS, {"ids": list(ids)})
        return {activity.id: activity for activity in map(_ACTIVITY.read, rows)}

    def by_uri(self, uri: str) -> OutboxActivity | None:
        return _ACTIVITY.maybe(self._connection.execute(_BY_URI, {"uri": uri}).first())

    def of_actor(
        self, actor_id: int, limit: int, before: int | None = None
    ) -> list[OutboxActivity]:
        """The actor's activities, newest first, those below id `before`. Not all are public."""
        before = NEWEST if before is None else before
        rows = self._connection.execute(
            _OF_ACTOR, {"actor": actor_id, "limit": limit, "before": before}
        )
        return [_ACTIVITY.read(row) for row in rows]
