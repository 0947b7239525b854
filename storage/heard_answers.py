"""What people felt after they were listened to: each answer sealed under the one who gave it.

Nobody reads a single one. What is made of many is decided in `node/listening/feeling.py`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.listening_record import Felt, HeardAnswer
from storage.seals import Holder, Sealed, Seals
from storage.tables import listening_answers, personas

PLACE: Final = "listening_answers.sealed"
_A = listening_answers.c
_INSERT = insert(listening_answers)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[_A.session_id],
    set_={name: _INSERT.excluded[name] for name in ("sealed", "answered_at")},
)
_WITH_ACCOUNT = select(listening_answers, personas.c.account_id).join(
    personas, personas.c.actor_id == _A.seeker_id
)
_ABOUT = (
    _WITH_ACCOUNT.where(_A.helper_id == bindparam("helper"))
    .order_by(_A.answered_at.desc(), _A.session_id)
    .limit(bindparam("limit"))
)
_ALL = (
    _WITH_ACCOUNT.where(_A.answered_at >= bindparam("since"))
    .order_by(_A.answered_at.desc(), _A.session_id)
    .limit(bindparam("limit"))
)
_BY = select(listening_answers).where(_A.seeker_id == bindparam("seeker")).order_by(_A.session_id)
_OLD = (
    select(_A.session_id)
    .where(_A.answered_at < bindparam("before"))
    .order_by(_A.answered_at)
    .limit(bindparam("limit"))
)
_PRUNE = listening_answers.delete().where(_A.session_id.in_(_OLD)).returning(_A.session_id)


class HeardAnswers:
    """Answers, by whom they are and whom they are about."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, one: HeardAnswer) -> None:
        """Keeps an answer; a second one takes the place of the first."""
        sealed = self._seals.seal(
            one.felt.encode(),
            place=PLACE,
            row=one.session_id,
            author=one.seeker_id,
            holders=(Holder("persona", one.seeker_id),),
        )
        self._connection.execute(
            _PUT,
            {
                "session_id": one.session_id,
                "seeker_id": one.seeker_id,
                "helper_id": one.helper_id,
                "sealed": sealed,
                "answered_at": one.answered_at,
            },
        )

    def about(self, helper_id: int, limit: int) -> list[tuple[int, Felt]]:
        """(account that answered, what they felt) of one helper's sessions, the latest first."""
        key = {"helper": helper_id, "limit": limit}
        return self._felt(list(self._connection.execute(_ABOUT, key)))

    def all(self, since: datetime, limit: int) -> list[tuple[int, Felt]]:
        """The same of all sessions since then."""
        key = {"since": since, "limit": limit}
        return self._felt(list(self._connection.execute(_ALL, key)))

    def by(self, seeker_id: int) -> list[HeardAnswer]:
        """What one persona answered, for its own copy of its data."""
        rows = list(self._connection.execute(_BY, {"seeker": seeker_id}))
        return [
            HeardAnswer(
                session_id=row.session_id,
                seeker_id=row.seeker_id,
                helper_id=row.helper_id,
                felt=felt,
                answered_at=row.answered_at,
            )
            for row, felt in self._opened(rows)
        ]

    def prune(self, before: datetime, limit: int) -> int:
        key = {"before": before, "limit": limit}
        return len(self._connection.execute(_PRUNE, key).all())

    def _felt(self, rows: Sequence[Row[Any]]) -> list[tuple[int, Felt]]:
        return [(row.account_id, felt) for row, felt in self._opened(rows)]

    def _opened(self, rows: Sequence[Row[Any]]) -> list[tuple[Row[Any], Felt]]:
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.session_id, row.seeker_id) for row in rows]
        )
        words: dict[str, Felt] = {"yes": "yes", "a-little": "a-little", "not-yet": "not-yet"}
        return [
            (row, words[plain.decode()])
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]
