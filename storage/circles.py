"""Circles, and who is in them.

The place where a circle talks is a row of `groups` of kind 'circle', private, with the id of the
circle: so its words are sealed, and every rule about posts holds there. No list of groups finds it.
What it is called, what it is about and its questions are sealed under the same key as its words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.memo import memo_of
from storage.seals import Holder, Sealed, Seals
from storage.shapes import Shape
from storage.tables import actors, circle_members, circle_waiting, circles, memberships
from storage.tables.metadata import Id

CircleState = Literal[
    "gathering", "confirming", "running", "asking", "paused", "closing", "closed", "given-up"
]
CircleOrigin = Literal["invited", "matched"]
MemberState = Literal["waiting", "asked", "agreed", "member", "declined", "left"]
Voice = Literal["go-on", "merge", "close"]

_ABOUT = "circles.sealed"
_SCRIPT = "circles.sealed_script"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """`days` is how long it runs, `hour` when its question comes, by the clocks of the community.
    `started_at` is the time of its first question, moved on by every pause."""

    id: int
    state: CircleState
    origin: CircleOrigin
    host_id: int | None
    days: int
    hour: int
    name: str = field(repr=False)
    topics: tuple[str, ...] = field(repr=False)
    language: str = field(repr=False)
    started_at: datetime | None = None
    paused_at: datetime | None = None
    changed_at: datetime
    next_at: datetime | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleMember:
    """One persona in one circle. `voice` is its wish when the circle has become small."""

    circle_id: int
    persona_id: int
    state: MemberState
    wants_days: bool = True
    wants_weeks: bool = True
    weeks_told: int = 0
    voice: Voice | None = None
    said_farewell: bool = False
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberThere:
    """A member with its face."""

    member: CircleMember
    actor: Actor


class _About(msgspec.Struct, array_like=True):
    name: str
    topics: tuple[str, ...]
    language: str


_MEMBER = Shape(CircleMember, circle_members)
_OPEN = (
    "id",
    "state",
    "origin",
    "host_id",
    "days",
    "hour",
    "started_at",
    "paused_at",
    "changed_at",
    "next_at",
    "created_at",
)
_CHANGEABLE = frozenset(
    {"state", "host_id", "days", "hour", "started_at", "paused_at", "changed_at", "next_at"}
)
_C, _M = circles.c, circle_members.c
_OPEN_COLUMNS = [_C[name] for name in _OPEN]
_SELECT = select(*_OPEN_COLUMNS, _C.sealed)
_GET = _SELECT.where(_C.id == bindparam("circle"))
_DUE = _SELECT.where(_C.next_at <= bindparam("now")).order_by(_C.next_at).limit(bindparam("limit"))
_NEXT = select(func.min(_C.next_at))
_GET_SCRIPT = select(_C.sealed_script).where(_C.id == bindparam("circle"))
_OF_PERSONA = (
    _SELECT.add_columns(*_MEMBER.columns)
    .join(circle_members, _M.circle_id == _C.id)
    .where(_M.persona_id == bindparam("persona"))
    .order_by(_C.id.desc())
    .limit(bindparam("limit"))
)
_GET_MEMBER = select(*_MEMBER.columns).where(
    _M.circle_id == bindparam("circle"), _M.persona_id == bindparam("persona")
)
_WHEREABOUTS = (
    select(_C.state, *_MEMBER.columns)
    .join_from(circle_members, circles, _C.id == _M.circle_id)
    .where(_M.circle_id == bindparam("circle"), _M.persona_id == bindparam("persona"))
)
_MEMBERS = (
    select(*_MEMBER.columns, *ACTOR.columns)
    .join_from(circle_members, actors, actors.c.id == _M.persona_id)
    .where(
        _M.circle_id == bindparam("circle"),
        _M.state.in_(bindparam("states", expanding=True)),
        actors.c.gone_at.is_(None),
    )
    .order_by(_M.created_at, _M.persona_id)
)
_PUT = insert(circle_members)
_PUT_MEMBER = _PUT.on_conflict_do_update(
    index_elements=[_M.circle_id, _M.persona_id],
    set_={
        name: _PUT.excluded[name]
        for name in (
            "state",
            "wants_days",
            "wants_weeks",
            "weeks_told",
            "voice",
            "said_farewell",
            "changed_at",
        )
    },
)
_STANDS = ("waiting", "asked", "agreed", "member")
_PART = (
    circle_members.update()
    .where(_M.persona_id == bindparam("persona", type_=Id), _M.state.in_(_STANDS))
    .values(state="left", changed_at=bindparam("at"))
    .returning(_M.circle_id)
)
_LEAVE_PLACES = memberships.delete().where(
    memberships.c.actor_id == bindparam("persona", type_=Id),
    memberships.c.group_id.in_(select(_C.id)),
)
_HOST_NO_MORE = (
    circles.update().where(_C.host_id == bindparam("persona", type_=Id)).values(host_id=None)
)
# Not those that are over: what brings the worker to them is that their words are to go.
_CALL = (
    circles.update()
    .where(
        _C.id.in_(bindparam("circles", expanding=True)),
        _C.state.not_in(("closed", "given-up")),
    )
    .values(next_at=bindparam("at"))
)
_WAIT_NO_MORE = circle_waiting.delete().where(
    circle_waiting.c.persona_id == bindparam("persona", type_=Id)
)


class CircleRepository:
    """Circles by id, by persona, and those that the worker must look at."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals
        self._memo = memo_of(connection)

    def add(self, circle: Circle, script: Sequence[str]) -> None:
        """The circle's place must be there (`uow.groups.add`)."""
        row = {name: getattr(circle, name) for name in _OPEN}
        row["sealed"] = self._seal(
            circle.id, _ABOUT, _About(circle.name, circle.topics, circle.language)
        )
        row["sealed_script"] = self._seal(circle.id, _SCRIPT, list(script))
        self._connection.execute(circles.insert(), row)

    def get(self, circle_id: int) -> Circle | None:
        """Without a look at who asks: that is for the room to say."""
        row = self._memo.first(_GET, {"circle": circle_id})
        return None if row is None else self._read([row])[0]

    def change(self, circle_id: int, **changes: Any) -> None:
        """Sets what is in `_CHANGEABLE`; ValueError for anything else."""
        if unknown := changes.keys() - _CHANGEABLE:
            raise ValueError(f"cannot be changed: {', '.join(sorted(unknown))}")
        self._connection.execute(circles.update().where(_C.id == circle_id).values(**changes))

    def describe(self, circle_id: int, name: str, topics: tuple[str, ...], language: str) -> None:
        """What the circle is called and about from now on."""
        sealed = self._seal(circle_id, _ABOUT, _About(name, topics, language))
        self._connection.execute(circles.update().where(_C.id == circle_id).values(sealed=sealed))

    def script(self, circle_id: int) -> list[str]:
        """The questions, the first day's first."""
        sealed = self._connection.execute(_GET_SCRIPT, {"circle": circle_id}).scalar()
        if sealed is None:
            return []
        plain = self._seals.open(sealed, place=_SCRIPT, row=circle_id, author=circle_id)
        return [] if plain is None else msgspec.json.decode(plain, type=list[str])

    def set_script(self, circle_id: int, script: Sequence[str]) -> None:
        """Other questions from now on; what was asked stays."""
        sealed = self._seal(circle_id, _SCRIPT, list(script))
        self._connection.execute(
            circles.update().where(_C.id == circle_id).values(sealed_script=sealed)
        )

    def due(self, now: datetime, limit: int) -> list[Circle]:
        """Those that something has to be done for."""
        rows: list[Row[Any]] = []
        rows.extend(self._connection.execute(_DUE, {"now": now, "limit": limit}))
        return self._read(rows)

    def next_due(self) -> datetime | None:
        """When the next one falls due."""
        return self._connection.execute(_NEXT).scalar()

    def of_persona(self, persona_id: int, limit: int = 50) -> list[tuple[Circle, CircleMember]]:
        """The circles that a persona is or was in, or is asked about, the newest first."""
        key = {"persona": persona_id, "limit": limit}
        rows = self._connection.execute(_OF_PERSONA, key).all()
        width = len(_OPEN) + 1
        members = [_MEMBER.read_after(row, width) for row in rows]
        return list(zip(self._read(rows), members, strict=True))

    def member(self, circle_id: int, persona_id: int) -> CircleMember | None:
        """How a persona stands to a circle."""
        key = {"circle": circle_id, "persona": persona_id}
        return _MEMBER.maybe(self._memo.first(_GET_MEMBER, key))

    def whereabouts(
        self, circle_id: int, persona_id: int
    ) -> tuple[CircleState, CircleMember] | None:
        """How a circle stands and how a persona stands to it, to be asked before anything of the
        circle is opened for anybody."""
        key = {"circle": circle_id, "persona": persona_id}
        row = self._memo.first(_WHEREABOUTS, key)
        return None if row is None else (row[0], _MEMBER.read_after(row, 1))

    def put_member(self, member: CircleMember) -> None:
        """Adds a member or replaces what was known of it, but for `created_at`."""
        self._connection.execute(_PUT_MEMBER, _MEMBER.values(member))

    def members(self, circle_id: int, states: Iterable[MemberState]) -> list[MemberThere]:
        """Those in one of these states who are still there, in the order in which they came."""
        key = {"circle": circle_id, "states": list(states)}
        return [
            MemberThere(member=_MEMBER.read(row), actor=ACTOR.read_after(row, _MEMBER.width))
            for row in self._connection.execute(_MEMBERS, key)
        ]

    def part(self, persona_id: int, at: datetime) -> list[int]:
        """A persona that ends goes from every circle, and waits for none: it hosts nothing, and
        what it hosted is looked after by whoever is left. The worker is called to those that it
        was in; these are they."""
        parted = list(self._connection.execute(_PART, {"persona": persona_id, "at": at}).scalars())
        for statement in (_LEAVE_PLACES, _WAIT_NO_MORE, _HOST_NO_MORE):
            self._connection.execute(statement, {"persona": persona_id})
        if parted:
            self._connection.execute(_CALL, {"circles": parted, "at": at})
        return parted

    def _seal(self, circle_id: int, place: str, what: _About | list[str]) -> bytes:
        return self._seals.seal(
            msgspec.json.encode(what),
            place=place,
            row=circle_id,
            author=circle_id,
            holders=(Holder("group", circle_id),),
        )

    def _read(self, rows: Sequence[Row[Any]]) -> list[Circle]:
        opened = self._seals.open_many([Sealed(row.sealed, _ABOUT, row.id, row.id) for row in rows])
        return [_circle(row, plain) for row, plain in zip(rows, opened, strict=True)]


def _circle(row: Row[Any], plain: bytes | None) -> Circle:
    about = _About("", (), "") if plain is None else msgspec.json.decode(plain, type=_About)
    kept = dict(zip(_OPEN, row, strict=False))
    return Circle(**kept, name=about.name, topics=about.topics, language=about.language)
