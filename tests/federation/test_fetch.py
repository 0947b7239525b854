"""What we fetch is believed for the host that served it, and for nothing else."""

import json

import pytest
from aiohttp import web

from activitypub.webfinger import Handle
from federation.errors import BadResponse, Blocked, FetchError
from federation.limits import FetchBudget
from tests.federation.peer import JSON, Peer
from tests.federation.us import ORIGIN, Us

LD = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'


async def refused(node: Us, uri: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await node.fetcher.post(uri, FetchBudget())
    return caught.value


async def test_a_post_comes_signed_by_our_actor_and_with_the_right_accept(
    node: Us, there: Peer
) -> None:
    ann = there.someone("ann")
    note = there.note(ann, 1)
    found = await node.fetcher.post(note["id"], FetchBudget())
    assert (found.post.id, found.post.attributed_to) == (note["id"], ann.uri)
    asked = there.headers["/notes/1"]
    assert asked["Accept"] == f"{JSON}, {LD}"
    assert f'keyId="{node.alice.uri}#main-key",algorithm="rsa-sha256"' in asked["Signature"]


async def test_org_01_a_document_may_not_claim_an_id_elsewhere(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    victims = elsewhere.note(elsewhere.someone("victim"), 1)
    there.documents["/x"] = victims | {"content": "forged"}
    assert (await refused(node, f"{there.origin}/x")).reason == "other-origin"
    assert elsewhere.total() == 0


async def test_org_01_another_id_on_the_same_host_is_fetched_once_from_there(
    node: Us, there: Peer
) -> None:
    note = there.note(there.someone("ann"), 1, content="true")
    there.documents["/@ann/1"] = note | {"content": "a copy"}
    found = await node.fetcher.post(f"{there.origin}/@ann/1", FetchBudget())
    assert (found.post.id, found.post.content) == (note["id"], "true")
    assert there.asked["/notes/1"] == 1

    there.documents["/loop"] = note | {"id": f"{there.origin}/loop2"}
    there.documents["/loop2"] = note | {"id": f"{there.origin}/loop"}
    assert (await refused(node, f"{there.origin}/loop")).reason == "other-id"
    assert there.asked["/loop2"] == 1


@pytest.mark.parametrize(
    "kind",
    ["text/html", "text/plain", "application/json", "image/png", "application/ld+json", None],
)
async def test_org_02_only_activitystreams_is_read(node: Us, there: Peer, kind: str | None) -> None:
    note = there.note(there.someone("ann"), 1)
    body = json.dumps(note).encode()
    headers = {"Content-Type": kind} if kind else {}
    there.documents["/notes/1"] = web.Response(body=body, headers=headers)
    assert (await refused(node, note["id"])).reason == "content-type"
    for good in (JSON, LD, f"{JSON}; charset=utf-8"):
        there.documents["/notes/1"] = web.Response(body=body, headers={"Content-Type": good})
        await node.fetcher.post(note["id"], FetchBudget())


async def test_org_04_the_id_is_compared_with_the_final_url(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    theirs = there.note(there.someone("ann"), 1)
    forged = theirs | {"content": "forged"}
    elsewhere.documents["/notes/1"] = forged
    to_evil = web.Response(status=302, headers={"Location": f"{elsewhere.origin}/notes/1"})
    there.documents["/redirect"] = to_evil
    assert (await refused(node, f"{there.origin}/redirect")).reason == "other-origin"

    mine = elsewhere.note(elsewhere.someone("eve"), 2)
    there.documents["/notes/2"] = mine
    to_good = web.Response(status=302, headers={"Location": f"{there.origin}/notes/2"})
    elsewhere.documents["/notes/2"] = to_good
    assert (await refused(node, mine["id"])).reason == "other-origin"

    elsewhere.documents["/moved"] = web.Response(status=302, headers={"Location": theirs["id"]})
    found = await node.fetcher.post(f"{elsewhere.origin}/moved", FetchBudget())
    assert (found.post.id, found.post.content) == (theirs["id"], theirs["content"])


async def test_org_05_the_host_of_a_post_comes_from_its_id_alone(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    note = there.note(there.someone("ann"), 1, url=f"{elsewhere.origin}/@victim/1")
    assert (await node.fetcher.post(note["id"], FetchBudget())).post.url is None
    forged = there.note(elsewhere.someone("victim"), 2)
    assert (await refused(node, forged["id"])).reason == "other-author"


async def test_org_27_a_handle_is_shown_with_the_host_of_its_id(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    victim = elsewhere.someone("victim")
    fake = there.someone("victim", webfinger=f"victim@{elsewhere.authority}", url=victim.uri)
    actor = await node.fetcher.actor(fake.uri, FetchBudget())
    assert (actor.handle, actor.authority) == ("victim", there.authority)
    assert actor.url is None


async def test_org_30_an_inbox_elsewhere_is_refused_and_a_shared_one_dropped(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    bad = there.someone("bad", inbox=f"{elsewhere.origin}/inbox")
    with pytest.raises(BadResponse, match="inbox"):
        await node.fetcher.actor(bad.uri, FetchBudget())
    ann = there.someone(
        "ann",
        endpoints={"sharedInbox": f"{elsewhere.origin}/inbox"},
        outbox=f"{elsewhere.origin}/outbox",
    )
    actor = await node.fetcher.actor(ann.uri, FetchBudget())
    assert (actor.inbox, actor.shared_inbox, actor.outbox) == (f"{ann.uri}/inbox", None, None)
    assert elsewhere.total() == 0


async def test_out_15_our_own_uris_are_never_fetched(node: Us, there: Peer) -> None:
    with pytest.raises(Blocked):
        await node.fetcher.document(f"{ORIGIN}/posts/1", FetchBudget())
    there.documents["/us"] = web.Response(status=302, headers={"Location": f"{ORIGIN}/posts/1"})
    with pytest.raises(Blocked):
        await node.fetcher.document(f"{there.origin}/us", FetchBudget())
    assert (await node.fetcher.actor(node.alice.uri, FetchBudget())).id == node.alice.id


async def test_a_redirect_to_a_blocked_peer_is_not_followed(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    elsewhere.note(elsewhere.someone("bea"), 1)
    location = {"Location": f"{elsewhere.origin}/notes/1"}
    there.documents["/moved"] = web.Response(status=302, headers=location)
    now = node.clock.now()
    await node.db.write(
        lambda uow: uow.peers.set_policy(elsewhere.authority, "block", now, node.new_id)
    )
    await node.policy.refresh()
    with pytest.raises(Blocked):
        await node.fetcher.document(f"{there.origin}/moved", FetchBudget())
    assert elsewhere.total() == 0


async def test_out_11_a_collection_without_end_ends(node: Us, there: Peer) -> None:
    uri = f"{there.origin}/outbox"
    there.documents["/outbox"] = {"id": uri, "type": "OrderedCollection", "first": f"{uri}?p=0"}
    for number in range(40):
        there.documents[f"/outbox?p={number}"] = {
            "id": f"{uri}?p={number}",
            "type": "OrderedCollectionPage",
            "orderedItems": [f"{there.origin}/notes/{number}"],
            "next": f"{uri}?p={number + 1}",
        }
    assert len(await node.fetcher.collection(uri, FetchBudget(), 1000)) == 19
    assert there.total() == 20
    assert len(await node.fetcher.collection(uri, FetchBudget(), 3)) == 3


async def test_pages_of_a_collection_elsewhere_or_again_are_not_read(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    page = {"type": "OrderedCollection", "orderedItems": [f"{there.origin}/notes/1"]}
    for path, following in (("/a", elsewhere.origin + "/b"), ("/c", there.origin + "/c")):
        there.documents[path] = page | {"id": there.origin + path, "next": following}
        assert len(await node.fetcher.collection(there.origin + path, FetchBudget(), 9)) == 1
    assert elsewhere.total() == 0


async def test_webfinger_finds_an_actor_and_asks_the_host_that_a_name_belongs_to(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    ann = elsewhere.someone("ann")
    link = {"rel": "self", "type": JSON, "href": ann.uri}
    there_path = f"/.well-known/webfinger?resource=acct%3Aann%40127.0.0.1%3A{there.authority[10:]}"
    else_path = there_path.replace(there.authority[10:], elsewhere.authority[10:])
    subject = f"acct:ann@{elsewhere.authority}"
    there.documents[there_path] = {"subject": subject, "links": [link]}
    handle = Handle("ann", there.authority)
    with pytest.raises(BadResponse):
        await node.fetcher.webfinger(handle, FetchBudget())
    elsewhere.documents[else_path] = {"subject": subject, "links": [link | {"href": "http://x.y/"}]}
    with pytest.raises(BadResponse) as caught:
        await node.fetcher.webfinger(handle, FetchBudget())
    assert caught.value.reason == "other-subject"
    elsewhere.documents[else_path] = {"subject": subject, "links": [link]}
    assert await node.fetcher.webfinger(handle, FetchBudget()) == ann.uri
