"""Whatever happens to deliveries, a peer hears of each object in the order in which it happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from storage.deliveries import Delivery, DeliveryResult
from storage.engine import open_engine, parse_url
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, a_delivery, an_activity, an_actor

PEERS = ("a.example", "b.example")
WINDOW = 4
LEASE = timedelta(seconds=60)
LIFE = ("Create", "Update", "Delete")

ROOTS = st.lists(
    st.tuples(st.sampled_from([1, 2]), st.sampled_from("rst")), min_size=1, max_size=14
)
STEP = st.one_of(
    st.tuples(st.just("claim"), st.integers(1, 6)),
    st.tuples(st.just("sent"), st.integers(0, 9)),
    st.tuples(st.just("failed"), st.integers(0, 9)),
    st.tuples(st.just("parked"), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 61])),
)


@dataclass
class Run:
    """A worker that claims and finishes in an order that the example says."""

    uow: UnitOfWork
    queued: list[Delivery]
    now: datetime = NOW
    in_hand: dict[int, Delivery] = field(default_factory=dict)
    over: set[int] = field(default_factory=set)

    def step(self, act: str, amount: int) -> None:
        if act == "claim":
            self.claim(amount)
        elif act == "wait":
            self.now += timedelta(seconds=amount)
            for id in [id for id, held in self.in_hand.items() if until(held) <= self.now]:
                del self.in_hand[id]
        elif self.in_hand:
            self.finish(sorted(self.in_hand)[amount % len(self.in_hand)], act)

    def claim(self, limit: int) -> list[Delivery]:
        claimed = self.uow.deliveries.claim(self.now, LEASE, limit)
        assert len(claimed) <= limit
        for delivery in claimed:
            self.assert_may_go(delivery)
            self.in_hand[delivery.id] = delivery
        for peer in (1, 2):
            assert sum(held.peer_id == peer for held in self.in_hand.values()) <= WINDOW
        return claimed

    def assert_may_go(self, delivery: Delivery) -> None:
        assert delivery.id not in self.in_hand
        assert delivery.id not in self.over
        earlier = [
            other.id
            for other in self.queued
            if (other.peer_id, other.root) == (delivery.peer_id, delivery.root)
            and other.id < delivery.id
        ]
        assert self.over.issuperset(earlier), f"{delivery.type} overtook {earlier}"

    def finish(self, id: int, how: str) -> None:
        held = self.in_hand.pop(id)
        again = how == "failed"
        if not again:
            self.over.add(id)
        result = DeliveryResult(
            id=id,
            state="waiting" if again else "parked" if how == "parked" else "sent",
            attempts=held.attempts + 1,
            next_attempt_at=self.now + timedelta(seconds=30),
            last_status=None,
            last_error=None,
            finished_at=None if again else self.now,
        )
        self.uow.deliveries.record([result])

    def drain(self) -> None:
        """Everything else goes well."""
        for _ in range(len(self.queued) * 3):
            self.claim(10)
            for id in list(self.in_hand):
                self.finish(id, "sent")
            self.now += LEASE
        assert self.over == {delivery.id for delivery in self.queued}


def until(delivery: Delivery) -> datetime:
    assert delivery.locked_until is not None
    return delivery.locked_until


@contextmanager
def undone(engine: Engine) -> Iterator[UnitOfWork]:
    """A transaction of which nothing stays."""
    with engine.connect() as connection, connection.begin() as transaction:
        uow = UnitOfWork(connection)
        uow.actors.add(an_actor(1))
        uow.activities.add(an_activity(1, 1))
        uow.peers.ensure_many(PEERS, NOW, iter((1, 2)).__next__)
        yield uow
        transaction.rollback()


def test_no_interleaving_turns_the_order_of_an_object_round(database_url: str) -> None:
    engine = open_engine(parse_url(database_url), writes=True)

    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(roots=ROOTS, steps=st.lists(STEP, max_size=25))
    def run(roots: list[tuple[int, str]], steps: list[tuple[str, Any]]) -> None:
        queued = [
            a_delivery(number, 1, peer, root=root, type=LIFE[min(number // 4, 2)])
            for number, (peer, root) in enumerate(roots, 1)
        ]
        with undone(engine) as uow:
            uow.deliveries.add_many(queued)
            worker = Run(uow, queued)
            for act, amount in steps:
                worker.step(act, amount)
            worker.drain()

    try:
        run()
    finally:
        engine.dispose()
