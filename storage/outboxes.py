"""What outboxes show: how a group first announced each of its threads, and how many there are."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, select

from storage.activities import OutboxActivity
from storage.post_statements import PUBLISHED
from storage.shapes import Shape
from storage.tables import activities, groups, posts

_ACTIVITY = Shape(OutboxActivity, activities)
_LIVE = (posts.c.deleted_at.is_(None), posts.c.removed_at.is_(None))

_FIRST_IDS = (
    select(func.min(activities.c.id))
    .where(
        activities.c.object_uri.in_(bindparam("objects", expanding=True)),
        activities.c.actor_id == bindparam("actor"),
        activities.c.type == "Announce",
        activities.c.public,
    )
    .group_by(activities.c.object_uri)
)
_FIRST = select(*_ACTIVITY.columns).where(activities.c.id.in_(_FIRST_IDS))
_COUNT_THREADS = (
    select(func.count())
    .select_from(posts)
    .where(posts.c.group_id == bindparam("group"), posts.c.parent_id.is_(None), *_LIVE)
)
_COUNT_BY_AUTHOR = (
    select(func.count())
    .select_from(posts.join(groups, posts.c.group_id == groups.c.actor_id))
    .where(posts.c.author_id == bindparam("author"), PUBLISHED, *_LIVE)
)


class OutboxReader:
    """Reads for outboxes, on one open connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first_announces(
        self, actor_id: int, object_uris: Iterable[str]
    ) -> dict[str, OutboxActivity]:
        """The first Announce by this actor of each object that it ever announced, by object."""
        rows = self._connection.execute(_FIRST, {"actor": actor_id, "objects": list(object_uris)})
        found = [_ACTIVITY.read(row) for row in rows]
        return {one.object_uri: one for one in found if one.object_uri is not None}

    def count_threads(self, group_id: int) -> int:
        """The group's live threads."""
        return self._connection.execute(_COUNT_THREADS, {"group": group_id}).scalar_one()

    def count_by_author(self, actor_id: int) -> int:
        """The author's live posts for everybody."""
        return self._connection.execute(_COUNT_BY_AUTHOR, {"author": actor_id}).scalar_one()
