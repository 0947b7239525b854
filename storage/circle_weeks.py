"""What one person wrote in a circle in some days, and who answered: for that person alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.again import again
from storage.tables import posts
from storage.tables.metadata import Id, UtcTime


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """When somebody wrote, and who answered them, each once."""

    written: tuple[datetime, ...]
    answered_by: frozenset[int]


_parents = again(posts, "parents")
_SINCE, _UNTIL = bindparam("since", type_=UtcTime()), bindparam("until", type_=UtcTime())
_CIRCLE, _PERSONA = bindparam("circle", type_=Id), bindparam("persona", type_=Id)
_LIVE = (posts.c.deleted_at.is_(None), posts.c.removed_at.is_(None))
_IN_TIME = (posts.c.created_at >= _SINCE, posts.c.created_at < _UNTIL)
_WRITTEN = (
    select(posts.c.created_at)
    .where(posts.c.group_id == _CIRCLE, posts.c.author_id == _PERSONA, *_LIVE, *_IN_TIME)
    .order_by(posts.c.created_at)
)
_ANSWERED = (
    select(posts.c.author_id)
    .join_from(posts, _parents, posts.c.parent_id == _parents.c.id)
    .where(
        _parents.c.group_id == _CIRCLE,
        _parents.c.author_id == _PERSONA,
        posts.c.author_id != _PERSONA,
        *_LIVE,
        *_IN_TIME,
    )
    .distinct()
)


class CircleWeeks:
    """Reads one person's own week."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, circle_id: int, persona_id: int, since: datetime, until: datetime) -> OwnWeek:
        """From `since` on, until before `until`."""
        key = {"circle": circle_id, "persona": persona_id, "since": since, "until": until}
        return OwnWeek(
            tuple(self._connection.execute(_WRITTEN, key).scalars()),
            frozenset(self._connection.execute(_ANSWERED, key).scalars()),
        )
