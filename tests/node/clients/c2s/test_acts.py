"""Every kind of activity, by the ways that apps send it."""

from datetime import UTC, datetime

import pytest

from tests.node.clients.c2s.conftest import Street
from tests.node.clients.c2s.desk import PUBLIC, deliveries, done, items, note, read, send, status
from tests.node.clients.house import Client

DAWN = datetime(2020, 1, 1, tzinfo=UTC)


async def test_a_follow_waits_until_it_is_accepted(street: Street) -> None:
    rowan, ash = street.rowan, street.ash

    follow = await done(ash, {"type": "Follow", "object": rowan.persona.uri})
    [asked] = await items(rowan, "pendingFollowers")
    [waits] = await items(ash, "pendingFollowing")
    inner = {"type": asked["type"], "actor": ash.persona.uri, "id": asked["id"]}
    accept = await done(rowan, {"type": "Accept", "object": inner})

    assert (asked["actor"], waits["object"]) == (ash.persona.uri, rowan.persona.uri)
    assert (await read(ash, asked["id"]))["type"] == "Follow"
    assert (await read(ash, follow["id"]))["object"] == rowan.persona.uri
    assert accept["object"]["type"] == "Follow"
    assert await items(rowan, "pendingFollowers") == await items(ash, "pendingFollowing") == []
    assert await items(rowan, "followers") == [ash.persona.uri]
    assert await items(ash, "following") == [rowan.persona.uri]
    kinds = [one["type"] for one in await items(rowan, "inbox")]
    assert kinds in (["Follow"], [])
    assert [one["type"] for one in await items(ash, "inbox")] == ["Accept"]


async def test_a_follow_is_rejected_and_a_follower_removed(street: Street) -> None:
    rowan, ash = street.rowan, street.ash
    await done(ash, {"type": "Follow", "object": rowan.persona.uri})
    inner = {"type": "Follow", "actor": ash.persona.uri}

    await done(rowan, {"type": "Reject", "object": inner})
    assert await items(rowan, "pendingFollowers") == []
    await done(ash, {"type": "Follow", "object": rowan.persona.uri})
    await done(rowan, {"type": "Accept", "object": inner})
    await done(rowan, {"type": "Reject", "object": inner})

    assert await items(rowan, "followers") == []


@pytest.mark.parametrize("by_id", [True, False])
async def test_a_follow_is_undone(street: Street, by_id: bool) -> None:
    ash, group = street.ash, street.public.actor
    follow = await done(ash, {"type": "Follow", "object": group.uri})
    assert await items(ash, "following") == [group.uri]

    inner = follow["id"] if by_id else {"type": "Follow", "object": group.uri, "id": follow["id"]}
    undone = await done(ash, {"type": "Undo", "object": inner})

    assert undone["object"]["type"] == "Follow"
    assert await items(ash, "following") == []


async def _shared_post(street: Street) -> str:
    return await _thread(street, street.rowan)


async def test_a_like_shows_to_who_liked_and_as_a_number_to_others(street: Street) -> None:
    rowan, ash, uri = street.rowan, street.ash, await _shared_post(street)

    like = await done(ash, {"type": "Like", "object": uri})
    again = await done(ash, {"type": "EmojiReact", "object": uri, "content": "💪"})

    likes = await read(ash, (await read(ash, uri))["likes"])
    assert [one["actor"] for one in likes["items"]] == [ash.persona.uri]
    assert again["content"] == "💪"
    assert await read(ash, like["id"]) or True
    assert await items(ash, "liked") == [uri]
    for other in (rowan, street.house.visitor):
        seen = await read(other, f"{uri}/likes")
        assert (seen["totalItems"], seen["items"]) == (1, [])
    await done(ash, {"type": "Undo", "object": likes["items"][0]})
    assert await items(ash, "liked") == []


async def test_a_share_is_made_and_undone(street: Street) -> None:
    ash, uri = street.ash, await _shared_post(street)

    share = await done(ash, {"type": "Announce", "object": uri})

    shares = await read(ash, (await read(ash, uri))["shares"])
    assert [one["id"] for one in shares["items"]] == [share["id"]]
    assert (await read(ash, share["id"]))["object"] == uri
    assert (await items(ash, "outbox"))[0]["type"] == "Announce"
    seen = await read(street.house.visitor, f"{uri}/shares")
    assert seen["items"] == []
    await done(ash, {"type": "Undo", "object": share["id"]})
    assert (await read(ash, f"{uri}/shares"))["items"] == []


async def test_a_block_is_silent_listed_and_undone(street: Street) -> None:
    rowan, ash, uri = street.rowan, street.ash, await _shared_post(street)

    block = await done(ash, {"type": "Block", "object": rowan.persona.uri})

    [listed] = await items(ash, "blocked")
    assert (listed["type"], listed["object"]) == ("Block", rowan.persona.uri)
    assert (await read(ash, listed["id"]))["actor"] == ash.persona.uri
    assert await status(ash, uri) == 404
    assert await status(rowan, block["id"]) == 404
    assert await items(rowan, "inbox") == []
    await done(ash, {"type": "Undo", "object": listed["id"]})
    assert await status(ash, uri) == 200
    assert await deliveries(street.house) == 0


