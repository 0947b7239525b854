"""PRV-05, PRV-07: what is not for others looks like what never was, on every route."""

from typing import Any

import pytest
from aiohttp import ClientResponse

from activitypub import shapes
from tests.node.wire.world import NOW, ORIGIN, Seed, World

NEVER = 999_999


def rooms(seed: Seed) -> dict[str, Any]:
    """The same things in a public, a local and a private group; and two people who went."""
    ann = seed.actor("ann")
    made: dict[str, Any] = {}
    for handle, visibility in (("calm", "public"), ("house", "local"), ("secret", "private")):
        group = seed.group(handle, visibility)
        seed.member(group, ann, role="moderator")
        thread = seed.post(group, ann, pinned_at=NOW)
        seed.post(group, ann, thread)
        like = shapes.like(f"{ORIGIN}/activities/{seed.new_id()}", ann.uri, thread.post.uri, None)
        sent = seed.sent(ann, like, thread.post.uri)
        made[handle] = (thread.post.id, sent.id)
    seed.group("ended", gone_at=NOW)
    seed.group("halted", suspended_at=NOW)
    seed.actor("left", gone_at=NOW)
    seed.actor("paused", suspended_at=NOW)
    return made


async def face(answer: ClientResponse) -> tuple[int, bytes, dict[str, str]]:
    """All that an asker can see, but for the time."""
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    return answer.status, await answer.read(), headers


@pytest.mark.parametrize("accept", ["application/activity+json", "application/ld+json"])
@pytest.mark.parametrize("tail", ["", "/outbox", "/followers", "/moderators", "/featured"])
async def test_a_group_that_stays_here_is_not_there(world: World, tail: str, accept: str) -> None:
    await world.seed(rooms)
    never = await face(await world.at(f"{ORIGIN}/groups/never{tail}", Accept=accept))
    assert never[0] == 404
    for handle in ("house", "secret", "ended", "halted"):
        hidden = await world.at(f"{ORIGIN}/groups/{handle}{tail}", Accept=accept)
        assert await face(hidden) == never
    assert (await world.at(f"{ORIGIN}/groups/calm{tail}", Accept=accept)).status == 200


@pytest.mark.parametrize("tail", ["", "/replies", "/context"])
async def test_posts_of_such_a_group_are_not_there(world: World, tail: str) -> None:
    made = await world.seed(rooms)
    never = await face(await world.at(f"{ORIGIN}/posts/{NEVER}{tail}"))
    assert never[0] == 404
    for handle in ("house", "secret"):
        assert await face(await world.at(f"{ORIGIN}/posts/{made[handle][0]}{tail}")) == never
    assert (await world.at(f"{ORIGIN}/posts/{made['calm'][0]}{tail}")).status == 200


async def test_nor_is_an_activity_about_them(world: World) -> None:
    made = await world.seed(rooms)
    never = await face(await world.at(f"{ORIGIN}/activities/{NEVER}"))
    for handle in ("house", "secret"):
        assert await face(await world.at(f"{ORIGIN}/activities/{made[handle][1]}")) == never
    assert (await world.at(f"{ORIGIN}/activities/{made['calm'][1]}")).status == 200


@pytest.mark.parametrize("tail", ["", "/outbox", "/followers"])
async def test_people_who_left_or_were_suspended_are_not_there(world: World, tail: str) -> None:
    await world.seed(rooms)
    never = await face(await world.at(f"{ORIGIN}/personas/never{tail}"))
    assert never[0] == 404
    for handle in ("left", "paused")[not tail :]:
        assert await face(await world.at(f"{ORIGIN}/personas/{handle}{tail}")) == never
    assert (await world.at(f"{ORIGIN}/personas/ann{tail}")).status == 200


async def test_of_who_left_only_keys_are_shown_that_prove_their_deletes(world: World) -> None:
    """For as long as they are kept."""
    await world.seed(rooms)
    answer = await world.at(f"{ORIGIN}/personas/left")
    document = await answer.json(content_type=None)
    assert document["publicKey"]["owner"] == f"{ORIGIN}/personas/left"
    assert {"name", "summary", "icon", "published", "updated"}.isdisjoint(document)


async def test_webfinger_knows_none_of_them(world: World) -> None:
    await world.seed(rooms)
    ask = f"{ORIGIN}/.well-known/webfinger?resource="
    never = await face(await world.at(f"{ask}acct:never@kith.example"))
    assert never[0] == 404
    for handle in ("house", "secret", "left", "paused"):
        assert await face(await world.at(f"{ask}acct:{handle}@kith.example")) == never
    for handle in ("house", "secret"):
        assert await face(await world.at(f"{ask}{ORIGIN}/groups/{handle}")) == never
    assert (await world.at(f"{ask}acct:calm@kith.example")).status == 200


async def test_what_was_said_there_never_counts_or_shows_elsewhere(world: World) -> None:
    await world.seed(rooms)
    outbox = await world.document(f"{ORIGIN}/personas/ann/outbox")
    assert outbox["totalItems"] == 2
    before = await (await world.at(f"{ORIGIN}/nodeinfo/2.1")).read()
    await world.seed(lambda seed: seed.group("another", "private"))
    assert await (await world.at(f"{ORIGIN}/nodeinfo/2.1")).read() == before


async def test_every_inbox_answers_alike(world: World) -> None:
    await world.seed(rooms)
    faces = []
    for handle in ("calm", "house", "secret", "never"):
        path = f"/groups/{handle}/inbox"
        faces.append(await face(await world.client.post(path, data=b"{}")))
        faces.append(await face(await world.client.get(path)))
    assert faces[::2] == faces[:1] * 4
    assert faces[1::2] == faces[1:2] * 4
    assert (faces[0][0], faces[1][0]) == (202, 405)
