"""Sessions of listening: rows by their people, what is sealed in them, and what was said.

What somebody asked for is sealed under their own key, what two people said under both: when either
is erased nobody reads it again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import BindParameter, Connection, Row, bindparam, exists, func, or_, select

from storage.listening_record import SESSION, Intake, ListeningSession, PauseReason, Said
from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST
from storage.tables import (
    listening_sessions,
    listening_words,
    report_excerpts,
    reports,
)

INTAKE: Final = "listening_sessions.sealed"
WORDS: Final = "listening_sessions.sealed_words"
PAUSE: Final = "listening_sessions.sealed_pause"
SAID: Final = "listening_words.sealed"
OPEN_STATES: Final = ("waiting", "offered", "accepted", "running", "paused")


class _Text(msgspec.Struct, array_like=True):
    source: str
    content: str


_S, _W = listening_sessions.c, listening_words.c
_GET = select(*SESSION.columns).where(_S.id == bindparam("session"))
_OF_PERSONA = (
    select(*SESSION.columns)
    .where(or_(_S.seeker_id == bindparam("persona"), _S.helper_id == bindparam("persona")))
    .order_by(_S.id.desc())
    .limit(bindparam("limit"))
)
_IN_STATES = (
    select(*SESSION.columns)
    .where(_S.state.in_(bindparam("states", expanding=True)))
    .order_by(_S.id)
    .limit(bindparam("limit"))
)
_CHANGED = ("state", "helper_id", "changed_at", "due_at", "begun_at", "ended_at", "sealed_pause")
_MOVE = (
    listening_sessions.update()
    .where(_S.id == bindparam("session"), _S.state == bindparam("was"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGED})
    .returning(_S.id)
)
_RESEAL = (
    listening_sessions.update()
    .where(_S.id == bindparam("session"))
    .values(sealed=bindparam("intake"))
)
_FORGET_WORDS = (
    listening_sessions.update()
    .where(
        _S.sealed_words.is_not(None),
        or_(_S.begun_at < bindparam("before"), _S.ended_at < bindparam("before")),
    )
    .values(sealed_words=None)
)
_SAID_IN = (
    select(listening_words)
    .where(_W.session_id == bindparam("session"), _W.id < bindparam("before"))
    .order_by(_W.id.desc())
    .limit(bindparam("limit"))
)
_SAID_BY = (
    select(listening_words)
    .where(_W.author_id == bindparam("persona"), _W.id > bindparam("after"))
    .order_by(_W.id)
    .limit(bindparam("limit"))
)
_HEARD = (
    select(listening_words)
    .join(listening_sessions, _S.id == _W.session_id)
    .where(
        _W.id == bindparam("word"),
        _W.author_id != bindparam("reader"),
        or_(_S.seeker_id == bindparam("reader"), _S.helper_id == bindparam("reader")),
    )
)
_NEWEST_SAID = select(func.max(_W.id)).where(
    _W.session_id == bindparam("session"), _W.author_id == bindparam("author")
)
_IS_REPORTED = (
    exists()
    .where(
        report_excerpts.c.report_id == reports.c.id,
        reports.c.state == "open",
        report_excerpts.c.source_id == _W.id,
        _W.session_id == _S.id,
    )
    .correlate(listening_sessions)
)
_OLD = (
    select(_S.id)
    .where(_S.ended_at < bindparam("before"), ~_IS_REPORTED)
    .order_by(_S.ended_at)
    .limit(bindparam("limit"))
)
_REPORTED = select(_S.id).where(_S.id == bindparam("session"), _IS_REPORTED)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DROP_WORDS = listening_words.delete().where(_W.session_id.in_(_IDS))
_DROP = listening_sessions.delete().where(_S.id.in_(_IDS))
_ALL_OF = select(_S.id).where(
    or_(_S.seeker_id == bindparam("persona"), _S.helper_id == bindparam("persona"))
)
_WAITS = (
    select(_S.asked_at, _S.begun_at)
    .where(_S.begun_at >= bindparam("since"))
    .order_by(_S.begun_at.desc())
    .limit(200)
)


class ListeningSessionRepository:
    """Sessions and the words in them."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, session: ListeningSession, intake: Intake, words: str) -> ListeningSession:
        """A new request, with what was asked for and words in one's own way, both sealed."""
        sealed = replace(
            session,
            sealed=self._seal(session, msgspec.json.encode(intake), INTAKE),
            sealed_words=self._seal(session, words.encode(), WORDS) if words else None,
        )
        self._connection.execute(listening_sessions.insert(), SESSION.values(sealed))
        return sealed

    def get(self, session_id: int) -> ListeningSession | None:
        """The row, with nothing of it opened."""
        return SESSION.maybe(self._connection.execute(_GET, {"session": session_id}).first())

    def of_persona(self, persona_id: int, limit: int) -> list[ListeningSession]:
        """Those in which a persona seeks or helps, the newest first."""
        key = {"persona": persona_id, "limit": limit}
        return [SESSION.read(row) for row in self._connection.execute(_OF_PERSONA, key)]

    def in_states(self, states: Sequence[str], limit: int) -> list[ListeningSession]:
        """The oldest first."""
        key = {"states": list(states), "limit": limit}
        return [SESSION.read(row) for row in self._connection.execute(_IN_STATES, key)]

    def move(self, was: ListeningSession, new: ListeningSession) -> bool:
        """Puts `new` in place of `was`. False when somebody else changed it first."""
        values = {f"new_{name}": getattr(new, name) for name in _CHANGED}
        key = {"session": was.id, "was": was.state, **values}
        return self._connection.execute(_MOVE, key).first() is not None

    def intakes(self, sessions: Sequence[ListeningSession]) -> dict[int, Intake]:
        """What was asked for, by session; nothing where the seeker's key is gone."""
        opened = self._seals.open_many(
            [Sealed(one.sealed, INTAKE, one.id, one.seeker_id) for one in sessions]
        )
        return {
            one.id: msgspec.json.decode(plain, type=Intake)
            for one, plain in zip(sessions, opened, strict=True)
            if plain is not None
        }

    def change_intake(self, session: ListeningSession, intake: Intake) -> None:
        key = {"intake": self._seal(session, msgspec.json.encode(intake), INTAKE)}
        self._connection.execute(_RESEAL, {"session": session.id, **key})

    def own_words(self, session: ListeningSession) -> str:
        """What the seeker wrote when they asked; "" when there is nothing (any more)."""
        return (self._open(session, session.sealed_words, WORDS) or b"").decode()

    def sealed_pause(self, session: ListeningSession, reason: PauseReason) -> bytes:
        """Why a session rests, as it may be stored."""
        return self._seal(session, reason.encode(), PAUSE, with_helper=True)

    def pause_of(self, session: ListeningSession) -> str:
        """Why a session rests; "" when it does not."""
        return (self._open(session, session.sealed_pause, PAUSE) or b"").decode()

    def say(self, session: ListeningSession, said: Said) -> None:
        """Keeps words under the keys of both."""
        text = msgspec.json.encode(_Text(said.source or "", said.content or ""))
        sealed = self._seals.seal(
            text, place=SAID, row=said.id, author=said.author_id, holders=_both(session)
        )
        row = {
            "id": said.id,
            "session_id": said.session_id,
            "author_id": said.author_id,
            "sealed": sealed,
            "sent_at": said.sent_at,
        }
        self._connection.execute(listening_words.insert(), row)

    def said(self, session_id: int, limit: int, before: int | None = None) -> list[Said]:
        """What was said, newest first, below the id `before`."""
        key = {"session": session_id, "limit": limit, "before": before or NEWEST}
        return self._read(list(self._connection.execute(_SAID_IN, key)))

    def said_by(self, persona_id: int, limit: int, after: int = 0) -> list[Said]:
        """What one persona said anywhere, oldest first, above the id `after`."""
        key = {"persona": persona_id, "limit": limit, "after": after}
        return self._read(list(self._connection.execute(_SAID_BY, key)))

    def heard(self, word_id: int, reader_id: int) -> Said | None:
        """Words that the other person of a session said to this one."""
        rows = list(self._connection.execute(_HEARD, {"word": word_id, "reader": reader_id}))
        return next(iter(self._read(rows)), None) if rows else None

    def newest_said(self, session_id: int, author_id: int) -> int | None:
        """The id of somebody's latest words in a session."""
        key = {"session": session_id, "author": author_id}
        return self._connection.execute(_NEWEST_SAID, key).scalar()

    def waits(self, since: datetime) -> list[float]:
        """How long people waited whose sessions began lately, in seconds."""
        rows = self._connection.execute(_WAITS, {"since": since})
        return [(row.begun_at - row.asked_at).total_seconds() for row in rows]

    def is_reported(self, session_id: int) -> bool:
        """Whether the staff have a report of it that is not decided."""
        return self._connection.execute(_REPORTED, {"session": session_id}).first() is not None

    def forget_asked(self, before: datetime) -> int:
        """Drops the words of those who asked, where the session began or ended before."""
        return self._connection.execute(_FORGET_WORDS, {"before": before}).rowcount

    def prune(self, before: datetime, limit: int) -> int:
        """Drops sessions that ended before, with all that was said, but reported ones."""
        key = {"before": before, "limit": limit}
        return self._drop(list(self._connection.execute(_OLD, key).scalars()))

    def forget_said(self, session_id: int) -> None:
        """Drops all that was said in one session."""
        self._connection.execute(_DROP_WORDS, {"ids": [session_id]})

    def forget_persona(self, persona_id: int) -> None:
        """Drops all sessions of somebody who is erased, with all that was said in them."""
        key = {"persona": persona_id}
        self._drop(list(self._connection.execute(_ALL_OF, key).scalars()))

    def _drop(self, ids: list[int]) -> int:
        if ids:
            self._connection.execute(_DROP_WORDS, {"ids": ids})
            self._connection.execute(_DROP, {"ids": ids})
        return len(ids)

    def _seal(
        self, session: ListeningSession, plain: bytes, place: str, *, with_helper: bool = False
    ) -> bytes:
        holders = _both(session) if with_helper else (Holder("persona", session.seeker_id),)
        return self._seals.seal(
            plain, place=place, row=session.id, author=session.seeker_id, holders=holders
        )

    def _open(self, session: ListeningSession, sealed: bytes | None, place: str) -> bytes | None:
        if sealed is None:
            return None
        return self._seals.open(sealed, place=place, row=session.id, author=session.seeker_id)

    def _read(self, rows: Sequence[Row[Any]]) -> list[Said]:
        opened = self._seals.open_many(
            [Sealed(row.sealed, SAID, row.id, row.author_id) for row in rows]
        )
        return [_said(row, plain) for row, plain in zip(rows, opened, strict=True)]


def _both(session: ListeningSession) -> tuple[Holder, ...]:
    helper = session.helper_id
    return tuple(Holder("persona", one) for one in (session.seeker_id, helper) if one is not None)


def _said(row: Row[Any], plain: bytes | None) -> Said:
    text = None if plain is None else msgspec.json.decode(plain, type=_Text)
    return Said(
        id=row.id,
        session_id=row.session_id,
        author_id=row.author_id,
        source=text.source if text else None,
        content=text.content if text else None,
        sent_at=row.sent_at,
    )
