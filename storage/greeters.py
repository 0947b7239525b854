"""Who greets newcomers in a group, on which day between which hours; and hellos that nobody has
answered yet. There is no record of what a greeter did.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.again import again
from storage.post_record import POST, PostView
from storage.posts import PostRepository
from storage.shapes import Shape
from storage.tables import actors, greeters, memberships, posts
from storage.tables.metadata import Id, UtcTime


@dataclass(frozen=True, slots=True, kw_only=True)
class GreeterSlot:
    """`weekday` 0 is Monday; the hours are those of a place `offset_minutes` ahead of UTC, from
    `from_hour` until before `to_hour`. Away until then; looked at again at `look_at`."""

    id: int
    group_id: int
    persona_id: int
    weekday: int
    from_hour: int
    to_hour: int
    offset_minutes: int
    away_until: datetime | None = None
    look_at: datetime


@dataclass(frozen=True, slots=True)
class Greeter:
    """A place on the rota and who has it."""

    slot: GreeterSlot
    actor: Actor


SLOT: Final = Shape(GreeterSlot, greeters)
_BELONGS = and_(
    memberships.c.group_id == greeters.c.group_id,
    memberships.c.actor_id == greeters.c.persona_id,
    memberships.c.state == "accepted",
)
_LIVE = (actors.c.suspended_at.is_(None), actors.c.gone_at.is_(None))
_ROTA = (
    select(*SLOT.columns, *ACTOR.columns)
    .join_from(greeters, actors, actors.c.id == greeters.c.persona_id)
    .join(memberships, _BELONGS)
    .where(greeters.c.group_id == bindparam("group"), *_LIVE)
    .order_by(greeters.c.weekday, greeters.c.from_hour, greeters.c.id)
    .limit(bindparam("limit"))
)
_OF_PERSONA = (
    select(*SLOT.columns)
    .where(greeters.c.persona_id == bindparam("persona"))
    .order_by(greeters.c.group_id, greeters.c.weekday, greeters.c.from_hour)
)
_DUE = (
    select(*SLOT.columns, *ACTOR.columns)
    .join_from(greeters, actors, actors.c.id == greeters.c.persona_id)
    .join(memberships, _BELONGS)
    .where(greeters.c.look_at <= bindparam("now", type_=UtcTime), *_LIVE)
    .order_by(greeters.c.look_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=greeters)
)
_COUNT = select(func.count()).where(
    greeters.c.group_id == bindparam("group"), greeters.c.persona_id == bindparam("persona")
)
_MINE = (
    greeters.c.group_id == bindparam("group"),
    greeters.c.persona_id == bindparam("persona"),
)
_DROP = greeters.delete().where(*_MINE, greeters.c.id == bindparam("slot"))
_AWAY = greeters.update().where(*_MINE).values(away_until=bindparam("until", type_=UtcTime))
_LOOK = (
    greeters.update()
    .where(greeters.c.id == bindparam("slot"))
    .values(look_at=bindparam("at", type_=UtcTime))
)

_answers = again(posts, "answers")
_earlier = again(posts, "earlier")
_WELCOME = bindparam("welcome", type_=Id)
_IS_HELLO = or_(posts.c.parent_id.is_(None), posts.c.parent_id == _WELCOME)
_IS_ANSWERED = exists().where(
    or_(
        _answers.c.parent_id == posts.c.id,
        and_(posts.c.parent_id.is_(None), _answers.c.thread_id == posts.c.id),
    ),
    _answers.c.author_id != posts.c.author_id,
    _answers.c.deleted_at.is_(None),
    _answers.c.removed_at.is_(None),
)
_WROTE_BEFORE = exists().where(
    _earlier.c.group_id == posts.c.group_id,
    _earlier.c.author_id == posts.c.author_id,
    _earlier.c.id < posts.c.id,
)
_HELLOS = (
    select(*POST.columns, *ACTOR.columns)
    .join_from(posts, actors, posts.c.author_id == actors.c.id)
    .where(
        posts.c.group_id == bindparam("group", type_=Id),
        posts.c.id != _WELCOME,
        _IS_HELLO,
        posts.c.created_at > bindparam("since", type_=UtcTime),
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
        posts.c.locked_at.is_(None),
        posts.c.author_id.not_in(bindparam("without", expanding=True)),
        ~_WROTE_BEFORE,
        ~_IS_ANSWERED,
    )
    .order_by(posts.c.id)
    .limit(bindparam("limit"))
)


class GreeterRepository:
    """The rota of a group."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, slot: GreeterSlot) -> None:
        self._connection.execute(insert(greeters), SLOT.values(slot))

    def rota(self, group_id: int, limit: int = 500) -> list[Greeter]:
        """By weekday and hour, of those who belong to the group now. One query."""
        rows = self._connection.execute(_ROTA, {"group": group_id, "limit": limit})
        return [Greeter(SLOT.read(row), ACTOR.read_after(row, SLOT.width)) for row in rows]

    def of_persona(self, persona_id: int) -> list[GreeterSlot]:
        """Every place that a persona has, group by group."""
        rows = self._connection.execute(_OF_PERSONA, {"persona": persona_id})
        return [SLOT.read(row) for row in rows]

    def count(self, group_id: int, persona_id: int) -> int:
        """How many places a persona has on the rota of a group."""
        key = {"group": group_id, "persona": persona_id}
        return int(self._connection.execute(_COUNT, key).scalar_one())

    def due(self, now: datetime, limit: int) -> list[Greeter]:
        """Whose time may have come, held until the transaction ends."""
        rows = self._connection.execute(_DUE, {"now": now, "limit": limit})
        return [Greeter(SLOT.read(row), ACTOR.read_after(row, SLOT.width)) for row in rows]

    def look_again(self, slot_id: int, at: datetime) -> None:
        """Nothing is to be looked at before then."""
        self._connection.execute(_LOOK, {"slot": slot_id, "at": at})

    def drop(self, group_id: int, persona_id: int, slot_id: int) -> bool:
        """False when the persona has no such place."""
        key = {"group": group_id, "persona": persona_id, "slot": slot_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def away(self, group_id: int, persona_id: int, until: datetime | None) -> None:
        """Off the rota for a while, with all places in the group; None is back."""
        key = {"group": group_id, "persona": persona_id, "until": until}
        self._connection.execute(_AWAY, key)


class Hellos(PostRepository):
    """First words of people in a group that nobody has answered."""

    def unanswered(
        self,
        group_id: int,
        welcome_id: int | None,
        since: datetime,
        limit: int,
        without: frozenset[int] = frozenset(),
    ) -> list[PostView]:
        """Threads, and replies in the welcome thread, that are the first words of their author in
        the group; the longest waits first, none of the authors `without`. One query."""
        parameters: dict[str, Any] = {
            "group": group_id,
            "welcome": welcome_id or 0,
            "since": since,
            "limit": limit,
            # An empty list would be another statement.
            "without": sorted(without) or [0],
        }
        return self._views(_HELLOS, parameters)
