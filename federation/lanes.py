"""What a deliverer keeps in mind while it sends: each peer's health, and what is being carried.

The database is what counts; this saves reading the same rows for each of a thousand sends.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from federation.health import after_failure, after_success, as_update, held_until, revived
from federation.sending import Attempt
from storage.activities import OutboxActivity
from storage.actors import Actor
from storage.deliveries import Delivery, DeliveryResult
from storage.peers import Peer, PeerUpdate
from storage.unit_of_work import UnitOfWork

READ_AGAIN_AFTER: Final = timedelta(seconds=5)
"""How long a peer's row is not read again: another process may have learnt something."""
BODIES_KEPT: Final = 256
UNREACHED_KEPT: Final = 1000
READ_ALL_FROM: Final = 20
"""From so many unknown peers on, one statement that reads them all is quicker than one each."""


@dataclass(slots=True)
class Lane:
    """The way to one peer. `unreached` are deliveries that found no connection: they are hastened
    when there is one again."""

    peer: Peer
    read_at: datetime
    streak: int = 0
    changed: bool = False
    unreached: dict[int, DeliveryResult] = field(default_factory=dict)

    def learn(self, delivery: Delivery, attempt: Attempt, now: datetime) -> None:
        """Take in how an attempt went. A refusal is an answer: the peer is well."""
        before = self.peer
        if attempt.peer_failed:
            counts = attempt.status is None or delivery.attempts == 0
            self.peer = after_failure(before, now, attempt.summary, counts=counts)
            self.streak = 0
            if attempt.retry_after is not None and attempt.status in (429, 503):
                self.peer = held_until(self.peer, now + attempt.retry_after, now)
        elif attempt.status is not None:
            self.peer, self.streak = after_success(before, now, self.streak)
        if attempt.acknowledged:
            self.peer = replace(self.peer, profile=attempt.profile)
        self.changed = self.changed or self.peer != before

    def keep_unreached(self, result: DeliveryResult) -> None:
        """Remember a delivery that waits only because there was no connection."""
        if len(self.unreached) < UNREACHED_KEPT:
            self.unreached[result.id] = result

    def revive(self) -> None:
        """The peer spoke to us."""
        self.peer, self.streak = revived(self.peer), 0

    def hastened(self, now: datetime) -> list[DeliveryResult]:
        """What found no connection, due now instead of whenever it was put off to."""
        waiting, self.unreached = self.unreached, {}
        return [replace(one, next_attempt_at=now) for one in waiting.values()]


@dataclass(frozen=True, slots=True)
class Claimed:
    """Deliveries that are ours to send, and the rows that go with them."""

    deliveries: Sequence[Delivery]
    activities: dict[int, OutboxActivity]
    actors: dict[int, Actor]
    peers: Sequence[Peer]


class Lanes:
    """The lanes of all peers that we send to, and the activities on their way."""

    def __init__(self) -> None:
        self._lanes: dict[int, Lane] = {}
        self._by_authority: dict[str, Lane] = {}
        self._activities: OrderedDict[int, tuple[OutboxActivity, Actor]] = OrderedDict()

    def claim(self, uow: UnitOfWork, now: datetime, lease: timedelta, limit: int) -> Claimed:
        """Take deliveries and read what is not in mind about them. Changes nothing in mind."""
        deliveries = uow.deliveries.claim(now, lease, limit)
        wanted = {one.activity_id for one in deliveries} - self._activities.keys()
        activities = uow.activities.get_many(wanted) if wanted else {}
        authors = {one.actor_id for one in activities.values()}
        actors = uow.actors.get_many(authors) if authors else {}
        stale = [
            peer_id
            for peer_id in {one.peer_id for one in deliveries}
            if peer_id not in self._lanes or now - self._lanes[peer_id].read_at > READ_AGAIN_AFTER
        ]
        return Claimed(deliveries, activities, actors, _read_peers(uow, stale))

    def take_in(self, claimed: Claimed, now: datetime) -> None:
        """Keep what `claim` has read."""
        for peer in claimed.peers:
            lane = self._lanes.get(peer.id)
            if lane is None:
                lane = self._lanes[peer.id] = Lane(peer, now)
                self._by_authority[peer.authority] = lane
            elif not lane.changed:
                lane.peer, lane.read_at = peer, now
        for number, activity in claimed.activities.items():
            actor = claimed.actors.get(activity.actor_id)
            if actor is not None:
                self._activities[number] = (activity, actor)
        for delivery in claimed.deliveries:
            self._lanes[delivery.peer_id].unreached.pop(delivery.id, None)

    def lane(self, peer_id: int) -> Lane:
        """The lane of a peer something was claimed for."""
        return self._lanes[peer_id]

    def named(self, authority: str) -> Lane | None:
        """The lane of a peer by its authority, if something was ever sent there."""
        return self._by_authority.get(authority)

    def cargo(self, delivery: Delivery) -> tuple[OutboxActivity, Actor]:
        """What a claimed delivery carries, and in whose name. LookupError if that is lost."""
        return self._activities[delivery.activity_id]

    def updates(self) -> Iterator[PeerUpdate]:
        """What was learnt about peers since the last call."""
        for lane in self._lanes.values():
            if lane.changed:
                lane.changed = False
                yield as_update(lane.peer)

    def forget_old(self) -> None:
        """Let go of activities beyond BODIES_KEPT. Only when nothing is on its way."""
        while len(self._activities) > BODIES_KEPT:
            self._activities.popitem(last=False)


def _read_peers(uow: UnitOfWork, ids: Sequence[int]) -> list[Peer]:
    if len(ids) >= READ_ALL_FROM:
        return uow.peers.list()
    return [peer for peer in map(uow.peers.get, ids) if peer is not None]
