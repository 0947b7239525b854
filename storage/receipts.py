"""What other nodes sent us: kept before it is answered, claimed and processed afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, and_, bindparam, case, exists, func, null, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import receipts
from storage.tables.metadata import WAITING, UtcTime

ReceiptState = Literal["waiting", "done", "ignored", "refused", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One activity as it arrived. `signed_by` is the key id of its signature, `ordering_key` the
    root object that it is about, or its actor: receipts of one key are processed in turn."""

    id: int
    actor_uri: str
    activity_uri: str
    type: str
    authority: str
    signed_by: str
    ordering_key: str
    body: bytes
    received_at: datetime
    state: ReceiptState = "waiting"
    reason: str | None = None
    attempts: int = 0
    next_attempt_at: datetime
    locked_until: datetime | None = None
    finished_at: datetime | None = None


_RECEIPT = Shape(Receipt, receipts)
_KEEP = (
    insert(receipts)
    .on_conflict_do_nothing(index_elements=[receipts.c.actor_uri, receipts.c.activity_uri])
    .returning(receipts.c.id)
)

_NOW = bindparam("now", type_=UtcTime())
_IS_WAITING = receipts.c.state == WAITING
_earlier = receipts.alias("earlier")
_FIRST_OF_ITS_KEY = ~exists().where(
    _earlier.c.state == WAITING,
    _earlier.c.ordering_key == receipts.c.ordering_key,
    _earlier.c.id < receipts.c.id,
)
_DUE = (
    select(receipts.c.id)
    .where(
        _IS_WAITING,
        receipts.c.next_attempt_at <= _NOW,
        or_(receipts.c.locked_until.is_(None), receipts.c.locked_until <= _NOW),
        _FIRST_OF_ITS_KEY,
    )
    .order_by(receipts.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=receipts)
)
_LEASE = (
    receipts.update()
    .where(receipts.c.id.in_(bindparam("ids", expanding=True)))
    .values(locked_until=bindparam("until"), attempts=receipts.c.attempts + 1)
    .returning(*_RECEIPT.columns)
)
_FINISH = (
    receipts.update()
    .where(receipts.c.id == bindparam("receipt"), _IS_WAITING)
    .values(
        state=bindparam("new_state"),
        reason=bindparam("why"),
        finished_at=_NOW,
        locked_until=null(),
        # What was said is in its room by now, or should be nowhere; a fault is still looked into.
        body=case((bindparam("new_state") == "failed", receipts.c.body), else_=b""),
    )
)
_POSTPONE = (
    receipts.update()
    .where(receipts.c.id == bindparam("receipt"), _IS_WAITING)
    .values(next_attempt_at=bindparam("due"), reason=bindparam("why"), locked_until=null())
)
_RELEASE = (
    receipts.update()
    .where(
        receipts.c.id.in_(bindparam("ids", expanding=True)),
        _IS_WAITING,
        receipts.c.locked_until.is_not(None),
    )
    .values(locked_until=null(), attempts=receipts.c.attempts - 1)
)
_EXTEND = (
    receipts.update()
    .where(
        receipts.c.id.in_(bindparam("ids", expanding=True)),
        _IS_WAITING,
        receipts.c.locked_until.is_not(None),
    )
    .values(locked_until=bindparam("until"))
)
_RELEASE_ALL = (
    receipts.update()
    .where(_IS_WAITING, receipts.c.locked_until.is_not(None))
    .values(locked_until=null())
)
_NEXT_DUE = select(
    func.min(
        # A claimed receipt comes back when its lease ends.
        func.coalesce(receipts.c.locked_until, receipts.c.next_attempt_at, type_=UtcTime())
    )
).where(
    _IS_WAITING,
    or_(
        receipts.c.locked_until > _NOW,
        and_(receipts.c.locked_until.is_(None), receipts.c.next_attempt_at > _NOW),
    ),
)
_WAITING_COUNT = select(func.count()).select_from(receipts).where(_IS_WAITING)
_FAILED = (
    select(receipts.c.authority, func.count())
    .where(receipts.c.state == "failed")
    .group_by(receipts.c.authority)
)
_PRUNE = receipts.delete().where(
    receipts.c.id.in_(
        select(receipts.c.id)
        .where(receipts.c.finished_at < bindparam("before"))
        .limit(bindparam("limit"))
    )
)
_BY_ACTIVITY = select(*_RECEIPT.columns).where(
    receipts.c.actor_uri == bindparam("actor"), receipts.c.activity_uri == bindparam("activity")
)


