"""The inbox believes a signed request or leaves nothing of it behind."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from activitypub.signatures import HttpMessage
from activitypub.vocabulary import Like
from federation.inbox import Answer
from tests.federation.peer import JSON, OURS, Peer
from tests.federation.us import Us

NOTE = "https://us.example/posts/1"


async def refused(node: Us, there: Peer, message: HttpMessage, *statuses: int) -> Answer:
    """The answer to what is refused, once nothing is found of it."""
    asked = there.total()
    answer = await node.inbox.receive(message)
    assert answer.status in statuses, answer
    assert await node.receipts() == []
    assert there.total() == asked
    return answer


async def test_a_signed_activity_is_kept_byte_for_byte(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    body = json.dumps(ann.says("Like", NOTE), indent=3).encode()
    answer = await node.inbox.receive(ann.post(body, node.clock.now()))
    assert answer.status == 202
    [receipt] = await node.receipts()
    assert (receipt.body, receipt.actor_uri, receipt.type) == (body, ann.uri, "Like")
    assert (receipt.signed_by, receipt.authority) == (ann.key_id, there.authority)
    assert there.asked == {"/users/ann": 1}


async def test_rfc_9421_is_read_too(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    message = ann.post(ann.says("Like", NOTE), node.clock.now(), rfc9421=True)
    assert (await node.inbox.receive(message)).status == 202


async def test_sig_01_unsigned_is_401_and_leaves_nothing(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    signed = ann.post(ann.says("Like", NOTE), node.clock.now())
    bare = replace(signed, headers=tuple(h for h in signed.headers if h[0] != "Signature"))
    await refused(node, there, bare, 401)


async def test_sig_01_a_bad_signature_is_401_and_leaves_no_row(node: Us, there: Peer) -> None:
    ann, bea = there.someone("ann"), there.someone("bea", key=1)
    message = ann.post(ann.says("Like", NOTE), node.clock.now(), key=bea.rsa)
    for _ in range(10):
        assert (await node.inbox.receive(message)).status == 401
    assert await node.receipts() == []
    assert await node.db.read(lambda uow: uow.actors.by_uri(ann.uri)) is None
    assert await node.db.read(lambda uow: uow.keys.public(ann.key_id)) is None
    assert there.total() == 1
    good = ann.post(ann.says("Like", NOTE), node.clock.now())
    assert (await node.inbox.receive(good)).status == 202
    assert there.total() == 1


async def test_sig_03_a_changed_body_is_401(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    message = ann.post(ann.says("Like", NOTE), node.clock.now())
    assert message.body is not None
    await refused(node, there, replace(message, body=message.body + b" "), 401)


@pytest.mark.parametrize("hours", [-2, 2])
async def test_sig_05_an_old_or_future_signature_is_401(node: Us, there: Peer, hours: int) -> None:
    ann = there.someone("ann")
    at = node.clock.now() + timedelta(hours=hours)
    await refused(node, there, ann.post(ann.says("Like", NOTE), at), 401)


async def test_sig_06_a_signature_holds_for_one_target(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    message = ann.post(ann.says("Like", NOTE), node.clock.now(), target="/users/bob/inbox")
    assert (await node.inbox.receive(replace(message, target="/inbox"))).status == 401
    assert (await node.inbox.receive(message)).status == 202


async def test_sig_07_a_signature_for_another_host_is_401(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    message = ann.post(ann.says("Like", NOTE), node.clock.now(), host="other.example")
    await refused(node, there, message, 401)


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "identity,gzip"])
async def test_sig_17_a_packed_body_is_415(node: Us, there: Peer, coding: str) -> None:
    ann = there.someone("ann")
    message = ann.post(ann.says("Like", NOTE), node.clock.now())
    packed = replace(message, headers=(*message.headers, ("Content-Encoding", coding)))
    await refused(node, there, packed, 415)


async def test_sig_18_a_hundred_copies_at_once_have_one_effect(node: Us, there: Peer) -> None:
    notes = node.heard(Like)
    ann = there.someone("ann")
    message = ann.post(ann.says("Like", NOTE), node.clock.now())
    answers = await asyncio.gather(*(node.inbox.receive(message) for _ in range(100)))
    assert {answer.status for answer in answers} == {202}
    await node.process()
    assert (await node.inbox.receive(message)).status == 202
    await node.process()
    assert len(await node.receipts()) == len(notes) == 1
    assert there.asked["/users/ann"] == 1


async def test_sig_20_another_hosts_actor_is_401(node: Us, there: Peer, elsewhere: Peer) -> None:
    mallory, victim = there.someone("mallory"), elsewhere.someone("victim", key=1)
    forged = victim.says("Like", NOTE)
    message = mallory.post(forged, node.clock.now())
    await refused(node, there, message, 401)
    assert elsewhere.total() == 0


async def test_sig_21_another_actor_of_the_same_host_is_401(node: Us, there: Peer) -> None:
    ann, bob = there.someone("ann"), there.someone("bob", key=1)
    answer = await node.inbox.receive(ann.post(bob.says("Like", NOTE), node.clock.now()))
    assert answer.status == 401
    assert await node.receipts() == []
    assert (
        await node.inbox.receive(bob.post(bob.says("Like", NOTE), node.clock.now()))
    ).status == 202


async def test_sig_26_a_key_of_ours_from_outside_is_401(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    ours = f"https://{OURS}/personas/alice"
    forged = ann.says("Like", NOTE) | {"actor": ours, "id": f"{ours}/activities/1"}
    message = ann.post(forged, node.clock.now(), key_id=f"{ours}#main-key")
    await refused(node, there, message, 401)


async def test_sig_34_a_signature_inside_the_document_counts_for_nothing(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    mallory, victim = there.someone("mallory"), elsewhere.someone("victim", key=1)
    forged = victim.says("Like", NOTE) | {
        "signature": {"type": "RsaSignature2017", "creator": victim.key_id, "signatureValue": "AA"}
    }
    await refused(node, there, mallory.post(forged, node.clock.now()), 401)
    unsigned = HttpMessage(
        "POST",
        "https",
        OURS,
        "/inbox",
        (("Host", OURS), ("Content-Type", JSON)),
        json.dumps(forged).encode(),
    )
    await refused(node, there, unsigned, 401)


async def test_org_23_the_id_is_on_the_actors_host(node: Us, there: Peer, elsewhere: Peer) -> None:
    ann = there.someone("ann")
    good = ann.says("Like", NOTE)
    now = node.clock.now()
    for bad in (
        good | {"id": f"{elsewhere.origin}/activities/1"},
        good | {"id": NOTE},
        {name: value for name, value in good.items() if name != "id"},
    ):
        await refused(node, there, ann.post(bad, now), 400)
    assert (await node.inbox.receive(ann.post(good, now))).status == 202


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"a":' * 5000 + b"1" + b"}" * 5000, b"{", b"[]", b"\xff\xfe", b""],
    ids=["brackets", "nested", "cut", "list", "bytes", "empty"],
)
async def test_dos_04_what_is_no_object_is_400(node: Us, there: Peer, body: bytes) -> None:
    ann = there.someone("ann")
    await refused(node, there, ann.post(body, node.clock.now()), 400)


async def test_unknown_types_are_kept_and_answered_202(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    answer = await node.inbox.receive(ann.post(ann.says("Juggle", NOTE), node.clock.now()))
    assert answer.status == 202
    await node.process()
    [receipt] = await node.receipts()
    assert (receipt.state, receipt.reason) == ("ignored", "unknown type")
