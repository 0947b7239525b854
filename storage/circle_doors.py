"""How people come into circles: who waits for one, and codes that let somebody ask.

What somebody who waits wishes for is sealed under their persona. Nobody is shown who waits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, select

from storage.seals import Holder, Sealed, Seals
from storage.shapes import Shape
from storage.tables import accounts, actors, circle_codes, circle_waiting, personas
from storage.tables.metadata import UtcTime

_PLACE = "circle_waiting.sealed"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody would like: topics, the language, how many days it may last, and in which part
    of the day the question comes."""

    topics: tuple[str, ...]
    language: str
    days: int
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody who waits for a circle. `account_id` is whose persona it is: nobody meets
    themselves."""

    id: int
    persona_id: int
    account_id: int
    since: datetime
    rest_until: datetime | None = None
    circle_id: int | None = None
    wish: Wish = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleCode:
    """A code as those who look after the circle see it; the code itself is shown once."""

    id: int
    circle_id: int
    max_uses: int
    uses: int
    created_by: int
    expires_at: datetime
    created_at: datetime


_CODE = Shape(CircleCode, circle_codes)
_W, _K = circle_waiting.c, circle_codes.c
_SELECT = select(circle_waiting, personas.c.account_id).join(
    personas, personas.c.actor_id == _W.persona_id
)
_OF_PERSONA = _SELECT.where(_W.persona_id == bindparam("persona"))
_HERE = (
    personas.c.retired_at.is_(None),
    actors.c.suspended_at.is_(None),
    actors.c.gone_at.is_(None),
    accounts.c.suspended_at.is_(None),
    accounts.c.leaving_at.is_(None),
)
_ALL = (
    _SELECT.join(actors, actors.c.id == _W.persona_id)
    .join(accounts, accounts.c.id == personas.c.account_id)
    .where(_W.circle_id.is_(None), *_HERE)
    .order_by(_W.since, _W.id)
    .limit(bindparam("limit"))
)
_HELD = _SELECT.where(_W.circle_id == bindparam("circle")).order_by(_W.since, _W.id)
_DROP = circle_waiting.delete().where(_W.persona_id == bindparam("persona"))
_DROP_MANY = circle_waiting.delete().where(_W.persona_id.in_(bindparam("personas", expanding=True)))
_HOLD = (
    circle_waiting.update()
    .where(_W.persona_id.in_(bindparam("personas", expanding=True)))
    .values(circle_id=bindparam("circle"))
)
_REST = (
    circle_waiting.update()
    .where(_W.persona_id == bindparam("persona"))
    .values(circle_id=None, rest_until=bindparam("until", type_=UtcTime()))
)
_NOW = bindparam("now", type_=UtcTime())
_IS_OPEN = (
    _K.code_hash == bindparam("code"),
    _K.expires_at > _NOW,
    _K.uses < _K.max_uses,
)
_FIND = select(*_CODE.columns).where(*_IS_OPEN)
_SPEND = circle_codes.update().where(*_IS_OPEN).values(uses=_K.uses + 1).returning(_K.id)
_OF_CIRCLE = (
    select(*_CODE.columns)
    .where(_K.circle_id == bindparam("circle"), _K.expires_at > _NOW, _K.uses < _K.max_uses)
    .order_by(_K.id.desc())
    .limit(50)
)
_END_CODE = circle_codes.delete().where(
    _K.circle_id == bindparam("circle"), _K.id == bindparam("id")
)
_END_CODES = circle_codes.delete().where(_K.circle_id == bindparam("circle"))
_OLD = select(_K.id).where(_K.expires_at < bindparam("before", type_=UtcTime()))
_PRUNE = circle_codes.delete().where(_K.id.in_(_OLD.limit(bindparam("limit"))))


class CircleDoors:
    """The waiting list, and codes."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def wait(self, waiting: Waiting) -> None:
        """Somebody waits, in place of what they wished for before."""
        sealed = self._seals.seal(
            msgspec.json.encode(waiting.wish),
            place=_PLACE,
            row=waiting.id,
            author=waiting.persona_id,
            holders=(Holder("persona", waiting.persona_id),),
        )
        self._connection.execute(_DROP, {"persona": waiting.persona_id})
        self._connection.execute(
            circle_waiting.insert(),
            {
                "id": waiting.id,
                "persona_id": waiting.persona_id,
                "sealed": sealed,
                "since": waiting.since,
                "rest_until": waiting.rest_until,
                "circle_id": waiting.circle_id,
            },
        )

    def of(self, persona_id: int) -> Waiting | None:
        """What this persona waits for."""
        found = self._read(self._connection.execute(_OF_PERSONA, {"persona": persona_id}).all())
        return found[0] if found else None

    def waiting(self, limit: int) -> list[Waiting]:
        """Those who wait, are here, and are asked about nothing just now; who came first first."""
        return self._read(self._connection.execute(_ALL, {"limit": limit}).all())

    def held_for(self, circle_id: int) -> list[Waiting]:
        """Those who are asked about this circle."""
        return self._read(self._connection.execute(_HELD, {"circle": circle_id}).all())

    def hold(self, people: Iterable[int], circle_id: int) -> None:
        """They are asked about a circle; no other takes them meanwhile."""
        self._connection.execute(_HOLD, {"personas": list(people), "circle": circle_id})

    def rest(self, persona_id: int, until: datetime | None) -> None:
        """They go on waiting, and are asked again after this time."""
        self._connection.execute(_REST, {"persona": persona_id, "until": until})

    def stop(self, persona_id: int) -> bool:
        """They wait no longer. False when they did not."""
        return self._connection.execute(_DROP, {"persona": persona_id}).rowcount == 1

    def stop_all(self, people: Iterable[int]) -> None:
        """The same for many."""
        self._connection.execute(_DROP_MANY, {"personas": list(people)})

    def add_code(self, code: CircleCode, code_hash: bytes) -> None:
        """Keep a code by its hash alone."""
        self._connection.execute(
            circle_codes.insert(), _CODE.values(code) | {"code_hash": code_hash}
        )

    def find_code(self, code_hash: bytes, now: datetime) -> CircleCode | None:
        """What a code opens, while it opens anything."""
        key = {"code": code_hash, "now": now}
        return _CODE.maybe(self._connection.execute(_FIND, key).first())

    def spend_code(self, code_hash: bytes, now: datetime) -> bool:
        """Count one use; two who come at the same moment cannot both take the last one."""
        key = {"code": code_hash, "now": now}
        return self._connection.execute(_SPEND, key).first() is not None

    def codes_of(self, circle_id: int, now: datetime) -> list[CircleCode]:
        """Those that still open something, newest first."""
        key = {"circle": circle_id, "now": now}
        return [_CODE.read(row) for row in self._connection.execute(_OF_CIRCLE, key)]

    def end_code(self, circle_id: int, code_id: int) -> None:
        """It opens nothing any more; where there is none, nothing changes."""
        self._connection.execute(_END_CODE, {"circle": circle_id, "id": code_id})

    def end_codes(self, circle_id: int) -> None:
        """Nobody comes in any more."""
        self._connection.execute(_END_CODES, {"circle": circle_id})

    def prune_codes(self, before: datetime, limit: int) -> int:
        """Forget up to `limit` that ended before then; how many."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount

    def _read(self, rows: Sequence[Row[Any]]) -> list[Waiting]:
        opened = self._seals.open_many(
            [Sealed(row.sealed, _PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            Waiting(
                id=row.id,
                persona_id=row.persona_id,
                account_id=row.account_id,
                since=row.since,
                rest_until=row.rest_until,
                circle_id=row.circle_id,
                wish=msgspec.json.decode(plain, type=Wish),
            )
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]
