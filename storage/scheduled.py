"""Posts that wait for their time, sealed under the persona that wrote them.

The worker that publishes one drops its row in the same transaction, so it is published once or not
at all. What its room refuses then stays for a while, so that its author finds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Integer, Row, bindparam, func, select

from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST, Shape
from storage.tables import scheduled_posts
from storage.tables.metadata import Id, UtcTime

PLACE: Final = "scheduled_posts.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledPost:
    """`body` is what is to be posted, as the one who schedules it packs it. `refused_at` says that
    it was due and could not be posted."""

    id: int
    persona_id: int
    due_at: datetime
    created_at: datetime
    refused_at: datetime | None = None
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    id: int
    persona_id: int
    due_at: datetime
    created_at: datetime
    refused_at: datetime | None
    sealed: bytes = field(repr=False)


_KEPT = Shape(_Kept, scheduled_posts)
_SELECT = select(*_KEPT.columns)
_ID = scheduled_posts.c.id == bindparam("scheduled", type_=Id)
_OWN = scheduled_posts.c.persona_id == bindparam("persona", type_=Id)
_WAITS = scheduled_posts.c.refused_at.is_(None)
_LIMIT = bindparam("limit", type_=Integer())
_AT = bindparam("at", type_=UtcTime())
_GET = _SELECT.where(_ID, _OWN)
_WINDOW = (
    scheduled_posts.c.id < bindparam("before", type_=Id),
    scheduled_posts.c.id > bindparam("after", type_=Id),
)
_PAGE = _SELECT.where(_OWN, *_WINDOW).order_by(scheduled_posts.c.id.desc()).limit(_LIMIT)
_PAGE_UP = _SELECT.where(_OWN, *_WINDOW).order_by(scheduled_posts.c.id).limit(_LIMIT)
_DUE = (
    _SELECT.where(_WAITS, scheduled_posts.c.due_at <= _AT)
    .order_by(scheduled_posts.c.due_at, scheduled_posts.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_NEXT = select(func.min(scheduled_posts.c.due_at)).where(_WAITS)
_COUNT = select(func.count()).where(_OWN, _WAITS)
_COUNT_DAY = select(func.count()).where(
    _OWN,
    _WAITS,
    scheduled_posts.c.due_at >= bindparam("from_", type_=UtcTime()),
    scheduled_posts.c.due_at < bindparam("until", type_=UtcTime()),
)
_MOVE = scheduled_posts.update().where(_ID, _OWN).values(due_at=_AT, refused_at=None)
_REFUSE = scheduled_posts.update().where(_ID).values(refused_at=_AT)
_DROP = scheduled_posts.delete().where(_ID, _OWN)
_PRUNE = scheduled_posts.delete().where(
    scheduled_posts.c.id.in_(
        select(scheduled_posts.c.id)
        .where(scheduled_posts.c.refused_at < bindparam("before", type_=UtcTime()))
        .limit(_LIMIT)
    )
)


class ScheduledRepository:
    """Posts that wait, by their author."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, post: ScheduledPost) -> None:
        sealed = self._seals.seal(
            post.body,
            place=PLACE,
            row=post.id,
            author=post.persona_id,
            holders=(Holder("persona", post.persona_id),),
        )
        kept = _Kept(
            id=post.id,
            persona_id=post.persona_id,
            due_at=post.due_at,
            created_at=post.created_at,
            refused_at=post.refused_at,
            sealed=sealed,
        )
        self._connection.execute(scheduled_posts.insert(), _KEPT.values(kept))

    def get(self, scheduled_id: int, persona_id: int) -> ScheduledPost | None:
        """One of the persona's own."""
        key = {"scheduled": scheduled_id, "persona": persona_id}
        return self._first(self._connection.execute(_GET, key).all())

    def page(
        self,
        persona_id: int,
        limit: int,
        *,
        before: int = NEWEST,
        after: int = 0,
        upward: bool = False,
    ) -> list[ScheduledPost]:
        """The persona's own, the latest made first; `upward` takes those next above `after`."""
        key = {"persona": persona_id, "limit": limit, "before": before, "after": after}
        found = self._opened(self._connection.execute(_PAGE_UP if upward else _PAGE, key).all())
        return found[::-1] if upward else found

    def claim_due(self, now: datetime) -> ScheduledPost | None:
        """One that is due, held by this transaction; None when nothing is."""
        return self._first(self._connection.execute(_DUE, {"at": now}).all())

    def next_due(self) -> datetime | None:
        """When the next one is due."""
        due: datetime | None = self._connection.execute(_NEXT).scalar_one()
        return due

    def count(self, persona_id: int) -> int:
        """How many of the persona's wait."""
        return int(self._connection.execute(_COUNT, {"persona": persona_id}).scalar_one())

    def count_between(self, persona_id: int, start: datetime, end: datetime) -> int:
        """How many of the persona's wait for a time from `start` on, before `end`."""
        key = {"persona": persona_id, "from_": start, "until": end}
        return int(self._connection.execute(_COUNT_DAY, key).scalar_one())

    def move(self, scheduled_id: int, persona_id: int, due_at: datetime) -> bool:
        """Another time for it. False when the persona has no such post."""
        key = {"scheduled": scheduled_id, "persona": persona_id, "at": due_at}
        return self._connection.execute(_MOVE, key).rowcount == 1

    def refuse(self, scheduled_id: int, at: datetime) -> None:
        """It was due and could not be posted."""
        self._connection.execute(_REFUSE, {"scheduled": scheduled_id, "at": at})

    def drop(self, scheduled_id: int, persona_id: int) -> bool:
        """False when the persona has no such post."""
        key = {"scheduled": scheduled_id, "persona": persona_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets what could not be posted, from before that time; how many."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount

    def _first(self, rows: Sequence[Row[Any]]) -> ScheduledPost | None:
        return next(iter(self._opened(rows)), None)

    def _opened(self, rows: Sequence[Row[Any]]) -> list[ScheduledPost]:
        """Those whose author's key is still there."""
        kept = [_KEPT.read(row) for row in rows]
        sealed = [Sealed(one.sealed, PLACE, one.id, one.persona_id) for one in kept]
        plain = self._seals.open_many(sealed) if sealed else []
        return [
            ScheduledPost(
                id=one.id,
                persona_id=one.persona_id,
                due_at=one.due_at,
                created_at=one.created_at,
                refused_at=one.refused_at,
                body=body,
            )
            for one, body in zip(kept, plain, strict=True)
            if body is not None
        ]
