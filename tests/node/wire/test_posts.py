"""Posts at their ids: documents, tombstones, replies, and the whole conversation."""

from typing import Any

import pytest

from activitypub.parse import parse_collection, parse_post
from tests.node.wire.world import FAR, NOW, ORIGIN, Seed, World

GROUP = f"{ORIGIN}/groups/calm"


def conversation(seed: Seed) -> dict[str, Any]:
    group, ann = seed.group("calm"), seed.actor("ann")
    bo = seed.actor("bo", origin=FAR)
    thread = seed.post(group, ann)
    far = seed.post(group, bo, thread)
    near = seed.post(group, ann, far)
    deleted = seed.post(group, ann, thread, deleted_at=NOW, content="", source=None)
    removed = seed.post(group, ann, thread, removed_at=NOW, removal_reason="unkind")
    made = {"thread": thread, "far": far, "near": near, "deleted": deleted, "removed": removed}
    uris = {name: view.post.uri for name, view in made.items()}
    return uris | {"group": group, "ann": ann, "view": thread}


async def test_a_thread_and_a_reply_dereference_at_their_ids(world: World) -> None:
    made = await world.seed(conversation)
    page = await world.document(made["thread"])
    assert (page["type"], page["id"]) == ("Page", made["thread"])
    note = await world.document(made["near"])
    assert (note["type"], note["inReplyTo"]) == ("Note", made["far"])
    assert note["cc"] == [GROUP, f"{FAR}/personas/bo"]
    for document in (page, note):
        assert parse_post(document).id == document["id"]


async def test_xss_14_a_document_is_typed_and_open_to_other_sites(world: World) -> None:
    made = await world.seed(conversation)
    answer = await world.at(made["thread"])
    assert answer.headers["Content-Type"] == "application/activity+json; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Vary"] == "Accept"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers


async def test_a_browser_gets_the_page_at_the_same_address(world: World) -> None:
    made = await world.seed(conversation)
    for accept in ("text/html,*/*;q=0.8", "*/*"):
        answer = await world.at(made["thread"], Accept=accept)
        assert (answer.status, await answer.text()) == (200, "<p>post</p>")
        assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize("name", ["deleted", "removed"])
async def test_what_is_gone_is_a_tombstone(world: World, name: str) -> None:
    made = await world.seed(conversation)
    answer = await world.at(made[name])
    assert answer.status == 410
    assert answer.headers["Content-Type"] == "application/activity+json; charset=utf-8"
    document = await answer.json(content_type=None)
    assert (document["type"], document["id"]) == ("Tombstone", made[name])
    assert set(document) == {"@context", "id", "type", "formerType", "deleted"}


async def test_another_nodes_post_is_at_its_own_node(world: World) -> None:
    made = await world.seed(conversation)
    number = made["far"].rpartition("/")[2]
    answer = await world.at(f"{ORIGIN}/posts/{number}")
    assert (answer.status, answer.headers["Location"]) == (302, made["far"])


async def test_replies_are_the_direct_ones_that_stand(world: World) -> None:
    made = await world.seed(conversation)
    page = await world.document(made["thread"])
    replies = await world.document(page["replies"])
    assert replies["id"] == page["replies"]
    assert replies["orderedItems"] == [made["far"]]
    near = await world.document(made["near"])
    assert (await world.document(near["replies"]))["orderedItems"] == []


async def test_the_context_names_every_standing_post_and_its_keeper(world: World) -> None:
    made = await world.seed(conversation)
    note = await world.document(made["near"])
    context = await world.document(note["context"])
    assert context["id"] == note["context"]
    assert context["attributedTo"] == GROUP
    assert context["orderedItems"] == [made["thread"], made["far"], made["near"]]
    assert context["totalItems"] == 3
    assert parse_collection(context).items == tuple(context["orderedItems"])
    for uri in context["orderedItems"]:
        if uri.startswith(ORIGIN):
            assert (await world.document(uri))["id"] == uri


async def test_the_contexts_etag_tells_whether_anything_was_said(world: World) -> None:
    made = await world.seed(conversation)
    uri = f"{made['thread']}/context"
    etag = (await world.at(uri)).headers["ETag"]
    same = await world.at(uri, **{"If-None-Match": etag})
    assert (same.status, await same.read()) == (304, b"")
    await world.seed(lambda seed: seed.post(made["group"], made["ann"], made["view"]))
    changed = await world.at(uri, **{"If-None-Match": etag})
    assert changed.status == 200
    assert changed.headers["ETag"] != etag


async def test_a_conversation_elsewhere_is_not_said_to_be_kept_here(world: World) -> None:
    def far_group(seed: Seed) -> str:
        group, ann = seed.group("else", origin=FAR), seed.actor("ann")
        return seed.post(group, ann).post.uri

    page = await world.document(await world.seed(far_group))
    assert page["audience"] == f"{FAR}/groups/else"
    assert "attributedTo" not in await world.document(page["context"])


async def test_a_deleted_threads_replies_can_still_be_found(world: World) -> None:
    def ended(seed: Seed) -> list[str]:
        group, ann = seed.group("calm"), seed.actor("ann")
        thread = seed.post(group, ann, deleted_at=NOW, content="")
        return [view.post.uri for view in (thread, seed.post(group, ann, thread))]

    thread, reply = await world.seed(ended)
    context = await world.document((await world.document(reply))["context"])
    assert context["orderedItems"] == [reply]
    assert (await world.at(thread)).status == 410


async def test_only_a_thread_has_a_context(world: World) -> None:
    made = await world.seed(conversation)
    assert (await world.at(f"{made['thread']}/context")).status == 200
    assert (await world.at(f"{made['near']}/context")).status == 404


@pytest.mark.parametrize(
    "number",
    ["0", "-1", "007", "1e3", "99999999999999999999", "9223372036854775808", "%00", "%F0%9F", "x"],
)
async def test_what_is_no_number_is_not_there(world: World, number: str) -> None:
    await world.seed(conversation)
    for tail in ("", "/replies", "/context"):
        assert (await world.at(f"{ORIGIN}/posts/{number}{tail}")).status == 404
    assert (await world.at(f"{ORIGIN}/activities/{number}")).status == 404
