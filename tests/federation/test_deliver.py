"""Delivery in good weather: signed, ordered within a root, parallel across them, once."""

import asyncio
from collections.abc import Callable

import pytest

from activitypub.signatures import HttpMessage, check_digest, read_signature, verify
from federation.deliver import LEASE
from federation.health import LARGEST_WINDOW
from storage.database import Database
from tests.clock import Clock
from tests.federation.peer import Peer
from tests.federation.sends import delivery, publish, row, types
from tests.federation.us import Us, us

POSTS = "https://us.example/posts/"


def message_of(peer: Peer, number: int = 0) -> HttpMessage:
    """A request as the peer got it; its body came through JSON once, so only headers are exact."""
    headers, _ = peer.delivered[number]
    return HttpMessage("POST", "http", peer.authority, "/inbox", tuple(headers.items()), b"")


async def test_an_activity_arrives_signed_by_its_actor(node: Us, there: Peer) -> None:
    uri = await publish(node, there)
    assert await node.deliverer.run_once() == 1
    [(headers, document)] = there.delivered
    assert document["id"] == uri
    stored = await node.db.read(lambda uow: uow.activities.by_uri(uri))
    assert stored is not None
    message = HttpMessage(
        "POST", "http", there.authority, "/inbox", tuple(headers.items()), stored.body
    )
    parsed = read_signature(message)
    check_digest(message, parsed)
    pair = await node.own_keys.load(node.db, node.alice.id)
    verify(parsed, message, pair.rsa.public_key())
    assert (parsed.profile, parsed.key_id) == ("cavage", f"{node.alice.uri}#main-key")
    sent = await delivery(node, uri)
    assert (sent.state, sent.attempts, sent.last_status) == ("sent", 1, 202)
    assert sent.finished_at is not None


async def test_a_peer_that_wants_rfc_9421_gets_it_and_is_remembered(node: Us, there: Peer) -> None:
    there.answers = [401]
    first = await publish(node, there)
    await node.deliverer.run_once()
    assert there.asked["/inbox"] == 2
    assert (await delivery(node, first)).state == "sent"
    assert (await row(node, there)).profile == "rfc9421"
    await publish(node, there)
    await node.deliverer.run_once()
    assert there.asked["/inbox"] == 3
    assert all(read_signature(message_of(there, n)).profile == "rfc9421" for n in (0, 1))


async def test_create_precedes_update_precedes_delete(node: Us, there: Peer) -> None:
    there.slow = asyncio.Event()
    await publish(node, there, kind="Create")
    await publish(node, there, kind="Update")
    await publish(node, there, kind="Create", about=f"{POSTS}2")
    sending = asyncio.create_task(node.deliverer.run_once())
    await there.until(lambda peer: peer.asked["/inbox"] >= 2)
    assert there.asked["/inbox"] == 2  # one for each root, not the Update
    there.slow.set()
    await sending
    about_one = [doc["type"] for _, doc in there.delivered if doc["object"] == f"{POSTS}1"]
    assert about_one == ["Create", "Update"]


