"""Entries of a goal: how a day was, and setbacks. Mood, difficulty, words, and whether an entry is
a setback at all are sealed under the persona's key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, select

from storage.goals import Sharing
from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST
from storage.tables import check_ins

EntryKind = Literal["check-in", "setback"]
PLACE: Final = "check_ins.sealed"


class EntryWords(msgspec.Struct, frozen=True, array_like=True):
    """What is sealed of an entry. `mood` and `difficulty` go from 1 to 5, None for not said; `did`
    says of something to do whether it was done that day."""

    kind: EntryKind
    day: date
    mood: int | None = None
    difficulty: int | None = None
    did: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One entry."""

    id: int
    goal_id: int
    persona_id: int
    shared: Sharing
    said: EntryWords
    created_at: datetime


_TABLE = check_ins.c
_THIS = (_TABLE.id == bindparam("entry"), _TABLE.persona_id == bindparam("persona"))
_IS = select(_TABLE.id).where(*_THIS, _TABLE.goal_id == bindparam("goal"))
_GET = select(check_ins).where(*_THIS, _TABLE.goal_id == bindparam("goal"))
_OF_GOAL = (
    select(check_ins)
    .where(_TABLE.goal_id == bindparam("goal"), _TABLE.id < bindparam("before"))
    .order_by(_TABLE.id.desc())
    .limit(bindparam("limit"))
)
_OF_PERSONA = (
    select(check_ins)
    .where(_TABLE.persona_id == bindparam("persona"), _TABLE.id > bindparam("after"))
    .order_by(_TABLE.id)
    .limit(bindparam("limit"))
)
_SHARED = (
    select(check_ins)
    .where(_TABLE.persona_id == bindparam("persona"), _TABLE.shared == "buddies")
    .order_by(_TABLE.id.desc())
    .limit(bindparam("limit"))
)
_WITHIN = (
    select(_TABLE.id)
    .where(
        _TABLE.persona_id == bindparam("persona"),
        _TABLE.created_at >= bindparam("since"),
        _TABLE.created_at <= bindparam("until"),
    )
    .limit(1)
)
_SINCE = (
    select(check_ins)
    .where(_TABLE.persona_id == bindparam("persona"), _TABLE.created_at >= bindparam("since"))
    .order_by(_TABLE.id.desc())
)
_PUT = (
    check_ins.update()
    .where(*_THIS)
    .values(sealed=bindparam("new_sealed"), shared=bindparam("new_shared"))
)
_DROP = check_ins.delete().where(*_THIS, _TABLE.goal_id == bindparam("goal"))


class CheckInRepository:
    """Entries by goal, the newest first."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, entry: CheckIn) -> None:
        """Keep a new one."""
        row = {
            "id": entry.id,
            "goal_id": entry.goal_id,
            "persona_id": entry.persona_id,
            "shared": entry.shared,
            "sealed": self._sealed(entry),
            "created_at": entry.created_at,
        }
        self._connection.execute(check_ins.insert(), row)

    def put(self, entry: CheckIn) -> None:
        """Other words, or shared with others."""
        row = {
            "entry": entry.id,
            "persona": entry.persona_id,
            "new_sealed": self._sealed(entry),
            "new_shared": entry.shared,
        }
        self._connection.execute(_PUT, row)

    def get(self, persona_id: int, goal_id: int, entry_id: int) -> CheckIn | None:
        """One of the persona's own. Nothing is unsealed for anybody else."""
        key = {"persona": persona_id, "goal": goal_id, "entry": entry_id}
        if self._connection.execute(_IS, key).first() is None:
            return None
        return next(iter(self._read(self._connection.execute(_GET, key).all())), None)

    def of_goal(self, goal_id: int, limit: int, before: int | None = None) -> list[CheckIn]:
        """Of a goal that the caller has seen to be the reader's own."""
        before = NEWEST if before is None else before
        key = {"goal": goal_id, "before": before, "limit": limit}
        return self._read(self._connection.execute(_OF_GOAL, key).all())

    def of_persona(self, persona_id: int, limit: int, after: int) -> list[CheckIn]:
        """All that a persona wrote, the oldest first, above the id `after`."""
        key = {"persona": persona_id, "limit": limit, "after": after}
        return self._read(self._connection.execute(_OF_PERSONA, key).all())

    def since(self, persona_id: int, since: datetime) -> list[CheckIn]:
        """What a persona wrote lately, of all its goals."""
        key = {"persona": persona_id, "since": since}
        return self._read(self._connection.execute(_SINCE, key).all())

    def shared_with_buddies(self, persona_id: int, limit: int) -> list[CheckIn]:
        """What a persona shares with its buddies, for a reader whom the caller knows to be one."""
        key = {"persona": persona_id, "limit": limit}
        return self._read(self._connection.execute(_SHARED, key).all())

    def any_within(self, persona_id: int, since: datetime, until: datetime) -> bool:
        """Whether a persona wrote anything in that time; nothing is unsealed for it."""
        key = {"persona": persona_id, "since": since, "until": until}
        return self._connection.execute(_WITHIN, key).first() is not None

    def drop(self, persona_id: int, goal_id: int, entry_id: int) -> bool:
        """False when the persona has no such entry."""
        key = {"persona": persona_id, "goal": goal_id, "entry": entry_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def _sealed(self, entry: CheckIn) -> bytes:
        return self._seals.seal(
            msgspec.json.encode(entry.said),
            place=PLACE,
            row=entry.id,
            author=entry.persona_id,
            holders=(Holder("persona", entry.persona_id),),
        )

    def _read(self, rows: Sequence[Row[Any]]) -> list[CheckIn]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            CheckIn(
                id=row.id,
                goal_id=row.goal_id,
                persona_id=row.persona_id,
                shared=row.shared,
                said=msgspec.json.decode(plain, type=EntryWords),
                created_at=row.created_at,
            )
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]