async def test_a_flag_is_a_report_to_the_staff_alone(street: Street) -> None:
    uri = await _shared_post(street)

    flag = await done(street.ash, {"type": "Flag", "object": uri, "content": "not kind"})

    assert "not kind" not in str(flag)
    reports = await street.house.rooms.db.read(
        lambda uow: uow.reports.count_since([street.ash.persona.id], DAWN)
    )
    assert reports == 1
    assert await status(street.rowan, flag["id"]) == 404
    assert await deliveries(street.house) == 0


async def test_a_flag_takes_what_stands_in_no_group(street: Street) -> None:
    """One report for each author: posts of a profile, for followers too, and a message."""
    rowan, ash = street.rowan, street.ash
    for followed in (rowan.persona.uri, street.public.actor.uri):
        await done(ash, {"type": "Follow", "object": followed})
    await done(rowan, {"type": "Accept", "object": {"type": "Follow", "actor": ash.persona.uri}})
    few = await done(rowan, note("for few", to=[f"{rowan.persona.uri}/followers"]))
    message = await done(rowan, note("for you", to=[ash.persona.uri]))
    named = [one["object"]["id"] for one in (few, message)] + [await _shared_post(street)]

    await done(ash, {"type": "Flag", "object": [rowan.persona.uri, *named], "content": "not kind"})

    [report] = await street.house.rooms.db.read(
        lambda uow: uow.reports.of_reporters([ash.persona.id], 10)
    )
    assert (report.subject_id, report.kind, report.group_id) == (rowan.persona.id, "post", None)
    excerpts = await street.house.rooms.db.read(lambda uow: uow.reports.excerpts(report.id))
    kinds = sorted(one.excerpt.source for one in excerpts)
    assert kinds == ["message", "post", "post"]


async def test_what_one_may_not_read_is_not_flagged(street: Street) -> None:
    own = await done(street.rowan, note("for me"))
    for uri in (own["object"]["id"], f"{street.house.origin}/client/messages/7", "https://x.test/"):
        refused = await send(street.ash, {"type": "Flag", "object": uri})
        assert refused.status == 400, refused.text
        assert refused.body["type"].endswith("#object-does-not-exist"), uri


async def _thread(street: Street, app: Client) -> str:
    group = street.public.actor.uri
    create = await done(app, note("words", name="A thread", to=[PUBLIC], cc=[group]))
    uri: str = create["object"]["id"]
    return uri


async def test_moderators_pin_lock_and_remove(street: Street) -> None:
    rowan, ash, group = street.rowan, street.ash, street.public.actor
    await done(ash, {"type": "Follow", "object": group.uri})
    uri = await _thread(street, ash)
    pin = {"type": "Add", "object": uri, "target": group.featured}
    lock, removal = {"type": "Lock", "object": uri}, {"type": "Delete", "object": uri}

    assert (await send(ash, pin)).status == 403
    assert (await send(ash, lock)).status == 403
    await done(rowan, pin)
    await done(rowan, lock)
    post = await street.house.house.post(uri)
    assert post is not None
    assert (post.pinned_at is not None, post.locked_at is not None) == (True, True)
    await done(rowan, {**pin, "type": "Remove"})
    await done(rowan, {"type": "Undo", "object": lock})
    await done(rowan, {**removal, "summary": "off topic"})
    assert await status(rowan, uri) == 404
    named = {"type": "Add", "object": ash.persona.uri, "target": group.moderators}
    assert (await send(ash, named)).status == 403
    await done(rowan, named)
    await done(rowan, {**named, "type": "Remove"})


async def test_a_collection_is_its_owners(street: Street) -> None:
    rowan, uri = street.rowan, await _shared_post(street)
    made = await done(
        rowan,
        {"type": "Create", "object": {"type": "Collection", "nameMap": {"en": ["To", "read"]}}},
    )
    target = made["object"] if isinstance(made["object"], str) else made["object"]["id"]

    await done(rowan, {"type": "Add", "target": target, "object": uri})
    one = await read(rowan, target)
    await done(rowan, {"type": "Update", "object": {"id": target, "name": "Read"}})
    await done(rowan, {"type": "Remove", "target": target, "object": uri})
    other = await read(rowan, target)

    assert (one["name"], one["items"]) == ("To read", [uri])
    assert (other["name"], other["items"]) == ("Read", [])
    assert await status(street.ash, target) == 404
    assert await status(street.house.visitor, target) == 401
    assert (await send(street.ash, {"type": "Add", "target": target, "object": uri})).status == 400
    await done(rowan, {"type": "Delete", "object": target})
    assert await status(rowan, target) == 404


async def test_the_own_actor_changes(street: Street) -> None:
    rowan = street.rowan
    change = {"id": rowan.persona.uri, "name": "Rowan of the night", "summary": "<p>I listen</p>"}

    await done(rowan, {"type": "Update", "object": change})

    own = await read(rowan, rowan.persona.uri)
    assert own["name"] == "Rowan of the night"
    assert "I listen" in own["summary"]
    other = {"id": rowan.persona.uri, "name": "Mallory"}
    assert (await send(street.ash, {"type": "Update", "object": other})).status == 400
