"""Actors at their ids, and the small collections they name."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from activitypub.parse import parse_actor, parse_collection
from tests.node.wire.world import FAR, HOST, NOW, ORIGIN, Seed, World


def people(seed: Seed) -> dict[str, Any]:
    group, ann = seed.group("calm"), seed.actor("ann")
    bo, node = seed.actor("bo", origin=FAR), seed.actor(HOST, "Application")
    seed.member(group, ann, role="moderator")
    seed.member(group, bo)
    first, second = seed.post(group, ann), seed.post(group, bo, pinned_at=NOW)
    third = seed.post(group, ann, pinned_at=NOW)
    seed.post(group, ann, pinned_at=NOW, removed_at=NOW)
    return {
        "group": group.actor.uri,
        "ann": ann.uri,
        "bo": bo.uri,
        "node": node.uri,
        "plain": first.post.uri,
        "pinned": [third.post.uri, second.post.uri],
    }


@pytest.mark.parametrize(
    ("name", "kind"), [("ann", "Person"), ("group", "Group"), ("node", "Application")]
)
async def test_each_actor_dereferences_at_its_id(world: World, name: str, kind: str) -> None:
    made = await world.seed(people)
    document = await world.document(made[name])
    assert (document["id"], document["type"]) == (made[name], kind)
    assert document["publicKey"]["owner"] == made[name]
    assert document["publicKey"]["id"] == f"{made[name]}#main-key"
    assert load_pem_public_key(document["publicKey"]["publicKeyPem"].encode())
    assert document["assertionMethod"][0]["publicKeyMultibase"].startswith("z6Mk")
    assert "PRIVATE" not in str(document)
    assert document["endpoints"]["sharedInbox"] == f"{ORIGIN}/inbox"
    read = parse_actor(document)
    assert (read.id, read.type) == (made[name], kind)
    assert len(read.public_keys) == len(read.assertion_methods) == 1


@pytest.mark.parametrize("name", ["ann", "group", "node"])
async def test_the_collections_an_actor_names_are_there(world: World, name: str) -> None:
    made = await world.seed(people)
    actor = await world.document(made[name])
    named = {"outbox", "followers", "featured", "moderators"} & set(actor)
    assert "outbox" in named
    for member in named - ({"followers"} if name == "node" else set()):
        collection = await world.document(actor[member])
        assert collection["id"] == actor[member]
        assert parse_collection(collection).id == actor[member]


async def test_followers_are_a_number_without_names(world: World) -> None:
    made = await world.seed(people)
    followers = await world.document(f"{made['group']}/followers")
    assert (followers["type"], followers["totalItems"], followers["items"]) == ("Collection", 2, [])
    none = await world.document(f"{made['ann']}/followers")
    assert (none["totalItems"], none["items"]) == (0, [])


async def test_moderators_are_named_in_order_to_be_believed(world: World) -> None:
    made = await world.seed(people)
    group = await world.document(made["group"])
    assert group["attributedTo"] == f"{made['group']}/moderators"
    moderators = await world.document(group["attributedTo"])
    assert (moderators["type"], moderators["orderedItems"]) == ("OrderedCollection", [made["ann"]])


async def test_featured_holds_whole_pinned_threads(world: World) -> None:
    made = await world.seed(people)
    featured = await world.document(f"{made['group']}/featured")
    assert [one["id"] for one in featured["orderedItems"]] == made["pinned"]
    assert {one["type"] for one in featured["orderedItems"]} == {"Page"}
    assert featured["totalItems"] == 2
    own = featured["orderedItems"][0]
    alone = await world.document(made["pinned"][0])
    of_its_page = {"@context", "likes", "shares"}
    assert own == {name: value for name, value in alone.items() if name not in of_its_page}
    for name in ("likes", "shares"):
        assert (await world.document(alone[name]))["items"] == []


@pytest.mark.parametrize("path", ["personas/ann", "groups/calm"])
async def test_a_browser_gets_the_page(world: World, path: str) -> None:
    await world.seed(people)
    answer = await world.at(f"{ORIGIN}/{path}", Accept="text/html")
    assert await answer.text() == f"<p>{path.partition('/')[0].removesuffix('s')}</p>"
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "path",
    ["personas/calm", "groups/ann", "personas/ANN", "personas/bo", "personas/a%00", "groups/%2e"],
)
async def test_an_actor_is_only_at_its_own_id(world: World, path: str) -> None:
    await world.seed(people)
    assert (await world.at(f"{ORIGIN}/{path}")).status == 404


async def test_asking_again_costs_no_second_document(world: World) -> None:
    made = await world.seed(people)
    etag = (await world.at(made["ann"])).headers["ETag"]
    again = await world.at(made["ann"], **{"If-None-Match": etag})
    assert (again.status, await again.read()) == (304, b"")
    assert (await world.at(made["ann"], **{"If-None-Match": '"other"'})).status == 200