class ReceiptRepository:
    """The queue between the inbox and the handlers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, receipt: Receipt) -> bool:
        """Stores the receipt. False when this actor's activity was kept before."""
        return self._connection.execute(_KEEP, _RECEIPT.values(receipt)).first() is not None

    def keep_many(self, batch: Sequence[Receipt]) -> list[bool]:
        """`keep` for many at once: an answer for each, in their order."""
        if not batch:
            return []
        rows = self._connection.execute(_KEEP, [_RECEIPT.values(each) for each in batch])
        kept = set(rows.scalars())
        return [each.id in kept for each in batch]

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Receipt]:
        """Takes receipts that are due, oldest first, and keeps others off them until the lease
        ends. Of each ordering key only the first unfinished one is given, to one worker."""
        due = self._connection.execute(_DUE, {"now": now, "limit": limit})
        if not (ids := list(due.scalars())):
            return []
        rows = self._connection.execute(_LEASE, {"ids": ids, "until": now + lease})
        return sorted(map(_RECEIPT.read, rows), key=lambda receipt: receipt.id)

    def finish(
        self, receipt_id: int, state: ReceiptState, reason: str | None, now: datetime
    ) -> bool:
        """The last word on a receipt, whose body is dropped unless it failed. False when it was
        said before: by another worker, after a lease that was too short."""
        end = {"receipt": receipt_id, "new_state": state, "why": reason, "now": now}
        return self._connection.execute(_FINISH, end).rowcount == 1

    def postpone(self, receipt_id: int, next_attempt_at: datetime, reason: str | None) -> None:
        """Gives the receipt back, to be tried again. Later ones of its key wait for it."""
        self._connection.execute(
            _POSTPONE, {"receipt": receipt_id, "due": next_attempt_at, "why": reason}
        )

    def extend(self, ids: Sequence[int], until: datetime) -> None:
        """Lengthens the leases of claimed receipts that are still worked on."""
        if ids:
            self._connection.execute(_EXTEND, {"ids": list(ids), "until": until})

    def release(self, ids: Sequence[int]) -> None:
        """Gives claimed receipts back untried, those that are still claimed."""
        if ids:
            self._connection.execute(_RELEASE, {"ids": list(ids)})

    def release_all(self) -> int:
        """Ends every lease, the tries counted: for a node that works alone and was killed."""
        return self._connection.execute(_RELEASE_ALL).rowcount

    def next_due(self, now: datetime) -> datetime | None:
        """When, after now, the next postponed receipt is due or the next lease ends."""
        due: datetime | None = self._connection.execute(_NEXT_DUE, {"now": now}).scalar()
        return due

    def waiting_count(self) -> int:
        return int(self._connection.execute(_WAITING_COUNT).scalar_one())

    def failed(self) -> dict[str, int]:
        """How many activities of each peer we gave up on through faults of ours, of those that
        are still remembered."""
        rows = self._connection.execute(_FAILED)
        return {authority: count for authority, count in rows}  # noqa: C416 a Row is no pair

    def prune(self, before: datetime, limit: int = 10_000) -> int:
        """Forgets up to `limit` receipts finished before that time; how many. A repeat is new
        again then."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount

    def by_activity(self, actor_uri: str, activity_uri: str) -> Receipt | None:
        key = {"actor": actor_uri, "activity": activity_uri}
        return _RECEIPT.maybe(self._connection.execute(_BY_ACTIVITY, key).first())
