"""Publishing writes rows in the caller's transaction, and nothing else."""

import msgspec
import pytest

from activitypub.signatures import cavage_digest, content_digest, verify_proof
from federation.own_keys import NoSuchKeys, ed25519_key_id
from storage.unit_of_work import UnitOfWork
from tests.federation.peer import Peer
from tests.federation.sends import delivery, publish
from tests.federation.us import Us, local_actor


async def test_an_activity_is_rendered_proven_and_digested_once(node: Us, there: Peer) -> None:
    uri = await publish(node, there)
    stored = await node.db.read(lambda uow: uow.activities.by_uri(uri))
    assert stored is not None
    assert uri.endswith(f"/{stored.id}")
    assert stored.cavage_digest == cavage_digest(stored.body)
    assert stored.content_digest == content_digest(stored.body)
    document = msgspec.json.decode(stored.body)
    assert document["proof"]["verificationMethod"] == ed25519_key_id(node.alice.uri)
    pair = await node.own_keys.load(node.db, node.alice.id)
    verify_proof(document, pair.ed25519.public_key())


async def test_one_delivery_for_each_inbox(node: Us, there: Peer, elsewhere: Peer) -> None:
    uri = await publish(node, there, elsewhere, there)
    stored = await node.db.read(lambda uow: uow.activities.by_uri(uri))
    assert stored is not None
    rows = await node.db.read(lambda uow: uow.deliveries.of_activity(stored.id))
    assert sorted(one.inbox for one in rows) == sorted(
        [f"{there.origin}/inbox", f"{elsewhere.origin}/inbox"]
    )


async def test_a_transaction_that_is_rolled_back_has_said_nothing(node: Us, there: Peer) -> None:
    number, uri = node.outbox.new_activity_uri()

    def write(uow: UnitOfWork) -> None:
        node.outbox.publish(
            uow,
            actor=node.alice,
            document={"id": uri, "type": "Like", "actor": node.alice.uri, "object": uri + "0"},
            inboxes=[(there.authority, f"{there.origin}/inbox")],
            root=uri,
            object_uri=None,
        )
        raise KeyError(number)

    with pytest.raises(KeyError):
        await node.db.write(write)
    assert await node.db.read(lambda uow: uow.activities.by_uri(uri)) is None
    assert await node.deliverer.run_once() == 0
    assert there.total() == 0


async def test_blocked_peers_and_inboxes_of_third_hosts_get_no_row(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    now = node.clock.now()
    await node.db.write(
        lambda uow: uow.peers.set_policy(there.authority, "block", now, node.new_id)
    )
    uri = await publish(node, there)
    with pytest.raises(IndexError):
        await delivery(node, uri)

    def reflect(uow: UnitOfWork) -> int:
        published = node.outbox.publish(
            uow,
            actor=node.alice,
            document={"id": uri + "1", "type": "Like", "actor": node.alice.uri, "object": uri},
            inboxes=[
                (there.authority, f"{elsewhere.origin}/inbox"),
                ("us.example", "https://us.example/inbox"),
            ],
            root=uri,
            object_uri=None,
        )
        return len(uow.deliveries.of_activity(published.activity.id))

    assert await node.db.write(reflect) == 0


async def test_only_our_own_actors_publish(node: Us, there: Peer) -> None:
    bob = local_actor("bob", node.new_id(), node.clock)
    document = {"id": f"{bob.uri}/1", "type": "Like", "actor": bob.uri, "object": there.origin}

    def write(uow: UnitOfWork) -> None:
        uow.actors.add(bob)
        node.outbox.publish(
            uow, actor=bob, document=document, inboxes=(), root=bob.uri, object_uri=None
        )

    with pytest.raises(NoSuchKeys):
        await node.db.write(write)
