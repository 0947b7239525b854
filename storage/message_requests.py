"""Requests to write to somebody: a short note, sealed under the one who asks.

A request that was declined stays as it looks to the one who asked: waiting, until it is forgotten.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, bindparam, func, select

from storage.actors import ACTOR, Actor
from storage.seals import Holder, Sealed, Seals
from storage.tables import actors, message_requests

RequestState = Literal["open", "accepted", "declined"]
PLACE = "message_requests.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRequest:
    """`note` is None once it was answered."""

    id: int
    from_id: int
    to_id: int
    note: str | None
    state: RequestState
    created_at: datetime
    answered_at: datetime | None = None


_TABLE = message_requests.c
_OPEN = _TABLE.state == "open"
_GET = select(message_requests).where(
    _TABLE.id == bindparam("id"), _TABLE.to_id == bindparam("persona"), _OPEN
)
_OPEN_TO = (
    select(message_requests, *ACTOR.columns)
    .join(actors, actors.c.id == _TABLE.from_id)
    .where(_TABLE.to_id == bindparam("persona"), _OPEN)
    .order_by(_TABLE.id.desc())
    .limit(bindparam("limit"))
)
_SENT_BY = (
    select(message_requests, *ACTOR.columns)
    .join(actors, actors.c.id == _TABLE.to_id)
    .where(_TABLE.from_id == bindparam("persona"), _TABLE.state != "accepted")
    .order_by(_TABLE.id.desc())
    .limit(bindparam("limit"))
)
_COUNT_OPEN = (
    select(func.count())
    .select_from(message_requests)
    .where(_TABLE.to_id == bindparam("persona"), _OPEN)
)
_BETWEEN = select(message_requests).where(
    _TABLE.from_id == bindparam("one"),
    _TABLE.to_id == bindparam("other"),
    _TABLE.state != "accepted",
)
_COUNT_SINCE = (
    select(func.count())
    .select_from(message_requests)
    .where(
        _TABLE.from_id.in_(bindparam("personas", expanding=True)),
        _TABLE.created_at > bindparam("since"),
    )
)
_ANSWER = (
    message_requests.update()
    .where(_TABLE.id == bindparam("request"), _OPEN)
    .values(state=bindparam("new_state"), sealed=None, answered_at=bindparam("at"))
)
_PRUNE = message_requests.delete().where(
    _TABLE.id.in_(
        select(_TABLE.id)
        .where(_TABLE.created_at < bindparam("before"))
        .order_by(_TABLE.created_at)
        .limit(bindparam("limit"))
    )
)
_WIDTH = len(message_requests.columns)


class MessageRequestRepository:
    """Requests by whom they are for, and by whom they are from."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, request: MessageRequest) -> None:
        self._connection.execute(
            message_requests.insert(),
            {
                "id": request.id,
                "from_id": request.from_id,
                "to_id": request.to_id,
                "sealed": self._sealed(request),
                "state": request.state,
                "created_at": request.created_at,
                "answered_at": request.answered_at,
            },
        )

    def get(self, request_id: int, to_id: int) -> MessageRequest | None:
        """The request, if it waits for this person's answer."""
        rows = list(self._connection.execute(_GET, {"id": request_id, "persona": to_id}))
        return next(iter(self._read(rows)), None)

    def open_to(self, persona_id: int, limit: int) -> list[tuple[MessageRequest, Actor]]:
        """What waits for this person's answer, with who asks, newest first."""
        return self._pairs(_OPEN_TO, persona_id, limit)

    def sent_by(self, persona_id: int, limit: int) -> list[tuple[MessageRequest, Actor]]:
        """What this person asked and was not granted, with who was asked, newest first."""
        return self._pairs(_SENT_BY, persona_id, limit)

    def count_open(self, persona_id: int) -> int:
        """How many wait for this person's answer."""
        return int(self._connection.execute(_COUNT_OPEN, {"persona": persona_id}).scalar_one())

    def unanswered(self, one: int, other: int) -> MessageRequest | None:
        """What `one` asked of `other` and was not granted, be it declined."""
        rows = list(self._connection.execute(_BETWEEN, {"one": one, "other": other}))
        return next(iter(self._read(rows)), None)

    def count_since(self, personas: Iterable[int], since: datetime) -> int:
        """How many requests these personas made since then."""
        key = {"personas": list(personas), "since": since}
        return int(self._connection.execute(_COUNT_SINCE, key).scalar_one())

    def answer(self, request_id: int, state: RequestState, at: datetime) -> bool:
        """Ends an open request and empties its note. False when it was answered before."""
        key = {"request": request_id, "new_state": state, "at": at}
        return self._connection.execute(_ANSWER, key).rowcount == 1

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` requests made before that time, answered or not."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount

    def _pairs(
        self, statement: Select[Any], persona_id: int, limit: int
    ) -> list[tuple[MessageRequest, Actor]]:
        key = {"persona": persona_id, "limit": limit}
        rows = list(self._connection.execute(statement, key))
        read = self._read(rows)
        return [
            (request, ACTOR.read_after(row, _WIDTH))
            for row, request in zip(rows, read, strict=True)
        ]

    def _sealed(self, request: MessageRequest) -> bytes | None:
        if request.note is None:
            return None
        return self._seals.seal(
            request.note.encode(),
            place=PLACE,
            row=request.id,
            author=request.from_id,
            holders=(Holder("persona", request.from_id),),
        )

    def _read(self, rows: Sequence[Sequence[Any]]) -> list[MessageRequest]:
        parts = [row[:_WIDTH] for row in rows]
        there = [part for part in parts if part[3] is not None]
        opened = self._seals.open_many([Sealed(part[3], PLACE, part[0], part[1]) for part in there])
        notes = {part[0]: note for part, note in zip(there, opened, strict=True)}
        read = []
        for number, from_id, to_id, _, state, created_at, answered_at in parts:
            note = notes.get(number)
            read.append(
                MessageRequest(
                    id=number,
                    from_id=from_id,
                    to_id=to_id,
                    note=None if note is None else note.decode(),
                    state=state,
                    created_at=created_at,
                    answered_at=answered_at,
                )
            )
        return read
