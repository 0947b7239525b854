"""Threads that come every week: what is to be posted, sealed under the keys of the group and of
whoever posts it, when it falls due, and which weeks have had theirs.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Seals
from storage.tables import weekly_posts, weekly_threads
from storage.tables.metadata import Id, UtcTime
from storage.welcomes import Wording, holders_of, open_words

WEEKLY_AT: Final = "weekly_threads.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyThread:
    """`weekday` 0 is Monday; `hour` is that of a place `offset_minutes` ahead of UTC. It rests
    while `next_at` is None."""

    id: int
    group_id: int
    persona_id: int
    weekday: int
    hour: int
    offset_minutes: int
    wording: Wording
    next_at: datetime | None


_GROUP = bindparam("group", type_=Id)
_NOW = bindparam("now", type_=UtcTime)
_OF_GROUP = (
    select(weekly_threads).where(weekly_threads.c.group_id == _GROUP).order_by(weekly_threads.c.id)
)
_WEEKLY = select(weekly_threads).where(
    weekly_threads.c.group_id == _GROUP, weekly_threads.c.id == bindparam("weekly")
)
_DUE_WEEKLY = (
    select(weekly_threads)
    .where(weekly_threads.c.next_at <= _NOW)
    .order_by(weekly_threads.c.next_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_PUT_ONE = insert(weekly_threads)
_PUT_WEEKLY = _PUT_ONE.on_conflict_do_update(
    index_elements=[weekly_threads.c.id],
    set_={
        name: _PUT_ONE.excluded[name]
        for name in ("persona_id", "weekday", "hour", "offset_minutes", "next_at", "sealed")
    },
)
_DROP_WEEKLY = weekly_threads.delete().where(
    weekly_threads.c.group_id == _GROUP, weekly_threads.c.id == bindparam("weekly")
)
_CLAIM = insert(weekly_posts).on_conflict_do_nothing().returning(weekly_posts.c.weekly_id)
_POSTED = (
    weekly_posts.update()
    .where(
        weekly_posts.c.weekly_id == bindparam("weekly"),
        weekly_posts.c.due_at == bindparam("due", type_=UtcTime),
    )
    .values(post_id=bindparam("post"))
)
_POSTS_OF = (
    select(weekly_posts.c.due_at, weekly_posts.c.post_id)
    .where(weekly_posts.c.weekly_id == bindparam("weekly"))
    .order_by(weekly_posts.c.due_at)
)
_OLD = (
    select(weekly_posts.c.weekly_id, weekly_posts.c.due_at)
    .where(weekly_posts.c.due_at < bindparam("before", type_=UtcTime))
    .limit(bindparam("limit"))
)
_DROP_POST = weekly_posts.delete().where(
    weekly_posts.c.weekly_id == bindparam("weekly"),
    weekly_posts.c.due_at == bindparam("due", type_=UtcTime),
)
_WEEKLY_BY_PERSONA = (
    select(weekly_threads)
    .where(weekly_threads.c.persona_id == bindparam("persona"))
    .order_by(weekly_threads.c.id)
)


class WeeklyRepository:
    """Weekly threads by group, and which weeks have had theirs."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def of_group(self, group_id: int) -> list[WeeklyThread]:
        """All of a group, the oldest first. One query, and one for the keys."""
        return self._read(_OF_GROUP, {"group": group_id})

    def of_persona(self, persona_id: int) -> list[WeeklyThread]:
        """Those that a persona posts."""
        return self._read(_WEEKLY_BY_PERSONA, {"persona": persona_id})

    def get(self, group_id: int, weekly_id: int) -> WeeklyThread | None:
        return next(iter(self._read(_WEEKLY, {"group": group_id, "weekly": weekly_id})), None)

    def due(self, now: datetime) -> WeeklyThread | None:
        """The one that has waited longest, held until the transaction ends."""
        return next(iter(self._read(_DUE_WEEKLY, {"now": now})), None)

    def put(self, one: WeeklyThread) -> None:
        """Keep it, new or changed."""
        row = {
            "id": one.id,
            "group_id": one.group_id,
            "persona_id": one.persona_id,
            "weekday": one.weekday,
            "hour": one.hour,
            "offset_minutes": one.offset_minutes,
            "next_at": one.next_at,
            "sealed": self._seals.seal(
                msgspec.json.encode(one.wording),
                place=WEEKLY_AT,
                row=one.id,
                author=one.persona_id,
                holders=holders_of(one.group_id, one.persona_id),
            ),
        }
        self._connection.execute(_PUT_WEEKLY, row)

    def drop(self, group_id: int, weekly_id: int) -> None:
        """What was posted stays."""
        self._connection.execute(_DROP_WEEKLY, {"group": group_id, "weekly": weekly_id})

    def claim(self, weekly_id: int, due_at: datetime) -> bool:
        """Take the place of one week; False when somebody has it already."""
        row = {"weekly_id": weekly_id, "due_at": due_at, "post_id": None}
        return self._connection.execute(_CLAIM, row).first() is not None

    def posted(self, weekly_id: int, due_at: datetime, post_id: int) -> None:
        """The thread of that week. A week without one was missed."""
        self._connection.execute(_POSTED, {"weekly": weekly_id, "due": due_at, "post": post_id})

    def weeks(self, weekly_id: int) -> list[tuple[datetime, int | None]]:
        """Each week that was dealt with, and its thread, the oldest first."""
        rows = self._connection.execute(_POSTS_OF, {"weekly": weekly_id})
        return [(row.due_at, row.post_id) for row in rows]

    def prune(self, before: datetime, limit: int) -> int:
        """Forget which weeks were dealt with; how many."""
        old = self._connection.execute(_OLD, {"before": before, "limit": limit}).all()
        for row in old:
            key = {"weekly": row.weekly_id, "due": row.due_at}
            self._connection.execute(_DROP_POST, key)
        return len(old)

    def _read(self, statement: Any, parameters: dict[str, Any]) -> list[WeeklyThread]:
        rows = self._connection.execute(statement, parameters).all()
        return [
            WeeklyThread(
                id=row.id,
                group_id=row.group_id,
                persona_id=row.persona_id,
                weekday=row.weekday,
                hour=row.hour,
                offset_minutes=row.offset_minutes,
                wording=wording,
                next_at=row.next_at,
            )
            for row, wording in open_words(self._seals, WEEKLY_AT, [(row.id, row) for row in rows])
        ]
