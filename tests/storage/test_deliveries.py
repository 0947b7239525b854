"""The queues of the peers, on both databases."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from storage.database import Database, UnitOfWork
from storage.deliveries import Delivery, DeliveryResult
from storage.peers import PeerUpdate
from tests.storage.rows import NOW, a_delivery, an_activity, an_actor

LEASE = timedelta(minutes=5)
LATER = NOW + timedelta(minutes=1)
PEERS = ("a.example", "b.example", "c.example")
A, B, C = 1, 2, 3


@pytest.fixture
async def queue(database: Database) -> Database:
    """Three peers with a window of four, and an activity for them."""

    def settle(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(1))
        uow.activities.add(an_activity(1, 1))
        uow.peers.ensure_many(PEERS, NOW, iter((A, B, C)).__next__)

    await database.write(settle)
    return database


async def add(queue: Database, *deliveries: Delivery) -> None:
    await queue.write(lambda uow: uow.deliveries.add_many(deliveries))


async def claim(queue: Database, now: datetime = NOW, limit: int = 100) -> list[int]:
    claimed = await queue.write(lambda uow: uow.deliveries.claim(now, LEASE, limit))
    assert all(delivery.locked_until == now + LEASE for delivery in claimed)
    return [delivery.id for delivery in claimed]


async def finish(queue: Database, id: int, **other: Any) -> None:
    fields: dict[str, Any] = {
        "state": "sent",
        "attempts": 1,
        "next_attempt_at": NOW,
        "last_status": 202,
        "last_error": None,
        "finished_at": NOW,
    }
    result = DeliveryResult(id=id, **fields | other)
    await queue.write(lambda uow: uow.deliveries.record([result]))


async def set_peer(queue: Database, id: int, **other: Any) -> None:
    fields: dict[str, Any] = {
        "state": "up", "failures": 0, "open_until": None, "window": 4, "profile": None,
        "last_success_at": None, "last_failure_at": None, "last_error": None,
    }  # fmt: skip
    update = PeerUpdate(id=id, **fields | other)
    await queue.write(lambda uow: uow.peers.record([update]))


async def test_a_claimed_delivery_is_nobody_elses_until_the_lease_ends(queue: Database) -> None:
    await add(queue, a_delivery(1, 1, A))
    assert await claim(queue) == [1]
    assert await claim(queue, NOW + LEASE - timedelta(microseconds=1)) == []
    assert await claim(queue, NOW + LEASE) == [1]
    await queue.write(lambda uow: uow.deliveries.release([1]))
    await queue.write(lambda uow: uow.deliveries.release([]))
    assert await claim(queue) == [1]


async def test_nothing_is_claimed_before_it_is_due(queue: Database) -> None:
    await add(queue, a_delivery(1, 1, A, next_attempt_at=LATER), a_delivery(2, 1, A))
    assert await claim(queue) == [2]
    assert await claim(queue, LATER) == [1]


async def test_a_window_bounds_what_is_under_way_to_a_peer(queue: Database) -> None:
    await add(queue, *(a_delivery(number, 1, A) for number in range(1, 7)))
    await set_peer(queue, A, window=2)
    assert await claim(queue) == [1, 2]
    assert await claim(queue) == []
    await finish(queue, 2)
    assert await claim(queue) == [3]
    await set_peer(queue, A, window=4)
    assert await claim(queue) == [4, 5]


async def test_every_peers_first_comes_before_any_peers_second(queue: Database) -> None:
    await add(
        queue,
        *(a_delivery(number, 1, A) for number in (1, 2, 3)),
        *(a_delivery(number, 1, B) for number in (4, 5)),
        a_delivery(6, 1, C),
    )
    assert await claim(queue, limit=4) == [1, 4, 6, 2]
    assert sorted(await claim(queue)) == [3, 5]


async def test_only_the_first_of_a_root_is_sent_and_each_peer_has_its_own_order(
    queue: Database,
) -> None:
    await add(
        queue,
        a_delivery(1, 1, A, root="r"),
        a_delivery(2, 1, B, root="r"),
        a_delivery(3, 1, A, root="r", type="Update"),
        a_delivery(4, 1, A, root="s"),
    )
    assert sorted(await claim(queue)) == [1, 2, 4]
    await finish(queue, 2)
    assert await claim(queue) == []
    await finish(queue, 1, state="waiting", finished_at=None, next_attempt_at=LATER)
    assert await claim(queue) == []
    assert await claim(queue, LATER) == [1]
    await finish(queue, 1, state="parked", finished_at=None)
    assert await claim(queue) == [3]


@pytest.mark.parametrize("state", ["sent", "parked", "refused", "gone", "cancelled"])
async def test_what_is_not_waiting_holds_nothing_up(queue: Database, state: Any) -> None:
    await add(queue, a_delivery(1, 1, A, root="r", state=state), a_delivery(2, 1, A, root="r"))
    assert await claim(queue) == [2]


async def test_a_blocked_or_vanished_peer_is_sent_nothing(queue: Database) -> None:
    await add(queue, *(a_delivery(number, 1, number) for number in (A, B, C)))
    await queue.write(lambda uow: uow.peers.set_policy("a.example", "block", NOW, lambda: 9))
    await set_peer(queue, B, state="gone")
    assert await claim(queue) == [C]
    await queue.write(lambda uow: uow.peers.set_policy("a.example", "allow", NOW, lambda: 9))
    assert await claim(queue) == [A]


async def test_an_open_circuit_lets_one_probe_through_when_its_time_has_come(
    queue: Database,
) -> None:
    await add(queue, *(a_delivery(number, 1, A) for number in (1, 2, 3)))
    await set_peer(queue, A, state="open", open_until=LATER)
    assert await claim(queue) == []
    assert await claim(queue, LATER) == [1]
    assert await claim(queue, LATER) == []
    await set_peer(queue, A, state="up")
    assert await claim(queue, LATER) == [2, 3]


async def test_a_failing_peer_is_still_sent_to(queue: Database) -> None:
    await add(queue, a_delivery(1, 1, A))
    await set_peer(queue, A, state="failing", failures=2)
    assert await claim(queue) == [1]


async def test_a_result_is_stored_and_an_ended_delivery_stays_ended(queue: Database) -> None:
    await add(queue, a_delivery(1, 1, A), a_delivery(2, 1, A))
    await claim(queue)
    await finish(
        queue, 1, state="refused", attempts=1, last_status=400, last_error="bad", finished_at=LATER
    )
    await finish(queue, 1, state="waiting", attempts=2, finished_at=None)
    stored = await queue.read(lambda uow: uow.deliveries.of_activity(1))
    assert stored[0] == a_delivery(
        1, 1, A, state="refused", attempts=1, last_status=400, last_error="bad", finished_at=LATER
    )
    assert stored[1].state == "waiting"


async def test_a_delete_cancels_what_nobody_has_heard(queue: Database) -> None:
    uri = "https://here.example/posts/7"
    untried, tried, parked, sent, under_way, late, other, erased = (
        a_delivery(1, 1, A, object_uri=uri, type="Announce"),
        a_delivery(2, 1, A, object_uri=uri, attempts=1),
        a_delivery(3, 1, A, object_uri=uri, attempts=3, state="parked"),
        a_delivery(4, 1, A, object_uri=uri, attempts=1, state="sent"),
        a_delivery(5, 1, A, object_uri=uri, locked_until=LATER),
        a_delivery(7, 1, A, object_uri=uri),
        a_delivery(6, 1, A),
        a_delivery(8, 1, B, object_uri=uri, type="Delete"),
    )
    await add(queue, untried, tried, parked, sent, under_way, late, other, erased)
    assert await queue.write(lambda uow: uow.deliveries.cancel_unsent(uri, 7)) == 2
    about = await queue.read(lambda uow: uow.deliveries.of_object(uri))
    assert {delivery.id for delivery in about if delivery.state == "cancelled"} == {1, 3}
    assert await queue.write(lambda uow: uow.deliveries.cancel_unsent(uri, 100)) == 1
    assert len(await queue.read(lambda uow: uow.deliveries.of_object(uri, limit=2))) == 2


async def test_a_peers_queue_is_given_up_or_taken_up_again(queue: Database) -> None:
    await add(
        queue,
        a_delivery(1, 1, A),
        a_delivery(2, 1, A, state="parked", attempts=3),
        a_delivery(3, 1, A, state="sent"),
        a_delivery(4, 1, B, state="parked"),
    )

    async def states() -> list[str]:
        stored = await queue.read(lambda uow: uow.deliveries.of_activity(1))
        return [delivery.state for delivery in stored]

    assert await queue.write(lambda uow: uow.deliveries.resume(A, LATER)) == 1
    assert await states() == ["waiting", "waiting", "sent", "parked"]
    assert await queue.write(lambda uow: uow.deliveries.abandon(A, "parked", NOW)) == 2
    assert await states() == ["parked", "parked", "sent", "parked"]
    assert await queue.write(lambda uow: uow.deliveries.abandon(A, "gone", NOW)) == 2
    assert await states() == ["gone", "gone", "sent", "parked"]


async def test_the_next_due_time_lies_ahead(queue: Database) -> None:
    async def next_due(now: datetime = NOW) -> datetime | None:
        return await queue.read(lambda uow: uow.deliveries.next_due(now))

    assert await next_due() is None
    await add(queue, a_delivery(1, 1, A), a_delivery(2, 1, B, next_attempt_at=NOW + LEASE * 3))
    assert await next_due() == NOW + LEASE * 3
    await set_peer(queue, A, state="open", open_until=NOW + LEASE * 2)
    await set_peer(queue, C, state="open", open_until=NOW + timedelta(seconds=1))
    assert await next_due() == NOW + LEASE * 2
    await set_peer(queue, A)
    await claim(queue)
    assert await next_due() == NOW + LEASE
    assert await next_due(NOW + LEASE * 3) is None


async def test_the_summary_tells_what_is_unsent(queue: Database) -> None:
    await add(
        queue,
        a_delivery(1, 1, A, created_at=LATER),
        a_delivery(2, 1, A),
        a_delivery(3, 1, A, state="parked", created_at=LATER),
        a_delivery(4, 1, B, state="parked", created_at=LATER),
        a_delivery(5, 1, C, state="sent"),
    )
    summary = await queue.read(lambda uow: uow.deliveries.summary())
    assert summary == {A: (2, 1, NOW), B: (0, 1, LATER)}


async def test_old_results_are_forgotten_but_for_receipts_of_deletes(queue: Database) -> None:
    await add(
        queue,
        a_delivery(1, 1, A, state="sent", finished_at=NOW),
        a_delivery(2, 1, A, state="sent", finished_at=NOW, type="Delete"),
        a_delivery(3, 1, A, state="sent", finished_at=LATER),
        a_delivery(4, 1, B),
    )
    assert await queue.write(lambda uow: uow.deliveries.prune(LATER, 10)) == 1
    left = await queue.read(lambda uow: uow.deliveries.of_activity(1))
    assert {one.id for one in left} == {2, 3, 4}
