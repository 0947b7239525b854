"""The welcome thread of a group: what is to be posted, sealed under the keys of the group and of
whoever posts it, and when the next one falls due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import welcomes
from storage.tables.metadata import Id, UtcTime

Every = Literal["week", "month"]
WELCOME_AT: Final = "welcomes.sealed"


class Wording(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is posted. `closing` is said in a welcome thread when the next one opens."""

    title: str
    text: str
    language: str | None = None
    reply_wanted: str | None = None
    closing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """`persona_id` switched it on and posts it; `thread_id` is the one that is open. It rests while
    `next_at` is None."""

    group_id: int
    persona_id: int
    every: Every
    wording: Wording
    thread_id: int | None = None
    next_at: datetime | None


_GROUP = bindparam("group", type_=Id)
_NOW = bindparam("now", type_=UtcTime)
_WELCOME = select(welcomes).where(welcomes.c.group_id == _GROUP)
_WELCOME_THREAD = select(welcomes.c.thread_id).where(
    welcomes.c.group_id == _GROUP, welcomes.c.next_at.is_not(None)
)
_DUE_WELCOMES = (
    select(welcomes)
    .where(welcomes.c.next_at <= _NOW)
    .order_by(welcomes.c.next_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_PUT = insert(welcomes)
_PUT_WELCOME = _PUT.on_conflict_do_update(
    index_elements=[welcomes.c.group_id],
    set_={
        name: _PUT.excluded[name]
        for name in ("persona_id", "every", "thread_id", "next_at", "sealed")
    },
)
_DROP_WELCOME = welcomes.delete().where(welcomes.c.group_id == _GROUP)

_BY_PERSONA = select(welcomes).where(welcomes.c.persona_id == bindparam("persona"))


class WelcomeRepository:
    """Welcome threads by group."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def get(self, group_id: int) -> Welcome | None:
        return next(iter(self._read(self._all(_WELCOME, {"group": group_id}))), None)

    def thread_of(self, group_id: int) -> int | None:
        """The thread that is open, without its words. One query."""
        found = self._connection.execute(_WELCOME_THREAD, {"group": group_id}).scalar()
        return None if found is None else int(found)

    def due(self, now: datetime) -> Welcome | None:
        """The one that has waited longest, held until the transaction ends."""
        return next(iter(self._read(self._all(_DUE_WELCOMES, {"now": now}))), None)

    def of_persona(self, persona_id: int) -> list[Welcome]:
        """Those that a persona posts."""
        return self._read(self._all(_BY_PERSONA, {"persona": persona_id}))

    def put(self, one: Welcome) -> None:
        """Keep it, new or changed."""
        row = {
            "group_id": one.group_id,
            "persona_id": one.persona_id,
            "every": one.every,
            "thread_id": one.thread_id,
            "next_at": one.next_at,
            "sealed": self._seals.seal(
                msgspec.json.encode(one.wording),
                place=WELCOME_AT,
                row=one.group_id,
                author=one.persona_id,
                holders=holders_of(one.group_id, one.persona_id),
            ),
        }
        self._connection.execute(_PUT_WELCOME, row)

    def drop(self, group_id: int) -> None:
        """Switch it off. Threads that were posted stay."""
        self._connection.execute(_DROP_WELCOME, {"group": group_id})

    def _all(self, statement: Any, parameters: dict[str, Any]) -> Sequence[Row[Any]]:
        return self._connection.execute(statement, parameters).all()

    def _read(self, rows: Sequence[Row[Any]]) -> list[Welcome]:
        opened = open_words(self._seals, WELCOME_AT, [(row.group_id, row) for row in rows])
        return [
            Welcome(
                group_id=row.group_id,
                persona_id=row.persona_id,
                every=row.every,
                wording=wording,
                thread_id=row.thread_id,
                next_at=row.next_at,
            )
            for row, wording in opened
        ]


def holders_of(group_id: int, persona_id: int) -> tuple[Holder, ...]:
    """Under whose keys such words are sealed."""
    return (Holder("group", group_id), Holder("persona", persona_id))


def open_words(
    seals: Seals, place: str, rows: Sequence[tuple[int, Row[Any]]]
) -> list[tuple[Row[Any], Wording]]:
    """Rows with their words; without those whose holder is erased."""
    if not rows:
        return []
    opened = seals.open_many(
        [Sealed(row.sealed, place, number, row.persona_id) for number, row in rows]
    )
    return [
        (row, msgspec.json.decode(plain, type=Wording))
        for (_, row), plain in zip(rows, opened, strict=True)
        if plain is not None
    ]
