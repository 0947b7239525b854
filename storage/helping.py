"""Who helps: what a persona passed over in the queue, who would like to help, and which replies
helped whom.

That a reply helped is known to two: who asked, and who answered. Each holds a row of its own,
sealed under its own key alone, so that neither the table nor one of the two keys tells who helped
whom where. The row of who asked names the other one, so that it can be taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST
from storage.tables import greeters, helped, helpers, memberships, passed_threads
from storage.tables.metadata import Id

Side = Literal["author", "helper"]
PLACE: Final = "helped.sealed"


class _Inside(msgspec.Struct, frozen=True, array_like=True):
    thread_id: int
    reply_id: int
    other_row: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """One of the two rows: `side` says who holds it. `other_row` is the other one's."""

    id: int
    holder_id: int
    side: Side
    thread_id: int
    reply_id: int
    other_row: int
    at: datetime


_PERSONA = bindparam("persona", type_=Id)
_PASS = insert(passed_threads).on_conflict_do_nothing()
_UNPASS = passed_threads.delete().where(
    passed_threads.c.persona_id == _PERSONA,
    passed_threads.c.thread_id == bindparam("thread", type_=Id),
)
_UNPASS_ALL = passed_threads.delete().where(passed_threads.c.persona_id == _PERSONA)
_HAS_PASSED = select(passed_threads.c.thread_id).where(passed_threads.c.persona_id == _PERSONA)
_PASSED = (
    select(passed_threads.c.thread_id, passed_threads.c.created_at)
    .where(passed_threads.c.persona_id == _PERSONA)
    .order_by(passed_threads.c.thread_id)
    .limit(bindparam("limit"))
)
_OLD = select(passed_threads.c.persona_id, passed_threads.c.thread_id).where(
    passed_threads.c.created_at < bindparam("before")
)
_OFFER = insert(helpers).on_conflict_do_nothing()
_WITHDRAW = helpers.delete().where(helpers.c.persona_id == _PERSONA)
_SINCE = select(helpers.c.created_at).where(helpers.c.persona_id == _PERSONA)
_HELPS = (
    select(helpers.c.persona_id)
    .where(helpers.c.persona_id == _PERSONA)
    .union_all(
        select(memberships.c.actor_id).where(
            memberships.c.actor_id == _PERSONA,
            memberships.c.state == "accepted",
            memberships.c.role == "moderator",
        ),
        select(greeters.c.persona_id).where(greeters.c.persona_id == _PERSONA),
    )
)
_HELD = (
    select(helped)
    .where(
        helped.c.holder_id == bindparam("holder", type_=Id),
        helped.c.side == bindparam("of_side"),
        helped.c.id < bindparam("before", type_=Id),
    )
    .order_by(helped.c.id.desc())
    .limit(bindparam("limit"))
)
_DROP = helped.delete().where(helped.c.id.in_(bindparam("ids", expanding=True, type_=Id)))


class HelpingRepository:
    """By persona; to be asked on behalf of its owner alone."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def skip(self, persona_id: int, thread_id: int, now: datetime) -> None:
        """The persona does not want to meet this thread in the queue. Twice changes nothing."""
        row = {"persona_id": persona_id, "thread_id": thread_id, "created_at": now}
        self._connection.execute(_PASS, row)

    def unskip(self, persona_id: int) -> None:
        """Everything that was passed over may be met again."""
        self._connection.execute(_UNPASS_ALL, {"persona": persona_id})

    def has_skipped(self, persona_id: int) -> bool:
        """Whether the persona passed anything over."""
        found = self._connection.execute(_HAS_PASSED.limit(1), {"persona": persona_id}).first()
        return found is not None

    def skipped(self, persona_id: int, limit: int) -> list[tuple[int, datetime]]:
        """What the persona passed over, and when."""
        rows = self._connection.execute(_PASSED, {"persona": persona_id, "limit": limit})
        return [(row[0], row[1]) for row in rows]

    def prune_skipped(self, before: datetime, limit: int) -> int:
        """Forget up to `limit` that were passed over before then; how many."""
        rows = self._connection.execute(_OLD.limit(limit), {"before": before}).all()
        for persona_id, thread_id in rows:
            key = {"persona": persona_id, "thread": thread_id}
            self._connection.execute(_UNPASS, key)
        return len(rows)

    def offer(self, persona_id: int, now: datetime) -> None:
        """The persona would like to help. Twice changes nothing."""
        self._connection.execute(_OFFER, {"persona_id": persona_id, "created_at": now})

    def withdraw(self, persona_id: int) -> None:
        self._connection.execute(_WITHDRAW, {"persona": persona_id})

    def offers_since(self, persona_id: int) -> datetime | None:
        """Since when the persona would like to help, None if it does not."""
        at: datetime | None = self._connection.execute(_SINCE, {"persona": persona_id}).scalar()
        return at

    def helps(self, persona_id: int) -> bool:
        """Whether the persona looks after others: it moderates a group, greets people in one, or
        would like to help."""
        return self._connection.execute(_HELPS, {"persona": persona_id}).first() is not None

    def add(self, one: Helped) -> None:
        """Keep one of the two rows, under the key of who holds it."""
        inside = _Inside(one.thread_id, one.reply_id, one.other_row, one.at)
        sealed = self._seals.seal(
            msgspec.json.encode(inside),
            place=PLACE,
            row=one.id,
            author=one.holder_id,
            holders=(Holder("persona", one.holder_id),),
        )
        row = {"id": one.id, "holder_id": one.holder_id, "side": one.side, "sealed": sealed}
        self._connection.execute(helped.insert(), row)

    def held(self, holder_id: int, side: Side, limit: int, before: int = NEWEST) -> list[Helped]:
        """The persona's rows of one side, newest first, those below id `before`. One query, and
        one for the key if there are any."""
        key = {"holder": holder_id, "of_side": side, "before": before, "limit": limit}
        rows = self._connection.execute(_HELD, key).all()
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.holder_id) for row in rows]
        )
        found = []
        for row, plain in zip(rows, opened, strict=True):
            if plain is not None:
                inside = msgspec.json.decode(plain, type=_Inside)
                found.append(_helped(row.id, row.holder_id, row.side, inside))
        return found

    def drop(self, ids: Iterable[int]) -> None:
        """Rows that are taken back."""
        self._connection.execute(_DROP, {"ids": list(ids)})


def _helped(row_id: int, holder_id: int, side: Side, inside: _Inside) -> Helped:
    return Helped(
        id=row_id,
        holder_id=holder_id,
        side=side,
        thread_id=inside.thread_id,
        reply_id=inside.reply_id,
        other_row=inside.other_row,
        at=inside.at,
    )
