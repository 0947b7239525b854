"""Special days, sealed under their persona, and watches over how long somebody has been quiet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.shapes import Shape
from storage.tables import access_tokens, posts, quiet_watches, sessions, special_days

DayKind = Literal["remembrance", "anniversary", "hard"]
PLACE: Final = "special_days.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A day of every year. `year` is the first one, if it matters; `ahead` how many days before it
    somebody wants to hear of it; `due_at` when that is next (UTC)."""

    id: int
    persona_id: int
    title: str
    kind: DayKind
    month: int
    day: int
    year: int | None
    ahead: int
    due_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietWatch:
    """Notice when this persona was not here for `after_days` days. `seen_at` is when it was seen
    last, as far as is known, `look_at` when to look again, `told_at` when it was last said."""

    persona_id: int
    after_days: int
    tells_buddies: bool
    seen_at: datetime
    look_at: datetime
    told_at: datetime | None = None


class _Inside(msgspec.Struct, array_like=True):
    title: str
    kind: DayKind
    month: int
    day: int
    year: int | None
    ahead: int


WATCH = Shape(QuietWatch, quiet_watches)
_OF_PERSONA = (
    select(special_days)
    .where(special_days.c.persona_id == bindparam("persona"))
    .order_by(special_days.c.id)
)
_THIS = (special_days.c.id == bindparam("day"), special_days.c.persona_id == bindparam("persona"))
_GET = select(special_days).where(*_THIS)
_INSERT = insert(special_days)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[special_days.c.id],
    set_={name: _INSERT.excluded[name] for name in ("sealed", "due_at")},
)
_DROP = special_days.delete().where(*_THIS).returning(special_days.c.id)
_DUE = (
    select(special_days)
    .where(special_days.c.due_at <= bindparam("now"))
    .order_by(special_days.c.due_at)
    .limit(bindparam("limit"))
)
_NEXT = select(func.min(special_days.c.due_at))
_GET_WATCH = select(*WATCH.columns).where(quiet_watches.c.persona_id == bindparam("persona"))
_INSERT_WATCH = insert(quiet_watches)
_PUT_WATCH = _INSERT_WATCH.on_conflict_do_update(
    index_elements=[quiet_watches.c.persona_id],
    set_={
        name: _INSERT_WATCH.excluded[name]
        for name in ("after_days", "tells_buddies", "seen_at", "look_at", "told_at")
    },
)
_DROP_WATCH = quiet_watches.delete().where(quiet_watches.c.persona_id == bindparam("persona"))
_TO_LOOK_AT = (
    select(*WATCH.columns)
    .where(quiet_watches.c.look_at <= bindparam("now"))
    .order_by(quiet_watches.c.look_at)
    .limit(bindparam("limit"))
)
_NEXT_LOOK = select(func.min(quiet_watches.c.look_at))
# When a persona was last here: signed in, by an app, or by what it wrote.
_SEEN = (
    select(func.max(sessions.c.last_seen_at)).where(sessions.c.persona_id == bindparam("persona")),
    select(func.max(access_tokens.c.used_at)).where(
        access_tokens.c.persona_id == bindparam("persona")
    ),
    select(posts.c.created_at)
    .where(posts.c.author_id == bindparam("persona"))
    .order_by(posts.c.id.desc())
    .limit(1),
)


class SpecialDayRepository:
    """Special days by persona, and those whose time has come."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, one: SpecialDay) -> None:
        """Keep a day, new or changed."""
        inside = _Inside(one.title, one.kind, one.month, one.day, one.year, one.ahead)
        sealed = self._seals.seal(
            msgspec.json.encode(inside),
            place=PLACE,
            row=one.id,
            author=one.persona_id,
            holders=(Holder("persona", one.persona_id),),
        )
        row = {
            "id": one.id,
            "persona_id": one.persona_id,
            "sealed": sealed,
            "due_at": one.due_at,
            "created_at": one.created_at,
        }
        self._connection.execute(_PUT, row)

    def of_persona(self, persona_id: int) -> list[SpecialDay]:
        """All of a persona's, the oldest first. One query, and one for the key."""
        return self._read(self._connection.execute(_OF_PERSONA, {"persona": persona_id}).all())

    def get(self, persona_id: int, day_id: int) -> SpecialDay | None:
        """One of the persona's own."""
        found = self._connection.execute(_GET, {"persona": persona_id, "day": day_id}).all()
        return next(iter(self._read(found)), None)

    def drop(self, persona_id: int, day_id: int) -> bool:
        """False when the persona has no such day."""
        key = {"persona": persona_id, "day": day_id}
        return self._connection.execute(_DROP, key).first() is not None

    def due(self, now: datetime, limit: int) -> list[SpecialDay]:
        """Those to speak of now, the longest due first."""
        found = self._connection.execute(_DUE, {"now": now, "limit": limit})
        return self._read(found.all())

    def next_due(self) -> datetime | None:
        found: datetime | None = self._connection.execute(_NEXT).scalar()
        return found

    def _read(self, rows: Sequence[Row[Any]]) -> list[SpecialDay]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [_read(row, inside) for row, inside in zip(rows, opened, strict=True) if inside]


class QuietWatchRepository:
    """Watches by persona."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, persona_id: int) -> QuietWatch | None:
        found = self._connection.execute(_GET_WATCH, {"persona": persona_id}).first()
        return WATCH.maybe(found)

    def put(self, watch: QuietWatch) -> None:
        self._connection.execute(_PUT_WATCH, WATCH.values(watch))

    def drop(self, persona_id: int) -> None:
        self._connection.execute(_DROP_WATCH, {"persona": persona_id})

    def to_look_at(self, now: datetime, limit: int) -> list[QuietWatch]:
        """Those whose time has come."""
        found = self._connection.execute(_TO_LOOK_AT, {"now": now, "limit": limit})
        return [WATCH.read(row) for row in found]

    def next_look(self) -> datetime | None:
        found: datetime | None = self._connection.execute(_NEXT_LOOK).scalar()
        return found

    def last_seen(self, persona_id: int) -> datetime | None:
        """When the persona was last here, as far as sessions, tokens and posts still tell."""
        key = {"persona": persona_id}
        times = [self._connection.execute(one, key).scalar() for one in _SEEN]
        return max((one for one in times if one is not None), default=None)


def _read(row: Row[Any], inside: bytes) -> SpecialDay:
    kept = msgspec.json.decode(inside, type=_Inside)
    return SpecialDay(
        id=row.id,
        persona_id=row.persona_id,
        title=kept.title,
        kind=kept.kind,
        month=kept.month,
        day=kept.day,
        year=kept.year,
        ahead=kept.ahead,
        due_at=row.due_at,
        created_at=row.created_at,
    )