async def test_a_delete_takes_back_what_was_not_sent(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    create = await publish(node, there)
    await node.deliverer.run_once()
    update = await publish(node, there, elsewhere, kind="Update")
    gone = await publish(node, there, elsewhere, kind="Delete")
    await node.deliverer.run_once()
    assert (types(there), types(elsewhere)) == (["Create", "Delete"], ["Delete"])
    assert [(await delivery(node, uri)).state for uri in (create, update, gone)] == [
        "sent",
        "cancelled",
        "sent",
    ]


async def test_each_peer_has_a_receipt_for_a_delete(node: Us, there: Peer, elsewhere: Peer) -> None:
    there.always = 202
    elsewhere.always = 403
    uri = await publish(node, there, elsewhere, kind="Delete")
    await node.deliverer.run_once()
    rows = await node.db.read(lambda uow: uow.deliveries.of_object(f"{POSTS}1"))
    assert {(one.type, one.state, one.last_status) for one in rows} == {
        ("Delete", "sent", 202),
        ("Delete", "refused", 403),
    }
    assert (await delivery(node, uri)).finished_at is not None


async def test_the_window_grows_with_success_up_to_a_limit(node: Us, there: Peer) -> None:
    for number in range(60):
        await publish(node, there, about=f"{POSTS}{number}")
    assert (await row(node, there)).window == 4
    assert await node.deliverer.run_once() == 60
    window = (await row(node, there)).window
    assert 4 < window <= LARGEST_WINDOW
    assert len(there.delivered) == 60


async def test_no_more_than_the_window_is_under_way(node: Us, there: Peer) -> None:
    there.slow = asyncio.Event()
    for number in range(12):
        await publish(node, there, about=f"{POSTS}{number}")
    sending = asyncio.create_task(node.deliverer.run_once())
    await there.until(lambda peer: peer.asked["/inbox"] >= 4)
    for _ in range(20):
        await row(node, there)
    assert there.asked["/inbox"] == 4
    there.slow.set()
    assert await sending == 12


async def test_a_slow_peer_does_not_hold_up_another(node: Us, there: Peer, elsewhere: Peer) -> None:
    there.slow = asyncio.Event()
    await publish(node, there)
    sending = asyncio.create_task(node.deliverer.run_once())
    await there.until(lambda peer: peer.asked["/inbox"] >= 1)
    await publish(node, elsewhere, about=f"{POSTS}2")
    await elsewhere.until(lambda peer: bool(peer.delivered))
    assert there.delivered == []
    there.slow.set()
    assert await sending == 2


async def test_a_crash_between_sending_and_recording_repeats_and_no_more(
    node: Us, there: Peer
) -> None:
    uri = await publish(node, there)
    now = node.clock.now()
    lost = await node.db.write(lambda uow: uow.deliveries.claim(now, LEASE, 10))
    assert len(lost) == 1
    assert await node.deliverer.run_once() == 0
    node.clock.advance(seconds=61)
    assert await node.deliverer.run_once() == 1
    assert (await delivery(node, uri)).state == "sent"


async def test_closing_gives_back_what_is_under_way(
    database: Database, clock: Clock, ids: Callable[[], int], there: Peer
) -> None:
    async with us(database, clock, ids) as node:
        there.slow = asyncio.Event()
        uri = await publish(node, there)
        sending = asyncio.create_task(node.deliverer.run_once())
        await there.until(lambda peer: peer.asked["/inbox"] >= 1)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await node.deliverer.close()
        waiting = await delivery(node, uri)
        assert (waiting.state, waiting.attempts, waiting.locked_until) == ("waiting", 0, None)
        there.slow.set()


async def test_nothing_goes_to_a_peer_that_was_blocked_meanwhile(node: Us, there: Peer) -> None:
    uri = await publish(node, there)
    now = node.clock.now()
    await node.db.write(
        lambda uow: uow.peers.set_policy(there.authority, "block", now, node.new_id)
    )
    assert await node.deliverer.run_once() == 0
    assert there.total() == 0
    assert (await delivery(node, uri)).state == "waiting"


async def test_when_federation_is_off_nothing_is_sent(
    database: Database, clock: Clock, ids: Callable[[], int], there: Peer
) -> None:
    async with us(database, clock, ids, mode="off") as node:
        await publish(node, there)
        assert await node.deliverer.run_once() == 0
        assert there.total() == 0


@pytest.mark.parametrize("steps", range(8))
async def test_who_is_told_to_stop_just_when_news_comes_stops(
    node: Us, there: Peer, steps: int
) -> None:
    """Whatever the event loop was at, the cancellation is heard."""
    there.slow = asyncio.Event()
    await publish(node, there)
    sending = asyncio.create_task(node.deliverer.run_once())
    await there.until(lambda peer: peer.asked["/inbox"] >= 1)
    await publish(node, there, about=f"{POSTS}2")
    await there.until(lambda peer: peer.asked["/inbox"] >= 2)
    node.deliverer._news.set()
    for _ in range(steps):
        await asyncio.sleep(0)
    sending.cancel()
    await asyncio.wait((sending,), timeout=5)
    assert sending.cancelled()
    there.slow.set()
