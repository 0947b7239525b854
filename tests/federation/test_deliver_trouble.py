"""Delivery in bad weather: back-off, parking, the circuit, the dead, and those who come back."""

from datetime import timedelta

import pytest

from federation.health import FIRST_PAUSE, LONGEST_PAUSE, OPENS_AFTER
from tests.federation.peer import OURS, Peer
from tests.federation.sends import delivery, publish, row, types
from tests.federation.us import Us

POSTS = "https://us.example/posts/"


async def attempts_made(node: Us, there: Peer) -> int:
    """How many requests one turn of the deliverer makes."""
    before = there.asked["/inbox"]
    await node.deliverer.run_once()
    return there.asked["/inbox"] - before


async def test_a_5xx_is_tried_again_when_it_is_due(node: Us, there: Peer) -> None:
    there.answers = [500]
    uri = await publish(node, there)
    assert await attempts_made(node, there) == 1
    waiting = await delivery(node, uri)
    assert (waiting.state, waiting.attempts, waiting.last_status) == ("waiting", 1, 500)
    wait = waiting.next_attempt_at - node.clock.now()
    assert timedelta(seconds=4) <= wait <= timedelta(seconds=6)
    assert await node.deliverer.next_due() == waiting.next_attempt_at
    assert await attempts_made(node, there) == 0
    node.clock.advance(seconds=6)
    assert await attempts_made(node, there) == 1
    assert (await delivery(node, uri)).state == "sent"


async def test_what_follows_in_its_root_waits_and_other_roots_do_not(node: Us, there: Peer) -> None:
    there.answers = [500]
    await publish(node, there, kind="Create")
    await node.deliverer.run_once()
    await publish(node, there, kind="Update")
    await publish(node, there, kind="Create", about=f"{POSTS}2")
    await node.deliverer.run_once()
    assert [document["object"] for _, document in there.delivered] == [f"{POSTS}2"]
    node.clock.advance(seconds=6)
    await node.deliverer.run_once()
    assert types(there) == ["Create", "Create", "Update"]


async def test_retry_after_is_honoured_for_the_peer(node: Us, there: Peer) -> None:
    there.answers = [(429, {"Retry-After": "3600"})]
    first = await publish(node, there)
    await node.deliverer.run_once()
    due = (await delivery(node, first)).next_attempt_at
    assert due == node.clock.now() + timedelta(hours=1)
    await publish(node, there, about=f"{POSTS}2")
    node.clock.advance(minutes=59)
    assert await attempts_made(node, there) == 0
    node.clock.advance(minutes=1)
    assert await attempts_made(node, there) == 2


@pytest.mark.parametrize("status", [400, 403, 404, 405, 422])
async def test_b14_a_4xx_ends_it_and_is_never_repeated(node: Us, there: Peer, status: int) -> None:
    there.always = status
    uri = await publish(node, there, kind="Announce")
    await node.deliverer.run_once()
    asked = there.asked["/inbox"]
    assert asked == (2 if status == 400 else 1)  # a 400 may be about the form of the signature
    ended = await delivery(node, uri)
    assert (ended.state, ended.last_status) == ("refused", status)
    node.clock.advance(hours=1000)
    assert await attempts_made(node, there) == 0
    assert (await row(node, there)).state == "up"


async def test_410_is_gone(node: Us, there: Peer) -> None:
    there.always = 410
    uri = await publish(node, there)
    await node.deliverer.run_once()
    assert (await delivery(node, uri)).state == "gone"


async def test_a_401_to_both_signatures_is_tried_again_later(node: Us, there: Peer) -> None:
    there.answers = [401, 401]
    uri = await publish(node, there)
    assert await attempts_made(node, there) == 2
    assert (await delivery(node, uri)).state == "waiting"
    assert (await row(node, there)).profile is None
    node.clock.advance(seconds=6)
    await node.deliverer.run_once()
    assert (await delivery(node, uri)).state == "sent"


async def test_every_attempt_is_signed_anew(node: Us, there: Peer) -> None:
    there.answers = [503]
    await publish(node, there)
    await node.deliverer.run_once()
    first = there.headers["/inbox"]
    node.clock.advance(hours=5)
    await node.deliverer.run_once()
    again = there.headers["/inbox"]
    assert first["Date"] != again["Date"]
    assert first["Signature"] != again["Signature"]


async def test_a_poisonous_activity_is_parked_while_others_pass(node: Us, there: Peer) -> None:
    poison = await publish(node, there, inbox="/poison")
    there.poisoned = {"/poison"}
    for number in range(2, 7):
        await publish(node, there, about=f"{POSTS}{number}")
        await node.deliverer.run_once()
        node.clock.advance(hours=2)
    parked = await delivery(node, poison)
    assert (parked.state, parked.attempts, parked.last_status) == ("parked", 4, 500)
    assert len(there.delivered) == 5
    await publish(node, there, kind="Update")  # of the same root as the parked one
    await node.deliverer.run_once()
    assert types(there)[-1] == "Update"


