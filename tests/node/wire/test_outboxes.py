"""Outboxes: stored activities, newest first, whole while short and in pages beyond."""

from datetime import timedelta
from typing import Any

import pytest

from activitypub import shapes
from activitypub.parse import parse_activity, parse_collection
from activitypub.vocabulary import Announce, Create, Post
from node.wire import outboxes
from tests.node.wire.world import FAR, NOW, ORIGIN, Seed, World

GROUP, ANN = f"{ORIGIN}/groups/calm", f"{ORIGIN}/personas/ann"


def threads(seed: Seed, many: int = 3) -> list[Any]:
    """Threads of ann, each with a reply, in the public group; and what must not show."""
    group, ann = seed.group("calm"), seed.actor("ann")
    made = []
    for _ in range(many):
        thread = seed.post(group, ann)
        seed.published(group, thread)
        seed.published(group, seed.post(group, ann, thread), thread)
        made.append(thread.post)
    removed = seed.post(group, ann, removed_at=NOW)
    seed.published(group, removed)
    seed.post(seed.group("house", "local"), ann)
    seed.post(seed.group("secret", "private"), ann)
    return made


def far_thread(seed: Seed) -> Any:
    """A thread that another node's member wrote in our group."""
    group, bo = seed.group("calm"), seed.actor("bo", origin=FAR)
    view = seed.post(group, bo)
    seed.published(group, view)
    return view.post


async def test_a_groups_outbox_announces_each_threads_create(world: World) -> None:
    made = await world.seed(threads)
    outbox = await world.document(f"{GROUP}/outbox")
    assert (outbox["type"], outbox["id"]) == ("OrderedCollection", f"{GROUP}/outbox")
    assert outbox["totalItems"] == 3
    assert "next" not in outbox
    assert len(parse_collection(outbox).items) == 3
    carried = []
    for item in outbox["orderedItems"]:
        assert item == await world.document(item["id"])
        announce = parse_activity(item)
        assert isinstance(announce, Announce)
        [create] = announce.objects
        assert isinstance(create, Create)
        assert isinstance(create.object, Post)
        assert (await world.document(create.id))["type"] == "Create"
        carried.append(create.object.id)
    assert carried == [post.uri for post in reversed(made)]


async def test_the_first_announce_counts_and_nothing_else_about_a_thread(world: World) -> None:
    def busy(seed: Seed) -> str:
        group, ann = seed.group("calm"), seed.actor("ann")
        view, where = seed.post(group, ann), group.actor.uri
        about = view.post.uri
        early = shapes.lock(f"{ORIGIN}/activities/5", where, about, where)
        seed.sent(group.actor, early, about)
        seed.published(group, view)
        twin = shapes.announce(f"{ORIGIN}/activities/9000000", where, f"{where}/followers", about)
        seed.sent(group.actor, twin, about)
        return about

    about = await world.seed(busy)
    [item] = (await world.document(f"{GROUP}/outbox"))["orderedItems"]
    assert (item["type"], item["object"]["object"]["id"]) == ("Announce", about)


async def test_another_nodes_thread_is_announced_as_it_came(world: World) -> None:
    post = await world.seed(far_thread)
    [item] = (await world.document(f"{GROUP}/outbox"))["orderedItems"]
    assert item["object"]["id"] == post.create_uri
    assert item["object"]["object"]["id"] == post.uri
    assert "proof" in item


async def test_an_edited_thread_shows_its_present_words(world: World) -> None:
    [post] = await world.seed(lambda seed: threads(seed, 1))

    [before] = (await world.document(f"{GROUP}/outbox"))["orderedItems"]
    await world.seed(lambda seed: seed.edit(post, "Other", NOW + timedelta(days=9)))
    [after] = (await world.document(f"{GROUP}/outbox"))["orderedItems"]
    assert after["id"] == before["id"]
    page = await world.document(post.uri)
    assert page["content"] == "<p>Other</p>"
    of_its_page = {"@context", "likes", "shares"}
    expected = {name: value for name, value in page.items() if name not in of_its_page}
    assert after["object"]["object"] == expected
    assert "proof" not in after
    own = (await world.document(f"{ANN}/outbox"))["orderedItems"]
    assert [one["object"] for one in own if one["id"] == post.create_uri] == [post.uri]


async def test_a_personas_outbox_has_what_it_wrote_in_public(world: World) -> None:
    made = await world.seed(threads)
    outbox = await world.document(f"{ANN}/outbox")
    assert outbox["totalItems"] == 6
    creates = [parse_activity(item) for item in outbox["orderedItems"]]
    assert len(creates) == 6
    written = [one.object.id for one in creates if isinstance(one, Create) and one.object.name]  # type: ignore[union-attr]
    assert written == [post.uri for post in reversed(made)]
    for item in outbox["orderedItems"]:
        assert item == await world.document(item["id"])
        assert (await world.document(item["object"]["id"]))["attributedTo"] == ANN


async def pages_of(world: World, uri: str) -> list[dict[str, Any]]:
    pages = [await world.document(uri)]
    while "next" in pages[-1]:
        pages.append(await world.document(pages[-1]["next"]))
    return pages


@pytest.mark.parametrize(("limit", "value"), [("PAGE", 2), ("PAGE_BYTES", 5_000)])
@pytest.mark.parametrize("uri", [f"{GROUP}/outbox", f"{ANN}/outbox"])
async def test_a_long_outbox_goes_on_in_pages(
    world: World, monkeypatch: pytest.MonkeyPatch, uri: str, limit: str, value: int
) -> None:
    await world.seed(lambda seed: threads(seed, 5))
    whole = (await world.document(uri))["orderedItems"]
    monkeypatch.setattr(outboxes, limit, value)
    pages = await pages_of(world, uri)
    assert len(pages) > 2
    assert [one["id"] for page in pages for one in page["orderedItems"]] == [
        one["id"] for one in whole
    ]
    for page in pages[1:]:
        assert (page["type"], page["partOf"]) == ("OrderedCollectionPage", uri)
    assert {page["totalItems"] for page in pages} == {len(whole)}


async def test_one_thread_larger_than_a_page_is_still_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.seed(threads)
    monkeypatch.setattr(outboxes, "PAGE_BYTES", 10)
    pages = await pages_of(world, f"{GROUP}/outbox")
    assert [len(page["orderedItems"]) for page in pages] == [1, 1, 1]


async def test_the_node_itself_says_nothing(world: World) -> None:
    await world.seed(lambda seed: seed.actor("kith.example", "Application"))
    assert (await world.document(f"{ORIGIN}/actor/outbox"))["orderedItems"] == []
