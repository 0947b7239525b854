"""Work that a killed, ended, slow or second worker holds: done in the end, and once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from activitypub.vocabulary import Like
from federation.dispatch import Context, Done, Outcome, Waits
from federation.process import LEASE, MAX_ATTEMPTS
from federation.verify import Verified
from node.app import begin_again
from storage.database import Database
from storage.deliveries import DeliveryResult
from storage.peers import PeerUpdate
from storage.receipts import Receipt
from storage.tables import graves
from storage.unit_of_work import UnitOfWork
from tests.federation.conftest import node as node
from tests.federation.conftest import there as there
from tests.federation.peer import Peer
from tests.federation.us import ORIGIN, Us
from tests.storage.rows import NOW, a_delivery, a_job, a_receipt, an_activity, an_actor

MINUTE = timedelta(minutes=1)


def claimed(uow: UnitOfWork) -> tuple[int, int, int]:
    """How many receipts, deliveries and jobs may be had."""
    return (
        len(uow.receipts.claim(NOW, MINUTE, 10)),
        len(uow.deliveries.claim(NOW, MINUTE, 10)),
        len(uow.jobs.claim(NOW, MINUTE, 10)),
    )


async def test_a_node_that_works_alone_takes_up_at_once_what_it_held(database: Database) -> None:
    """Beside others it must leave them what they may still be at."""

    def settle(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(1))
        uow.activities.add(an_activity(1, 1))
        uow.peers.ensure("a.example", NOW, lambda: 1)
        uow.receipts.keep(a_receipt(1))
        uow.deliveries.add_many([a_delivery(1, 1, 1)])
        uow.jobs.add(a_job(1))

    await database.write(settle)
    assert await database.write(claimed) == (1, 1, 1)
    await database.write(lambda uow: begin_again(uow, NOW, alone=False))
    assert await database.write(claimed) == (0, 0, 0)
    await database.write(lambda uow: begin_again(uow, NOW, alone=True))
    assert await database.write(claimed) == (1, 1, 1)


async def test_a_node_that_starts_tries_whom_it_could_not_reach(database: Database) -> None:
    """Perhaps it was cut off itself. What was answered keeps to its time."""
    later = NOW + timedelta(hours=1)

    def settle(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(1))
        uow.activities.add(an_activity(1, 1))
        peers = uow.peers.ensure_many(["a.example", "b.example"], NOW, iter((1, 2)).__next__)
        uow.deliveries.add_many([a_delivery(number, 1, number) for number in (1, 2)])
        uow.deliveries.record([missed(1, None), missed(2, 503)])
        uow.peers.record([shut(peer.id) for peer in peers.values()])

    def missed(number: int, status: int | None) -> DeliveryResult:
        return DeliveryResult(
            id=number,
            state="waiting",
            attempts=1,
            next_attempt_at=later,
            last_status=status,
            last_error="",
            finished_at=None,
        )

    def shut(number: int) -> PeerUpdate:
        return PeerUpdate(
            id=number,
            state="open",
            failures=5,
            open_until=later,
            window=4,
            profile=None,
            last_success_at=None,
            last_failure_at=NOW,
            last_error="",
        )

    await database.write(settle)
    assert await database.write(lambda uow: uow.deliveries.claim(NOW, MINUTE, 10)) == []
    await database.write(lambda uow: begin_again(uow, NOW, alone=True))
    ready = await database.write(lambda uow: uow.deliveries.claim(NOW, MINUTE, 10))
    assert [one.id for one in ready] == [1]


@dataclass
class Slow:
    """A worker that has done the network step of a receipt and then takes its time."""

    node: Us
    held: asyncio.Event
    go: asyncio.Event

    async def receipt(self) -> Receipt:
        [receipt] = await self.node.receipts()
        return receipt

    async def effects(self) -> int:
        """How often the activity took effect."""
        rows = await self.node.db.read(lambda uow: uow.connection.execute(graves.select()).all())
        return len(rows)


@pytest.fixture
async def slow(node: Us, there: Peer, monkeypatch: pytest.MonkeyPatch) -> Slow:
    """The first worker to take the one receipt there is will be slow."""
    slow = Slow(node, asyncio.Event(), asyncio.Event())
    preparer = node.processor._preparer
    prepare: Callable[..., Awaitable[Any]] = preparer.prepare

    async def slowly(*given: Any, **more: Any) -> Any:
        ready = await prepare(*given, **more)
        if not slow.held.is_set():
            slow.held.set()
            await slow.go.wait()
        return ready

    monkeypatch.setattr(preparer, "prepare", slowly)

    def effect(uow: UnitOfWork, _verified: Verified[Like], _context: Context) -> Outcome:
        uow.graves.add(f"effect {node.new_id()}", node.clock.now())
        return Done("heard")

    node.dispatcher.on(Like, effect)
    ann = there.someone("ann")
    like = ann.post(ann.says("Like", f"{ORIGIN}/posts/1"), node.clock.now())
    assert (await node.inbox.receive(like)).status == 202
    return slow


async def test_r16_who_is_overtaken_has_no_effect(slow: Slow) -> None:
    working = asyncio.create_task(slow.node.processor.run_once())
    await slow.held.wait()
    assert await slow.node.processor.run_once() == 0
    slow.node.clock.advance(seconds=LEASE.total_seconds() + 1)
    assert await slow.node.processor.run_once() == 1
    assert await slow.effects() == 1
    slow.go.set()
    await working
    assert await slow.effects() == 1
    assert (await slow.receipt()).state == "done"


async def test_who_works_longer_than_a_lease_keeps_it(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("federation.process.LEASE", timedelta(seconds=0.03))
    working = asyncio.create_task(slow.node.processor.run_once())
    await slow.held.wait()
    now = slow.node.clock.advance(minutes=1)
    async with asyncio.timeout(10):
        while ((await slow.receipt()).locked_until or now) <= now:
            await asyncio.sleep(0.01)
    assert await slow.node.processor.run_once() == 0
    slow.go.set()
    assert await working == 1
    assert await slow.effects() == 1


async def test_r12_who_is_told_to_stop_gives_back_what_they_hold(slow: Slow) -> None:
    working = asyncio.create_task(slow.node.processor.run_once())
    await slow.held.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    receipt = await slow.receipt()
    assert (receipt.state, receipt.attempts, receipt.locked_until) == ("waiting", 0, None)
    assert await slow.node.processor.run_once() == 1
    assert await slow.effects() == 1


async def test_r12_so_does_who_is_told_while_they_claim(slow: Slow) -> None:
    slow.held.set()
    working = asyncio.create_task(slow.node.processor.run_once())
    await asyncio.sleep(0)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert (await slow.receipt()).locked_until is None
    assert await slow.node.processor.run_once() == 1
    assert await slow.effects() == 1


async def test_what_waits_for_another_leaves_nothing_behind_until_that_is_there(
    node: Us, there: Peer
) -> None:
    """It is tried again for about half an hour, and ignored in the end."""
    tries = 0

    def waits(uow: UnitOfWork, _verified: Verified[Like], _context: Context) -> Outcome:
        nonlocal tries
        tries += 1
        uow.graves.add(f"try {tries}", node.clock.now())
        return Waits("not yet")

    node.dispatcher.on(Like, waits)
    ann = there.someone("ann")
    like = ann.post(ann.says("Like", f"{ORIGIN}/posts/1"), node.clock.now())
    assert (await node.inbox.receive(like)).status == 202
    for number in range(1, MAX_ATTEMPTS + 1):
        await node.process()
        assert tries == number
        [receipt] = await node.receipts()
        rows = await node.db.read(lambda uow: uow.connection.execute(graves.select()).all())
        last = number == MAX_ATTEMPTS
        assert (receipt.state, len(rows)) == (("ignored", 1) if last else ("waiting", 0))
        node.clock.advance(minutes=31)
