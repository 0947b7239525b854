"""A public group that went local or private: whom to ask to forget it, and what they answered.

Nothing that waits for a peer may go out any more, and whoever may have had a post is asked to
delete it. Who that is must be noted at once, since memberships of people elsewhere end with the
change.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, false, func, or_, select, union
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import (
    actors,
    deliveries,
    memberships,
    peers,
    posts,
    withdrawal_doors,
    withdrawals,
)
from storage.tables.metadata import UtcTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """How far the Deletes of one group have been written: all posts up to (author, post)."""

    group_id: int
    last_author_id: int = 0
    last_post_id: int = 0
    posts_done: int = 0
    started_at: datetime
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerReceipt:
    """What one node made of the Deletes: how many it was asked for, and how it answered."""

    authority: str
    asked: int
    confirmed: int
    refused: int
    waiting: int
    unreachable: int


_WITHDRAWAL = Shape(Withdrawal, withdrawals)
_INSERT = insert(withdrawals)
_BEGIN = _INSERT.on_conflict_do_update(
    index_elements=[withdrawals.c.group_id],
    set_={
        name: _INSERT.excluded[name]
        for name in ("last_author_id", "last_post_id", "posts_done", "started_at", "finished_at")
    },
)
_GET = select(*_WITHDRAWAL.columns).where(withdrawals.c.group_id == bindparam("group"))
_ADVANCE = (
    withdrawals.update()
    .where(withdrawals.c.group_id == bindparam("group"))
    .values(
        last_author_id=bindparam("author"),
        last_post_id=bindparam("post"),
        posts_done=withdrawals.c.posts_done + bindparam("more"),
    )
)
_END = (
    withdrawals.update()
    .where(withdrawals.c.group_id == bindparam("group"))
    .values(finished_at=bindparam("now", type_=UtcTime()))
)
_DOOR = func.coalesce(actors.c.shared_inbox, actors.c.inbox)
_IN_GROUP = posts.c.group_id == bindparam("group")
_FOLLOWERS = (
    select(actors.c.authority, _DOOR)
    .join_from(memberships, actors, memberships.c.actor_id == actors.c.id)
    .where(memberships.c.group_id == bindparam("group"), actors.c.is_local == false())
)
_AUTHORS = (
    select(actors.c.authority, _DOOR)
    .join_from(posts, actors, posts.c.author_id == actors.c.id)
    .where(_IN_GROUP, actors.c.is_local == false())
)
_ADDRESSEES = (
    select(peers.c.authority, deliveries.c.inbox)
    .join_from(posts, deliveries, deliveries.c.object_uri == posts.c.uri)
    .join(peers, peers.c.id == deliveries.c.peer_id)
    .where(_IN_GROUP)
)
_WHO_MAY_HAVE_IT = union(_FOLLOWERS, _AUTHORS, _ADDRESSEES)
_ADD_DOORS = insert(withdrawal_doors).on_conflict_do_nothing(
    index_elements=[withdrawal_doors.c.group_id, withdrawal_doors.c.inbox]
)
_DOORS = (
    select(withdrawal_doors.c.authority, withdrawal_doors.c.inbox)
    .where(withdrawal_doors.c.group_id == bindparam("group"))
    .order_by(withdrawal_doors.c.inbox)
)
_FORGET_DOORS = withdrawal_doors.delete().where(withdrawal_doors.c.group_id == bindparam("group"))
_ROOTS = select(posts.c.uri).where(_IN_GROUP, posts.c.parent_id.is_(None))
# What is under way is ended as well: it is not tried again, and its answer changes nothing.
_CANCEL = (
    deliveries.update()
    .where(
        deliveries.c.state.in_(["waiting", "parked"]),
        deliveries.c.type != "Delete",
        or_(deliveries.c.root == bindparam("uri"), deliveries.c.root.in_(_ROOTS)),
    )
    .values(state="cancelled", locked_until=None, finished_at=bindparam("now", type_=UtcTime()))
)
_RECEIPTS = (
    select(peers.c.authority, deliveries.c.state, func.count())
    .join_from(posts, deliveries, deliveries.c.object_uri == posts.c.uri)
    .join(peers, peers.c.id == deliveries.c.peer_id)
    .where(
        _IN_GROUP,
        deliveries.c.type == "Delete",
        deliveries.c.created_at >= bindparam("since", type_=UtcTime()),
    )
    .group_by(peers.c.authority, deliveries.c.state)
    .order_by(peers.c.authority)
)
_UNREACHABLE = ("parked", "gone", "cancelled")


class WithdrawalRepository:
    """Withdrawals of groups, each with its doors and receipts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, group_id: int, uri: str, now: datetime) -> int:
        """Stop all that is still to be sent of a group, and note who may have had something of it.
        To be called before the memberships of people elsewhere are ended. How much was stopped."""
        self._connection.execute(_BEGIN, _WITHDRAWAL.values(_new(group_id, now)))
        found = self._connection.execute(_WHO_MAY_HAVE_IT, {"group": group_id}).all()
        doors = [
            {"group_id": group_id, "authority": authority, "inbox": inbox}
            for authority, inbox in found
        ]
        if doors:
            self._connection.execute(_ADD_DOORS, doors)
        key = {"group": group_id, "uri": uri, "now": now}
        return self._connection.execute(_CANCEL, key).rowcount

    def get(self, group_id: int) -> Withdrawal | None:
        return _WITHDRAWAL.maybe(self._connection.execute(_GET, {"group": group_id}).first())

    def doors(self, group_id: int) -> list[tuple[str, str]]:
        """(authority, inbox) of everybody who is asked."""
        rows = self._connection.execute(_DOORS, {"group": group_id})
        return [(authority, inbox) for authority, inbox in rows]

    def advance(self, group_id: int, author_id: int, post_id: int, more: int) -> None:
        """The Deletes of `more` posts are written, the last of them this one."""
        key = {"group": group_id, "author": author_id, "post": post_id, "more": more}
        self._connection.execute(_ADVANCE, key)

    def end(self, group_id: int, now: datetime) -> None:
        """All Deletes are written; who was in the group from elsewhere is forgotten."""
        self._connection.execute(_END, {"group": group_id, "now": now})
        self._connection.execute(_FORGET_DOORS, {"group": group_id})

    def receipts(self, withdrawal: Withdrawal) -> list[PeerReceipt]:
        """What each node answered so far, by its name."""
        key = {"group": withdrawal.group_id, "since": withdrawal.started_at}
        by_peer: dict[str, dict[str, int]] = {}
        for authority, state, count in self._connection.execute(_RECEIPTS, key):
            by_peer.setdefault(authority, {})[state] = count
        return [
            PeerReceipt(
                authority=authority,
                asked=sum(states.values()),
                confirmed=states.get("sent", 0),
                refused=states.get("refused", 0),
                waiting=states.get("waiting", 0),
                unreachable=sum(states.get(one, 0) for one in _UNREACHABLE),
            )
            for authority, states in by_peer.items()
        ]


def _new(group_id: int, now: datetime) -> Withdrawal:
    return Withdrawal(group_id=group_id, started_at=now)
