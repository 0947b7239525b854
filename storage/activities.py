"""What our actors said to the world, rendered once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, exists, or_, select

from storage.shapes import NEWEST, Shape
from storage.tables import activities, deliveries
from storage.tables.metadata import UtcTime


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


# Creates, Deletes and what a group's outbox lists must go on to be found at their ids.
_PASSING = (
    select(activities.c.id)
    .where(activities.c.created_at < bindparam("before", type_=UtcTime()))
    .where(
        or_(
            activities.c.type.not_in(["Create", "Delete", "Announce"]),
            and_(activities.c.type == "Announce", activities.c.object_uri != activities.c.root),
        )
    )
    .where(~exists().where(deliveries.c.activity_id == activities.c.id))
    .limit(bindparam("limit"))
)
_PRUNE = activities.delete().where(activities.c.id.in_(_PASSING))


_ERASE = (
    activities.update()
    .where(
        activities.c.object_uri.in_(bindparam("objects", expanding=True)),
        activities.c.type != "Delete",
    )
    .values(body=b"", public=False)
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

    def erase_bodies(self, object_uris: Iterable[str]) -> None:
        """Forget what was said of these, for good, but not that they are to be deleted. Nothing of
        it may be on its way any more."""
        self._connection.execute(_ERASE, {"objects": list(object_uris)})

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` older ones that mattered for a while only: reactions, moderation,
        edits, and announcements of replies. None that is still to be delivered."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount
