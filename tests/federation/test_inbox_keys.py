"""Keys are fetched seldom, from nobody who must be spared, and never believed by themselves."""

import asyncio
from dataclasses import replace

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from storage.actors import Actor
from tests.federation.peer import Peer, Someone, pem_of, rsa_key
from tests.federation.us import Us

NOTE = "https://us.example/posts/1"


async def status(node: Us, who: Someone, number: int = 1, **how: object) -> int:
    """The answer to a Like of `who`."""
    message = who.post(who.says("Like", NOTE, number), node.clock.now(), **how)  # type: ignore[arg-type]
    return (await node.inbox.receive(message)).status


async def stored(node: Us, uri: str) -> Actor | None:
    return await node.db.read(lambda uow: uow.actors.by_uri(uri))


async def stored_key(node: Us, key_id: str) -> object:
    return await node.db.read(lambda uow: uow.keys.public(key_id))


async def test_sig_22_a_key_document_with_another_id_is_refused(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    keys = [f"{there.origin}/keys/{number}" for number in (0, 1)]
    uri = f"{there.origin}/users/ann"
    listed = [{"id": key, "owner": uri, "publicKeyPem": pem_of(rsa_key(0))} for key in keys]
    ann = there.someone("ann", publicKey=listed)
    for number, claimed in enumerate((f"{there.origin}/keys/9", f"{elsewhere.origin}/keys/1")):
        asked = f"/keys/{number}"
        document = {"id": claimed, "owner": ann.uri, "publicKeyPem": pem_of(ann.rsa)}
        there.documents[asked] = there.documents["/keys/9"] = document
        assert await status(node, ann, key_id=there.origin + asked) == 401
        for key_id in (there.origin + asked, claimed):
            assert await stored_key(node, key_id) is None
    assert elsewhere.total() == 0


async def test_a_key_at_a_url_of_its_own_is_believed_when_its_actor_lists_it(
    node: Us, there: Peer
) -> None:
    key_id = f"{there.origin}/keys/1"
    key = {"id": key_id, "owner": f"{there.origin}/users/ann", "publicKeyPem": pem_of(rsa_key(0))}
    ann = there.someone("ann", publicKey=key)
    there.documents["/keys/1"] = {"id": key_id, "type": "Key", **key}
    assert await status(node, ann, key_id=key_id) == 202


async def test_sig_23_a_key_that_its_owner_does_not_list_is_401(node: Us, there: Peer) -> None:
    victim = there.someone("victim")
    key_id = f"{there.origin}/uploads/key"
    there.documents["/uploads/key"] = {
        "id": key_id,
        "owner": victim.uri,
        "publicKeyPem": pem_of(rsa_key(1)),
    }
    assert await status(node, victim, key_id=key_id, key=rsa_key(1)) == 401
    assert await node.receipts() == []
    assert await status(node, victim) == 202


async def test_sig_27_a_flood_of_keys_of_one_host_costs_it_five_fetches(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    ghosts = [Someone(f"{there.origin}/users/{n}", rsa_key(0), None) for n in range(40)]  # type: ignore[arg-type]
    statuses = await asyncio.gather(*(status(node, ghost) for ghost in ghosts))
    assert set(statuses) <= {401, 429}
    for ghost in ghosts:
        await status(node, ghost)
    assert there.total() <= 5
    assert await status(node, elsewhere.someone("ann")) == 202

    node.clock.advance(minutes=11)
    late = there.someone("late")
    assert await status(node, late) == 202


async def test_sig_27_a_busy_honest_host_with_deleted_accounts_is_not_shut_out(
    node: Us, there: Peer
) -> None:
    for number in range(8):
        ghost = Someone(f"{there.origin}/users/ghost{number}", rsa_key(0), None)  # type: ignore[arg-type]
        assert await status(node, ghost) == 401
        assert await status(node, there.someone(f"ann{number}")) == 202


async def test_sig_28_a_new_key_is_accepted_after_one_fetch_and_the_old_one_stops(
    node: Us, there: Peer
) -> None:
    before = there.someone("ann")
    assert await status(node, before, 1) == 202
    after = there.someone("ann", key=1)
    statuses = await asyncio.gather(*(status(node, after, number) for number in range(10, 20)))
    assert set(statuses) == {202}  # all that come while the new key is fetched, too
    assert there.asked["/users/ann"] == 2
    assert await status(node, before, 3) == 401
    assert await status(node, after, 4) == 202
    assert there.asked["/users/ann"] == 2


async def test_sig_28_bad_signatures_do_not_make_us_fetch_again_and_again(
    node: Us, there: Peer
) -> None:
    ann = there.someone("ann")
    assert await status(node, ann) == 202
    statuses = [await status(node, ann, number, key=rsa_key(1)) for number in range(2, 40)]
    assert set(statuses) == {401}
    assert there.asked["/users/ann"] == 2
    node.clock.advance(seconds=61)
    assert await status(node, there.someone("ann", key=1), 50) == 202
    assert there.asked["/users/ann"] == 3


async def test_sig_28_a_key_that_proved_nothing_yet_is_asked_for_again_too(
    node: Us, there: Peer
) -> None:
    before = there.someone("ann")
    assert await status(node, before, key=rsa_key(1)) == 401
    after = there.someone("ann", key=1)
    assert await status(node, after, 2) == 401
    node.clock.advance(seconds=61)
    assert await status(node, after, 3) == 202
    assert there.asked["/users/ann"] == 2


async def test_sig_29_an_account_that_erases_itself_is_believed_by_the_key_we_have(
    node: Us, there: Peer
) -> None:
    ann = there.someone("ann")
    assert await status(node, ann) == 202
    there.documents["/users/ann"] = 410
    message = ann.post(ann.says("Delete", ann.uri, 2), node.clock.now())
    assert (await node.inbox.receive(message)).status == 202
    assert [one.type for one in await node.receipts()] == ["Like", "Delete"]
    assert there.asked["/users/ann"] == 1


async def test_sig_29_gone_says_only_the_actors_own_host_with_410(node: Us, there: Peer) -> None:
    for code, gone in ((404, False), (410, True)):
        who = there.someone(f"u{code}")
        assert await status(node, who) == 202
        there.documents[f"/users/u{code}"] = code
        node.keys.forget(-1)
        # Its key was changed and then it went: what it signs now cannot be checked any more.
        message = who.post(who.says("Delete", who.uri, 2), node.clock.now(), key=rsa_key(1))
        assert (await node.inbox.receive(message)).status == 202
        actor = await stored(node, who.uri)
        assert actor is not None
        assert (actor.gone_at is not None) is gone
    assert [one.type for one in await node.receipts()] == ["Like", "Like"]


async def test_dos_17_deletes_of_unknown_accounts_cost_nothing(node: Us, there: Peer) -> None:
    for number in range(200):
        ghost = Someone(f"{there.origin}/users/{number}", rsa_key(0), None)  # type: ignore[arg-type]
        message = ghost.post(ghost.says("Delete", ghost.uri), node.clock.now())
        assert (await node.inbox.receive(message)).status == 202
    assert there.total() == 0
    assert await node.receipts() == []


async def test_sig_13_an_actor_with_a_weak_key_is_401_and_the_key_is_not_kept(
    node: Us, there: Peer
) -> None:
    weak = generate_private_key(65537, 1024)
    ann = there.someone("ann")
    document = replace(ann, rsa=weak).document()
    there.documents["/users/ann"] = document
    assert await status(node, ann) == 401
    assert await stored_key(node, ann.key_id) is None


async def test_a_key_that_cannot_be_fetched_now_asks_the_sender_to_come_back(
    node: Us, there: Peer
) -> None:
    ann = there.someone("ann")
    there.documents["/users/ann"] = web.Response(status=503)
    message = ann.post(ann.says("Like", NOTE), node.clock.now())
    answer = await node.inbox.receive(message)
    assert answer.status == 429
    assert answer.retry_after
    there.someone("ann")
    assert (await node.inbox.receive(message)).status == 202
