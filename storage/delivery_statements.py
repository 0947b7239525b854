"""The statements of `DeliveryRepository`, made once so that each is compiled once.

Claiming walks, it does not sort: from peer to peer through the index of what waits, and at each
peer from one delivery that may be sent to the next, as far as its window reaches. What it costs
depends on how many peers have something waiting and on how much is asked for; a backlog of any
depth, or one that belongs to a dead peer, costs nothing.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from storage.again import again
from storage.delivery_record import DELIVERY
from storage.tables import deletion_deliveries, deliveries, peers
from storage.tables.metadata import WAITING, Id, UtcTime

_NOW = bindparam("now", type_=UtcTime())
_IS_WAITING = deliveries.c.state == WAITING
_PARKED: ColumnElement[str] = literal_column("'parked'")


def _is_free(table: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Waiting, due, and in nobody's hands."""
    return (
        table.c.state == WAITING,
        table.c.next_attempt_at <= _NOW,
        or_(table.c.locked_until.is_(None), table.c.locked_until <= _NOW),
    )


def _next_of(peer_id: ColumnElement[int], after: ColumnElement[int] | None) -> ScalarSelect[Any]:
    """The peer's first delivery after an id that is free and the first of its root."""
    one = again(deliveries, "one")
    same_root = again(deliveries, "same_root")
    first = (
        select(func.min(same_root.c.id))
        .where(
            same_root.c.state == WAITING,
            same_root.c.peer_id == one.c.peer_id,
            same_root.c.root == one.c.root,
        )
        .scalar_subquery()
    )
    # Asked as "is it the first?" this is one step in an index; asked as "is there no earlier one?"
    # PostgreSQL reads the whole queue of the peer. And "not after the first" says the same as
    # "is the first", but does not make the planner expect that hardly any row will do.
    statement = select(one.c.id).where(one.c.peer_id == peer_id, *_is_free(one), one.c.id <= first)
    if after is not None:
        statement = statement.where(one.c.id > after)
    return statement.order_by(one.c.id).limit(1).scalar_subquery()


def _queued_peers() -> CTE:
    """Each peer that has something waiting, once: from one to the next by the index."""
    first = again(deliveries, "first")
    following = again(deliveries, "following")
    queued = (
        select(func.min(first.c.peer_id).label("peer_id"))
        .where(first.c.state == WAITING)
        .cte("queued", recursive=True)
    )
    step = (
        select(func.min(following.c.peer_id))
        .where(following.c.state == WAITING, following.c.peer_id > queued.c.peer_id)
        .scalar_subquery()
    )
    return queued.union_all(select(step).where(queued.c.peer_id.is_not(None)))


def _room() -> ColumnElement[int]:
    """How many more sends a peer's window has room for; half open, it has room for a probe."""
    leased = again(deliveries, "leased")
    under_way = (
        select(func.count())
        .where(
            leased.c.peer_id == peers.c.id,
            leased.c.state == WAITING,
            leased.c.locked_until.is_not(None),
            leased.c.locked_until > _NOW,
        )
        .scalar_subquery()
    )
    return case((peers.c.state == "open", 1), else_=peers.c.window) - under_way


def _ready_peers() -> CTE:
    """The peers that may be sent something, each with its room and its first delivery."""
    queued = _queued_peers()
    return (
        select(
            peers.c.id.label("peer_id"),
            _room().label("room"),
            _next_of(peers.c.id, None).label("delivery_id"),
        )
        .join_from(queued, peers, peers.c.id == queued.c.peer_id)
        .where(
            peers.c.policy != "block",
            peers.c.state != "gone",
            or_(peers.c.state != "open", peers.c.open_until <= _NOW),
        )
        .cte("ready")
        # Or its two subqueries would be worked out once to filter by and once to be read.
        .prefix_with("MATERIALIZED")
    )


def _candidates() -> Select[Any]:
    """Every ready peer's first delivery, those that have waited longest first, then every peer's
    second, and so on. Both databases yield a recursion in the order of its rounds, and stop it
    when the limit is reached."""
    ready = _ready_peers()
    starts = (
        select(ready.c.peer_id, ready.c.room, ready.c.delivery_id)
        .where(ready.c.delivery_id.is_not(None), ready.c.room > 0)
        .order_by(ready.c.delivery_id)
        .limit(bindparam("limit"))
        .subquery("starts")
    )
    slots = select(
        starts.c.peer_id, starts.c.room, literal(1).label("place"), starts.c.delivery_id
    ).cte("slots", recursive=True)
    slots = slots.union_all(
        select(
            slots.c.peer_id,
            slots.c.room,
            slots.c.place + 1,
            _next_of(slots.c.peer_id, slots.c.delivery_id),
        ).where(slots.c.place < slots.c.room, slots.c.delivery_id.is_not(None))
    )
    found = slots.c.delivery_id.is_not(None)
    return select(slots.c.delivery_id).where(found).limit(bindparam("limit"))


