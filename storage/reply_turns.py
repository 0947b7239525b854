"""Whose turn is which thread in a reply session, and what came of it; dropped when it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.again import again
from storage.shapes import Shape
from storage.tables import posts, reply_session_turns
from storage.tables.metadata import Id, UtcTime

TurnState = Literal["handed", "answered", "passed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A thread that was handed to somebody, theirs alone `until` then."""

    session_id: int
    thread_id: int
    persona_id: int
    state: TurnState
    handed_at: datetime
    until: datetime


TURN: Final = Shape(Turn, reply_session_turns)
_SESSION = bindparam("session", type_=Id)
_PERSONA = bindparam("persona", type_=Id)
_TURNS = select(*TURN.columns).where(reply_session_turns.c.session_id == _SESSION)
_HAND = insert(reply_session_turns)
_PUT_TURN = _HAND.on_conflict_do_update(
    index_elements=[
        reply_session_turns.c.session_id,
        reply_session_turns.c.thread_id,
        reply_session_turns.c.persona_id,
    ],
    set_={name: _HAND.excluded[name] for name in ("state", "handed_at", "until")},
)
_replies = again(posts, "replies")
_REPLIED = select(
    exists().where(
        posts.c.thread_id == bindparam("thread"),
        posts.c.author_id == _PERSONA,
        posts.c.parent_id.is_not(None),
        posts.c.created_at >= bindparam("since", type_=UtcTime),
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
    )
)
_HEARD = select(func.count(func.distinct(posts.c.author_id))).where(
    posts.c.id.in_(
        select(reply_session_turns.c.thread_id).where(reply_session_turns.c.session_id == _SESSION)
    ),
    exists()
    .where(
        _replies.c.thread_id == posts.c.id,
        _replies.c.author_id == reply_session_turns.c.persona_id,
        _replies.c.author_id != posts.c.author_id,
        _replies.c.parent_id.is_not(None),
        _replies.c.created_at >= reply_session_turns.c.handed_at,
        _replies.c.deleted_at.is_(None),
        _replies.c.removed_at.is_(None),
        reply_session_turns.c.session_id == _SESSION,
        reply_session_turns.c.thread_id == posts.c.id,
    )
    .correlate(posts),
)


class ReplyTurns:
    """Turns by session."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def turns(self, session_id: int) -> list[Turn]:
        rows = self._connection.execute(_TURNS, {"session": session_id})
        return [TURN.read(row) for row in rows]

    def put_turn(self, turn: Turn) -> None:
        """Keep a turn, new or changed."""
        self._connection.execute(_PUT_TURN, TURN.values(turn))

    def has_replied(self, thread_id: int, persona_id: int, since: datetime) -> bool:
        """Whether words of the persona stand in the thread since then."""
        key = {"thread": thread_id, "persona": persona_id, "since": since}
        return bool(self._connection.execute(_REPLIED, key).scalar_one())

    def heard(self, session_id: int) -> int:
        """How many people were answered by those to whom their thread was handed."""
        return int(self._connection.execute(_HEARD, {"session": session_id}).scalar_one())
