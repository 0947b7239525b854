"""Goals of a persona, in its own words, sealed under its key: the words, since when, on which days,
and when a reminder is wanted. Nobody else is shown one, and no other room asks for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select

from storage.seals import Holder, Sealed, Seals
from storage.tables import check_ins, goals

GoalState = Literal["open", "paused", "ended"]
GoalKind = Literal["days", "doing"]
Sharing = Literal["me", "buddies"]
PLACE: Final = "goals.sealed"


class Pause(msgspec.Struct, frozen=True, array_like=True):
    """Days on which the goal rested; `until` is None while it does. The day of `until` counts."""

    since: date
    until: date | None = None


class Reminder(msgspec.Struct, frozen=True, array_like=True):
    """`minute` of the day in the goal's own zone; `at_night`: also between 22:00 and 7:00."""

    minute: int
    at_night: bool = False


class GoalWords(msgspec.Struct, frozen=True, array_like=True):
    """What is sealed of a goal. `situation` and `answer` are the two halves of "if ... then ...";
    `weekdays` are 0 for Monday to 6, none for every day; `zone` is an IANA name."""

    words: str
    kind: GoalKind
    began: date
    zone: str
    situation: str = ""
    answer: str = ""
    weekdays: tuple[int, ...] = ()
    topics: tuple[str, ...] = ()
    shared: Sharing = "me"
    pauses: tuple[Pause, ...] = ()
    reminder: Reminder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal. `remind_at` is when the next reminder is due."""

    id: int
    persona_id: int
    state: GoalState
    said: GoalWords
    remind_at: datetime | None = None
    created_at: datetime
    changed_at: datetime


_OF_PERSONA = select(goals).where(goals.c.persona_id == bindparam("persona")).order_by(goals.c.id)
_COUNT = select(func.count()).select_from(goals).where(goals.c.persona_id == bindparam("persona"))
_THIS = (goals.c.id == bindparam("goal"), goals.c.persona_id == bindparam("persona"))
_IS = select(goals.c.id).where(*_THIS)
_GET = select(goals).where(*_THIS)
_GET_TO_CHANGE = _GET.with_for_update()
_NEWEST = (
    select(goals)
    .where(goals.c.persona_id == bindparam("persona"))
    .order_by(goals.c.id.desc())
    .limit(1)
)
_IS_OPEN = (
    select(goals.c.id)
    .where(goals.c.persona_id == bindparam("persona"), goals.c.state == "open")
    .limit(1)
)
_PUT = (
    goals.update()
    .where(goals.c.id == bindparam("goal"))
    .values(
        state=bindparam("new_state"),
        sealed=bindparam("new_sealed"),
        remind_at=bindparam("new_remind_at"),
        changed_at=bindparam("new_changed_at"),
    )
)
_DROP = goals.delete().where(*_THIS)
_DROP_ENTRIES = check_ins.delete().where(
    check_ins.c.goal_id == bindparam("goal"), check_ins.c.persona_id == bindparam("persona")
)
_FORGET_ENTRIES = check_ins.delete().where(check_ins.c.persona_id == bindparam("persona"))
_FORGET = goals.delete().where(goals.c.persona_id == bindparam("persona"))
_DUE = (
    select(goals)
    .where(goals.c.remind_at <= bindparam("now"))
    .order_by(goals.c.remind_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_NEXT = select(func.min(goals.c.remind_at))


class GoalRepository:
    """Goals by persona, the oldest first."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, goal: Goal) -> None:
        """Keep a new one."""
        row = {
            "id": goal.id,
            "persona_id": goal.persona_id,
            "state": goal.state,
            "sealed": self._sealed(goal),
            "remind_at": goal.remind_at,
            "created_at": goal.created_at,
            "changed_at": goal.changed_at,
        }
        self._connection.execute(goals.insert(), row)

    def put(self, goal: Goal) -> None:
        """Other words, another state, another reminder."""
        row = {
            "goal": goal.id,
            "new_state": goal.state,
            "new_sealed": self._sealed(goal),
            "new_remind_at": goal.remind_at,
            "new_changed_at": goal.changed_at,
        }
        self._connection.execute(_PUT, row)

    def of_persona(self, persona_id: int) -> list[Goal]:
        """All of them, those that have ended among them. One query, and one for the key."""
        return self._read(self._connection.execute(_OF_PERSONA, {"persona": persona_id}).all())

    def count(self, persona_id: int) -> int:
        """How many there are, to keep the list short."""
        return int(self._connection.execute(_COUNT, {"persona": persona_id}).scalar_one())

    def get(self, persona_id: int, goal_id: int) -> Goal | None:
        """One of the persona's own. Nothing is unsealed for anybody else."""
        key = {"persona": persona_id, "goal": goal_id}
        if self._connection.execute(_IS, key).first() is None:
            return None
        return next(iter(self._read(self._connection.execute(_GET, key).all())), None)

    def get_to_change(self, persona_id: int, goal_id: int) -> Goal | None:
        """The same, held until the transaction ends."""
        key = {"persona": persona_id, "goal": goal_id}
        return next(iter(self._read(self._connection.execute(_GET_TO_CHANGE, key).all())), None)

    def newest(self, persona_id: int) -> Goal | None:
        """The one that was made last: what it says of the person's zone holds for the next."""
        key = {"persona": persona_id}
        return next(iter(self._read(self._connection.execute(_NEWEST, key).all())), None)

    def has_open(self, persona_id: int) -> bool:
        """Whether anything is under way."""
        return self._connection.execute(_IS_OPEN, {"persona": persona_id}).first() is not None

    def drop(self, persona_id: int, goal_id: int) -> bool:
        """A goal with all its entries; False when the persona has no such goal."""
        key = {"persona": persona_id, "goal": goal_id}
        self._connection.execute(_DROP_ENTRIES, key)
        return self._connection.execute(_DROP, key).rowcount == 1

    def forget_persona(self, persona_id: int) -> None:
        """All goals of an erased persona, with their entries."""
        key = {"persona": persona_id}
        self._connection.execute(_FORGET_ENTRIES, key)
        self._connection.execute(_FORGET, key)

    def due(self, now: datetime, limit: int) -> list[Goal]:
        """Those whose reminder is due, held until the transaction ends; nobody else gets them."""
        key = {"now": now, "limit": limit}
        return self._read(self._connection.execute(_DUE, key).all())

    def next_due(self) -> datetime | None:
        """When the next reminder is due."""
        found: datetime | None = self._connection.execute(_NEXT).scalar()
        return found

    def _sealed(self, goal: Goal) -> bytes:
        return self._seals.seal(
            msgspec.json.encode(goal.said),
            place=PLACE,
            row=goal.id,
            author=goal.persona_id,
            holders=(Holder("persona", goal.persona_id),),
        )

    def _read(self, rows: Sequence[Row[Any]]) -> list[Goal]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            Goal(
                id=row.id,
                persona_id=row.persona_id,
                state=row.state,
                said=msgspec.json.decode(plain, type=GoalWords),
                remind_at=row.remind_at,
                created_at=row.created_at,
                changed_at=row.changed_at,
            )
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]


def saying(goal: Goal, **changes: Any) -> Goal:
    """The goal with something else in what it says."""
    return replace(goal, said=msgspec.structs.replace(goal.said, **changes))