CANDIDATES = _candidates()

_picked = (
    select(deliveries.c.id)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)), *_is_free(deliveries))
    .with_for_update(skip_locked=True, of=deliveries)
    .cte("picked")
)
LEASE = (
    deliveries.update()
    .where(deliveries.c.id.in_(select(_picked.c.id)))
    .values(locked_until=bindparam("until"))
    .returning(*DELIVERY.columns)
)
RECORD = (
    deliveries.update()
    .where(deliveries.c.id == bindparam("delivery"), _IS_WAITING)
    .values(
        state=bindparam("new_state"),
        attempts=bindparam("new_attempts"),
        next_attempt_at=bindparam("due"),
        last_status=bindparam("status"),
        last_error=bindparam("error"),
        finished_at=bindparam("finished"),
        locked_until=null(),
    )
)
RELEASE = (
    deliveries.update()
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)), _IS_WAITING)
    .values(locked_until=null())
)
RELEASE_ALL = (
    deliveries.update()
    .where(_IS_WAITING, deliveries.c.locked_until.is_not(None))
    .values(locked_until=null())
)
# What a Delete came to at each peer is kept: it is the receipt that a person may ask for.
_FINISHED_LONG_AGO = (
    select(deliveries.c.id)
    .where(deliveries.c.finished_at < bindparam("before", type_=UtcTime()))
    .where(deliveries.c.type != "Delete")
    .where(~exists().where(deletion_deliveries.c.delivery_id == deliveries.c.id))
    .limit(bindparam("limit"))
)
PRUNE = deliveries.delete().where(deliveries.c.id.in_(_FINISHED_LONG_AGO))

HASTEN = (
    deliveries.update()
    .where(
        _IS_WAITING,
        deliveries.c.next_attempt_at > _NOW,
        deliveries.c.attempts > 0,
        deliveries.c.last_status.is_(None),
        deliveries.c.locked_until.is_(None),
    )
    .values(next_attempt_at=_NOW)
)
CANCEL = (
    deliveries.update()
    .where(
        deliveries.c.object_uri == bindparam("object"),
        deliveries.c.id < bindparam("before"),
        deliveries.c.type.not_in(["Delete", "Undo"]),
        or_(
            and_(
                deliveries.c.state == "waiting",
                deliveries.c.attempts == 0,
                deliveries.c.locked_until.is_(None),
            ),
            deliveries.c.state == "parked",
        ),
    )
    .values(state="cancelled")
)
ABANDON = (
    deliveries.update()
    .where(
        deliveries.c.peer_id == bindparam("peer"), or_(_IS_WAITING, deliveries.c.state == _PARKED)
    )
    .values(state=bindparam("new_state"), finished_at=bindparam("finished"), locked_until=null())
)
RESUME = (
    deliveries.update()
    .where(deliveries.c.peer_id == bindparam("peer"), deliveries.c.state == _PARKED)
    .values(state="waiting", next_attempt_at=bindparam("due"))
)

_waiting_for = again(deliveries, "waiting_for")
_moments = union_all(
    select(func.min(deliveries.c.next_attempt_at).label("moment")).where(
        _IS_WAITING, deliveries.c.next_attempt_at > _NOW
    ),
    select(func.min(deliveries.c.locked_until)).where(
        _IS_WAITING, deliveries.c.locked_until.is_not(None), deliveries.c.locked_until > _NOW
    ),
    select(func.min(peers.c.open_until)).where(
        peers.c.state == "open",
        peers.c.open_until > _NOW,
        exists().where(_waiting_for.c.peer_id == peers.c.id, _waiting_for.c.state == WAITING),
    ),
).subquery("moments")
NEXT_DUE = select(func.min(_moments.c.moment))

SUMMARY = (
    select(
        deliveries.c.peer_id,
        func.sum(case((_IS_WAITING, 1), else_=0).cast(Id)),
        func.sum(case((_IS_WAITING, 0), else_=1).cast(Id)),
        func.min(deliveries.c.created_at),
    )
    .where(or_(_IS_WAITING, deliveries.c.state == _PARKED))
    .group_by(deliveries.c.peer_id)
)
OF_ACTIVITY = (
    select(*DELIVERY.columns)
    .where(deliveries.c.activity_id == bindparam("activity"))
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
)
OF_OBJECT = (
    select(*DELIVERY.columns)
    .where(deliveries.c.object_uri == bindparam("object"))
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
)
DOORS_OF = (
    select(peers.c.authority, deliveries.c.inbox)
    .join_from(deliveries, peers, peers.c.id == deliveries.c.peer_id)
    .where(deliveries.c.object_uri == bindparam("object"))
    .distinct()
)
