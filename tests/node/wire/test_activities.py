"""Sent activities at their ids (rule 5): as sent, unless their words have changed since."""

from datetime import timedelta
from typing import Any

import pytest

from activitypub import shapes
from activitypub.parse import parse_activity
from node.groups.documents import post_document
from tests.node.wire.world import FAR, NOW, ORIGIN, Seed, World, as_federated

LONG_AFTER = NOW + timedelta(days=30)


def said(seed: Seed) -> dict[str, Any]:
    group, ann = seed.group("calm"), seed.actor("ann")
    thread = seed.post(group, ann)
    seed.published(group, thread)
    reply = seed.post(group, ann, thread)
    seed.published(group, reply, thread)
    uri, where = thread.post.uri, group.actor.uri
    document = post_document(thread, as_federated(group), None, ORIGIN)
    greeting = shapes.announce(f"{ORIGIN}/activities/15", where, f"{where}/followers", ann.uri)
    kinds = [
        shapes.update(f"{ORIGIN}/activities/11", document),
        shapes.delete(f"{ORIGIN}/activities/12", ann.uri, uri, where),
        shapes.like(f"{ORIGIN}/activities/13", ann.uri, uri, where, "🫂"),
        shapes.lock(f"{ORIGIN}/activities/14", ann.uri, uri, where, "too heated"),
    ]
    rows = [seed.sent(ann, one, uri) for one in kinds]
    rows.append(seed.sent(group.actor, greeting, ann.uri))
    announces = [
        one for one in seed.uow.activities.of_actor(group.actor.id, 10) if one.object_uri == uri
    ]
    creates = [one for one in seed.uow.activities.of_actor(ann.id, 10) if one.type == "Create"]
    return {"post": thread.post, "rows": rows + announces + creates, "announce": announces[0]}


async def test_every_kind_is_served_in_the_very_bytes_that_were_sent(world: World) -> None:
    made = await world.seed(said)
    kinds = {one.type for one in made["rows"]}
    assert kinds == {"Create", "Update", "Delete", "Like", "Lock", "Announce"}
    for row in made["rows"]:
        answer = await world.at(row.uri)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/activity+json; charset=utf-8"
        assert await answer.read() == row.body
        document = await answer.json(content_type=None)
        assert parse_activity(document).id == document["id"] == row.uri


async def test_what_an_announce_carries_dereferences_too(world: World) -> None:
    made = await world.seed(said)
    announce = await world.document(made["announce"].uri)
    create = await world.document(announce["object"]["id"])
    assert create["object"]["id"] == announce["object"]["object"]["id"]
    assert (await world.document(create["object"]["id"]))["type"] == "Page"


@pytest.mark.parametrize("change", ["edit", "delete", "remove"])
async def test_words_that_are_gone_are_not_shown_again(world: World, change: str) -> None:
    made = await world.seed(said)
    post = made["post"]
    old = post.content.encode()

    def changed(seed: Seed) -> None:
        if change == "edit":
            seed.edit(post, "Other", LONG_AFTER)
        elif change == "delete":
            seed.uow.posts.tombstone(post.id, LONG_AFTER)
        else:
            seed.uow.posts.remove(post.id, None, "unkind", LONG_AFTER)

    await world.seed(changed)
    for row in made["rows"]:
        shown = await (await world.at(row.uri)).read()
        assert old not in shown
        if old in row.body:
            document = parse_activity(await world.document(row.uri))
            assert document.id == row.uri
    announce = await world.document(made["announce"].uri)
    assert announce["object"]["object"] == post.uri
    assert "proof" not in announce


async def test_an_activity_that_was_not_for_everyone_is_not_there(world: World) -> None:
    def follow(seed: Seed) -> Any:
        ann, uri = seed.actor("ann"), f"{ORIGIN}/activities/21"
        asked = shapes.follow(uri, ann.uri, f"{FAR}/groups/calm")
        again = shapes.follow(uri.replace("21", "22"), ann.uri, f"{FAR}/groups/calm")
        return seed.sent(ann, asked, None, public=False), seed.sent(ann, again, None)

    hidden, shown = await world.seed(follow)
    assert (await world.at(hidden.uri)).status == 404
    assert (await world.at(shown.uri)).status == 200


@pytest.mark.parametrize("visibility", ["local", "private"])
async def test_a_group_that_closed_takes_its_activities_along(
    world: World, visibility: str
) -> None:
    made = await world.seed(said)
    group_id = made["post"].group_id
    await world.seed(lambda seed: seed.uow.groups.update(group_id, visibility=visibility))
    for row in made["rows"]:
        assert (await world.at(row.uri)).status == 404


async def test_the_activities_of_someone_who_left_go_too(world: World) -> None:
    def gone(seed: Seed) -> Any:
        ann, bo = seed.actor("ann", gone_at=NOW), seed.actor("bo")
        hers = shapes.like(f"{ORIGIN}/activities/31", ann.uri, f"{FAR}/posts/1", None)
        his = shapes.like(f"{ORIGIN}/activities/32", bo.uri, f"{FAR}/posts/1", None)
        return seed.sent(ann, hers, None), seed.sent(bo, his, None)

    hidden, shown = await world.seed(gone)
    assert (await world.at(hidden.uri)).status == 404
    assert (await world.at(shown.uri)).status == 200