async def test_the_circuit_opens_after_five_failures_and_is_probed_by_one(
    node: Us, there: Peer
) -> None:
    there.always = 502
    for number in range(20):
        await publish(node, there, about=f"{POSTS}{number}")
    made = await attempts_made(node, there)
    assert OPENS_AFTER <= made <= OPENS_AFTER + 3  # those that were under way
    state = await row(node, there)
    assert (state.state, state.open_until) == ("open", node.clock.now() + FIRST_PAUSE)
    assert state.window == 1
    assert await attempts_made(node, there) == 0

    pauses = []
    for _ in range(9):
        state = await row(node, there)
        assert state.open_until is not None
        node.clock.advance(seconds=(state.open_until - node.clock.now()).total_seconds())
        assert await attempts_made(node, there) == 1
        after = await row(node, there)
        assert after.open_until is not None
        pauses.append(after.open_until - node.clock.now())
    assert pauses == [min(FIRST_PAUSE * 2**n, LONGEST_PAUSE) for n in range(1, 10)]

    there.always = 202
    node.clock.advance(hours=1)
    await node.deliverer.run_once()
    state = await row(node, there)
    assert (state.state, state.failures, state.open_until) == ("up", 0, None)
    assert len(there.delivered) > 1


async def test_one_bad_activity_does_not_open_the_circuit(node: Us, there: Peer) -> None:
    there.poisoned = {"/poison"}
    await publish(node, there, inbox="/poison")
    for _ in range(OPENS_AFTER + 2):
        await node.deliverer.run_once()
        node.clock.advance(hours=8)
    assert there.asked["/poison"] == OPENS_AFTER + 2
    assert (await row(node, there)).state == "failing"


async def test_contact_closes_the_circuit_and_hastens_what_found_no_connection(
    node: Us, there: Peer
) -> None:
    ann = there.someone("ann")
    there.refuse = True
    for number in range(8):
        await publish(node, there, about=f"{POSTS}{number}")
    await node.deliverer.run_once()
    assert (await row(node, there)).state == "open"
    assert there.delivered == []

    there.refuse = False
    like = ann.says("Like", f"https://{OURS}/posts/1")
    assert (await node.inbox.receive(ann.post(like, node.clock.now()))).status == 202
    await node.contacts.settle()
    state = await row(node, there)
    assert (state.state, state.last_seen_at) == ("up", node.clock.now())
    await node.deliverer.close()  # waits for what was hastened to be noted
    await node.deliverer.run_once()
    assert len(there.delivered) == 8


async def test_a_peer_that_is_silent_for_a_week_is_gone_and_probed_daily(
    node: Us, there: Peer
) -> None:
    there.always = 503
    for number in range(OPENS_AFTER):
        await publish(node, there, about=f"{POSTS}{number}")
    for _ in range(24):
        await node.deliverer.run_once()
        node.clock.advance(hours=8)
    assert (await row(node, there)).state == "gone"
    node.clock.advance(hours=24)
    assert await attempts_made(node, there) == 1
    assert (await row(node, there)).state == "gone"
    node.clock.advance(hours=12)
    assert await attempts_made(node, there) == 0

    there.always = 202
    node.clock.advance(hours=12)
    await node.deliverer.run_once()
    assert (await row(node, there)).state == "up"


async def test_a_peer_that_was_gone_is_revived_by_contact(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    there.always = 503
    for number in range(OPENS_AFTER):
        await publish(node, there, about=f"{POSTS}{number}")
    for _ in range(24):
        await node.deliverer.run_once()
        node.clock.advance(hours=8)
    assert (await row(node, there)).state == "gone"
    there.always = 202
    like = ann.says("Like", f"https://{OURS}/posts/1")
    assert (await node.inbox.receive(ann.post(like, node.clock.now()))).status == 202
    await node.contacts.settle()
    await publish(node, there, about=f"{POSTS}99")
    await node.deliverer.run_once()
    assert f"{POSTS}99" in [document["object"] for _, document in there.delivered]


async def test_an_inbox_at_a_forbidden_address_is_refused_for_good(node: Us, there: Peer) -> None:
    uri = await publish(node, Peer("10.0.0.1:8080"))
    await node.deliverer.run_once()
    refused = await delivery(node, uri)
    assert refused.state == "refused"
    assert refused.last_error is not None
    assert refused.last_error.startswith("address")
