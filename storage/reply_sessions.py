"""Times at which people go through unanswered threads together. Who came, and who was handed what,
is dropped when a session ends; what stays is that it was, and how many people heard from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.reply_turns import ReplyTurns
from storage.seals import Holder, Sealed, Seals
from storage.tables import (
    actors,
    memberships,
    reply_session_people,
    reply_session_turns,
    reply_sessions,
)
from storage.tables.metadata import Id, UtcTime

SessionState = Literal["planned", "open", "ended", "called-off"]
SEALED_AT: Final = "reply_sessions.sealed"


class SessionWords(msgspec.Struct, frozen=True, omit_defaults=True):
    """What its caller says when calling, and at the end."""

    invitation: str = ""
    closing: str = ""


NO_WORDS: Final = SessionWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySession:
    """`group_id` None is the whole node. `heard` is set when it ends."""

    id: int
    group_id: int | None
    caller_id: int
    state: SessionState
    starts_at: datetime
    ends_at: datetime
    words: SessionWords = NO_WORDS
    heard: int | None = None


_SESSION = bindparam("session", type_=Id)
_PERSONA = bindparam("persona", type_=Id)
_NOW = bindparam("now", type_=UtcTime)
_ONE = select(reply_sessions).where(reply_sessions.c.id == _SESSION)
_PLACE = select(reply_sessions.c.group_id, reply_sessions.c.caller_id).where(
    reply_sessions.c.id == _SESSION
)
# Two who ask for a thread at the same moment follow one another; SQLite has one writer anyway.
_HOLD = _ONE.with_for_update()
_LISTED = (
    select(reply_sessions)
    .outerjoin(
        memberships,
        (memberships.c.group_id == reply_sessions.c.group_id)
        & (memberships.c.actor_id == _PERSONA)
        & (memberships.c.state == "accepted"),
    )
    .where(
        or_(reply_sessions.c.group_id.is_(None), memberships.c.actor_id.is_not(None)),
        reply_sessions.c.ends_at > bindparam("since", type_=UtcTime),
        reply_sessions.c.state != "called-off",
    )
    .order_by(reply_sessions.c.starts_at, reply_sessions.c.id)
    .limit(bindparam("limit"))
)
_DUE = (
    select(reply_sessions)
    .where(
        or_(
            (reply_sessions.c.state == "planned") & (reply_sessions.c.starts_at <= _NOW),
            (reply_sessions.c.state == "open") & (reply_sessions.c.ends_at <= _NOW),
        )
    )
    .order_by(reply_sessions.c.starts_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CALLED = (
    select(reply_sessions)
    .where(reply_sessions.c.caller_id == _PERSONA)
    .order_by(reply_sessions.c.id)
)
_PUT = insert(reply_sessions)
_PUT_SESSION = _PUT.on_conflict_do_update(
    index_elements=[reply_sessions.c.id],
    set_={name: _PUT.excluded[name] for name in ("state", "heard", "sealed", "ends_at")},
)
_COME = insert(reply_session_people).on_conflict_do_nothing()
_GO = reply_session_people.delete().where(
    reply_session_people.c.session_id == _SESSION, reply_session_people.c.persona_id == _PERSONA
)
_EMPTY = reply_session_people.delete().where(reply_session_people.c.session_id == _SESSION)
_PEOPLE = (
    select(*ACTOR.columns)
    .join_from(reply_session_people, actors, actors.c.id == reply_session_people.c.persona_id)
    .where(
        reply_session_people.c.session_id == _SESSION,
        actors.c.suspended_at.is_(None),
        actors.c.gone_at.is_(None),
    )
    .order_by(actors.c.id)
    .limit(500)
)
_COMING = select(reply_session_people.c.session_id).where(
    reply_session_people.c.persona_id == _PERSONA
)
_CLEAR = reply_session_turns.delete().where(reply_session_turns.c.session_id == _SESSION)
_GIVE_BACK = reply_session_turns.delete().where(
    reply_session_turns.c.session_id == _SESSION,
    reply_session_turns.c.persona_id == _PERSONA,
    reply_session_turns.c.state == "handed",
)
_OLD = (
    select(reply_sessions.c.id)
    .where(reply_sessions.c.ends_at < bindparam("before", type_=UtcTime))
    .limit(bindparam("limit"))
)
_DROP_OLD = reply_sessions.delete().where(reply_sessions.c.id.in_(_OLD))


class ReplySessionRepository(ReplyTurns):
    """Reply sessions, who comes, and whose turn is which thread."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        super().__init__(connection)
        self._seals = seals

    def place(self, session_id: int) -> tuple[int | None, int] | None:
        """(group, caller) of a session, to be asked before its words are opened for anybody."""
        row = self._connection.execute(_PLACE, {"session": session_id}).first()
        return None if row is None else (row.group_id, row.caller_id)

    def get(self, session_id: int) -> ReplySession | None:
        return self._one(_ONE, {"session": session_id})

    def hold(self, session_id: int) -> ReplySession | None:
        """The same, nobody else's until the transaction ends."""
        return self._one(_HOLD, {"session": session_id})

    def due(self, now: datetime) -> ReplySession | None:
        """One that begins or ends, held until the transaction ends."""
        return self._one(_DUE, {"now": now})

    def listed(self, persona_id: int, since: datetime, limit: int) -> list[ReplySession]:
        """Those of the node and of the persona's groups that end after then, the next first."""
        key = {"persona": persona_id, "since": since, "limit": limit}
        return self._read(self._connection.execute(_LISTED, key).all())

    def called_by(self, persona_id: int) -> list[ReplySession]:
        """Those that a persona called, the oldest first."""
        return self._read(self._connection.execute(_CALLED, {"persona": persona_id}).all())

    def put(self, one: ReplySession) -> None:
        """Keep it, new or changed."""
        row = {
            "id": one.id,
            "group_id": one.group_id,
            "caller_id": one.caller_id,
            "state": one.state,
            "starts_at": one.starts_at,
            "ends_at": one.ends_at,
            "heard": one.heard,
            "sealed": self._seals.seal(
                msgspec.json.encode(one.words),
                place=SEALED_AT,
                row=one.id,
                author=one.caller_id,
                holders=(Holder("persona", one.caller_id),),
            ),
        }
        self._connection.execute(_PUT_SESSION, row)

    def come(self, session_id: int, persona_id: int) -> None:
        """Once is enough."""
        row = {"session_id": session_id, "persona_id": persona_id}
        self._connection.execute(_COME, row)

    def go(self, session_id: int, persona_id: int) -> None:
        """What was handed to them goes back."""
        key = {"session": session_id, "persona": persona_id}
        self._connection.execute(_GIVE_BACK, key)
        self._connection.execute(_GO, key)

    def people(self, session_id: int) -> list[Actor]:
        """Who said that they come."""
        rows = self._connection.execute(_PEOPLE, {"session": session_id})
        return [ACTOR.read(row) for row in rows]

    def coming(self, persona_id: int) -> frozenset[int]:
        """To which sessions a persona comes."""
        return frozenset(self._connection.execute(_COMING, {"persona": persona_id}).scalars())

    def clear(self, session_id: int) -> None:
        """Nobody's part in it is kept."""
        self._connection.execute(_CLEAR, {"session": session_id})
        self._connection.execute(_EMPTY, {"session": session_id})

    def prune(self, before: datetime, limit: int) -> int:
        """Drops those that ended before then; how many."""
        return self._connection.execute(_DROP_OLD, {"before": before, "limit": limit}).rowcount

    def _one(self, statement: Any, parameters: dict[str, Any]) -> ReplySession | None:
        rows = self._connection.execute(statement, parameters).all()
        return next(iter(self._read(rows)), None)

    def _read(self, rows: Sequence[Row[Any]]) -> list[ReplySession]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, SEALED_AT, row.id, row.caller_id) for row in rows]
        )
        return [
            ReplySession(
                id=row.id,
                group_id=row.group_id,
                caller_id=row.caller_id,
                state=row.state,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                words=NO_WORDS if plain is None else msgspec.json.decode(plain, type=SessionWords),
                heard=row.heard,
            )
            for row, plain in zip(rows, opened, strict=True)
        ]
