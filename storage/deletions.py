"""Accounts on their way out: when, which personas are still to go, and what other nodes answered.

A deletion outlives its account for a while, so that whoever holds its code can read the receipts.
What each node was asked is a row of `deliveries`; here it is only noted which of them belong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Connection, bindparam, case, exists, func, insert, select

from storage.shapes import Shape
from storage.tables import (
    accounts,
    deletion_deliveries,
    deletion_personas,
    deletions,
    deliveries,
    peers,
)
from storage.tables.metadata import Id, UtcTime

DeletionState = Literal["grace", "erasing", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """The end of one account. `account_id` is None once nothing is left of it."""

    id: int
    account_id: int | None
    code_hash: bytes
    state: DeletionState = "grace"
    asked_at: datetime
    due_at: datetime
    finished_at: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PeerReceipt:
    """What became at one node of all that it was asked to delete. `last_at` is its last answer."""

    authority: str
    asked: int
    confirmed: int
    refused: int
    unreachable: int
    last_at: datetime | None


_DELETION = Shape(Deletion, deletions)
_SELECT = select(*_DELETION.columns)
_GET = _SELECT.where(deletions.c.id == bindparam("id"))
_BY_CODE = _SELECT.where(deletions.c.code_hash == bindparam("hash"))
_OF_ACCOUNT = _SELECT.where(deletions.c.account_id == bindparam("account"))
_BEGIN = (
    deletions.update()
    .where(deletions.c.id == bindparam("deletion"), deletions.c.state == "grace")
    .values(state="erasing")
)
_FINISH = (
    deletions.update()
    .where(deletions.c.id == bindparam("deletion"))
    .values(
        state="done",
        account_id=None,
        finished_at=bindparam("now"),
        expires_at=bindparam("until"),
    )
)
_CANCEL = deletions.delete().where(
    deletions.c.id == bindparam("deletion"), deletions.c.state == "grace"
)
_SET_LEAVING = (
    accounts.update()
    .where(accounts.c.id == bindparam("account"))
    .values(leaving_at=bindparam("at"))
)
_NEXT_PERSONA = (
    select(deletion_personas.c.persona_id, deletion_personas.c.due_at)
    .where(deletion_personas.c.deletion_id == bindparam("deletion"))
    .order_by(deletion_personas.c.due_at, deletion_personas.c.persona_id)
    .limit(1)
)
_DROP_PERSONA = deletion_personas.delete().where(
    deletion_personas.c.deletion_id == bindparam("deletion"),
    deletion_personas.c.persona_id == bindparam("persona"),
)
_NOTE = insert(deletion_deliveries).from_select(
    ["deletion_id", "delivery_id"],
    select(bindparam("deletion", type_=Id), deliveries.c.id).where(
        deliveries.c.object_uri.in_(bindparam("uris", expanding=True)),
        deliveries.c.id > bindparam("since"),
    ),
)


def _count(*states: str) -> ColumnElement[int]:
    return func.sum(case((deliveries.c.state.in_(states), 1), else_=0))


_RECEIPTS = (
    select(
        peers.c.authority,
        func.count(),
        _count("sent"),
        _count("refused"),
        func.sum(
            case(
                (deliveries.c.state.in_(("parked", "gone", "cancelled")), 1),
                (
                    (deliveries.c.state == "waiting") & (deliveries.c.attempts > 0),
                    1,
                ),
                else_=0,
            )
        ),
        func.max(deliveries.c.finished_at, type_=UtcTime()),
    )
    .select_from(deletion_deliveries)
    .join(deliveries, deliveries.c.id == deletion_deliveries.c.delivery_id)
    .join(peers, peers.c.id == deliveries.c.peer_id)
    .where(deletion_deliveries.c.deletion_id == bindparam("deletion"))
    .group_by(peers.c.authority)
    .order_by(peers.c.authority)
    .limit(bindparam("limit"))
)
_EXPIRED = (
    select(deletions.c.id)
    .where(deletions.c.expires_at < bindparam("now", type_=UtcTime()))
    .limit(bindparam("limit"))
)
_EXPIRED_NOTES = deletion_deliveries.delete().where(
    deletion_deliveries.c.deletion_id.in_(bindparam("ids", expanding=True))
)
_EXPIRED_DELETIONS = deletions.delete().where(
    deletions.c.id.in_(bindparam("ids", expanding=True)),
    ~exists().where(deletion_personas.c.deletion_id == deletions.c.id),
)


class DeletionRepository:
    """Deletions by account and by code."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, deletion: Deletion) -> None:
        """The account is to end at `due_at`, and stands still until then."""
        self._connection.execute(deletions.insert(), _DELETION.values(deletion))
        key = {"account": deletion.account_id, "at": deletion.due_at}
        self._connection.execute(_SET_LEAVING, key)

    def get(self, deletion_id: int) -> Deletion | None:
        return _DELETION.maybe(self._connection.execute(_GET, {"id": deletion_id}).first())

    def by_code(self, code_hash: bytes) -> Deletion | None:
        return _DELETION.maybe(self._connection.execute(_BY_CODE, {"hash": code_hash}).first())

    def of_account(self, account_id: int) -> Deletion | None:
        """The one that is under way."""
        row = self._connection.execute(_OF_ACCOUNT, {"account": account_id}).first()
        return _DELETION.maybe(row)

    def cancel(self, deletion: Deletion) -> bool:
        """The account stays. False when it has begun to go."""
        done = self._connection.execute(_CANCEL, {"deletion": deletion.id})
        if done.rowcount == 1:
            key = {"account": deletion.account_id, "at": None}
            self._connection.execute(_SET_LEAVING, key)
        return done.rowcount == 1

    def begin(self, deletion_id: int, personas: Sequence[tuple[int, datetime]]) -> bool:
        """From here there is no way back; each persona goes at its time. False when it began
        before."""
        if self._connection.execute(_BEGIN, {"deletion": deletion_id}).rowcount != 1:
            return False
        for persona_id, due_at in personas:
            row = {"deletion_id": deletion_id, "persona_id": persona_id, "due_at": due_at}
            self._connection.execute(deletion_personas.insert(), row)
        return True

    def next_persona(self, deletion_id: int) -> tuple[int, datetime] | None:
        """Who goes next, and when."""
        row = self._connection.execute(_NEXT_PERSONA, {"deletion": deletion_id}).first()
        return None if row is None else (row[0], row[1])

    def drop_persona(self, deletion_id: int, persona_id: int) -> None:
        """Nothing is left of this one."""
        key = {"deletion": deletion_id, "persona": persona_id}
        self._connection.execute(_DROP_PERSONA, key)

    def note(self, deletion_id: int, object_uris: Sequence[str], since: int) -> None:
        """What was put on its way about these objects after the id `since` is a receipt."""
        if object_uris:
            key = {"deletion": deletion_id, "uris": list(object_uris), "since": since}
            self._connection.execute(_NOTE, key)

    def finish(self, deletion_id: int, now: datetime, until: datetime) -> None:
        """The account is gone; receipts can be read `until` then."""
        self._connection.execute(_FINISH, {"deletion": deletion_id, "now": now, "until": until})

    def receipts(self, deletion_id: int, limit: int = 1000) -> list[PeerReceipt]:
        """One line for each node that was asked, by name."""
        key = {"deletion": deletion_id, "limit": limit}
        return [PeerReceipt(*row) for row in self._connection.execute(_RECEIPTS, key)]

    def prune(self, now: datetime, limit: int) -> int:
        """Forgets deletions whose receipts can be read no longer; how many."""
        ids = list(self._connection.execute(_EXPIRED, {"now": now, "limit": limit}).scalars())
        if not ids:
            return 0
        self._connection.execute(_EXPIRED_NOTES, {"ids": ids})
        return self._connection.execute(_EXPIRED_DELETIONS, {"ids": ids}).rowcount
