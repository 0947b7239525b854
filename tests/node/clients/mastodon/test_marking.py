"""What people do with posts through apps: favourites, boosts, bookmarks, pins, quiet threads."""

from typing import Any

import pytest

from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community

STATUSES = "/api/v1/statuses"


async def walk(who: Client, text: str = "a walk", visibility: str = "public") -> Any:
    return await who.ok("POST", STATUSES, json={"status": text, "visibility": visibility})


@pytest.mark.parametrize(
    ("does", "field"),
    [
        ("favourite", "favourited"),
        ("bookmark", "bookmarked"),
        ("pin", "pinned"),
        ("mute", "muted"),
    ],
)
async def test_there_and_back(house: ClientHouse, does: str, field: str) -> None:
    rowan = await house.person("rowan")
    made = await walk(rowan)
    here = f"{STATUSES}/{made['id']}"
    assert made[field] is False
    for verb, expected in ((does, True), (does, True), (f"un{does}", False), (f"un{does}", False)):
        answer = await rowan.ok("POST", f"{here}/{verb}")
        assert (answer["id"], answer[field]) == (made["id"], expected)
        assert (await rowan.get(here)).body[field] is expected


async def test_a_boost_is_a_status_of_its_own(house: ClientHouse) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    made = await walk(rowan)
    here = f"{STATUSES}/{made['id']}"
    boost = await ash.ok("POST", f"{here}/reblog")
    assert boost["reblogged"]
    assert boost["reblog"]["id"] == made["id"]
    assert boost["account"]["acct"] == "ash"
    again = await ash.ok("POST", f"{here}/reblog")
    assert again["id"] == boost["id"]
    back = await ash.ok("POST", f"{here}/unreblog")
    assert (back["id"], back["reblogged"], back["reblog"]) == (made["id"], False, None)
    hidden = await walk(rowan, visibility="private")
    assert (await ash.post(f"{STATUSES}/{hidden['id']}/reblog")).status == 404
    assert (await rowan.post(f"{STATUSES}/{hidden['id']}/reblog")).status == 422


async def test_lists_of_marks_are_paged_and_show_what_may_be_read(house: ClientHouse) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    made = [await walk(rowan, f"walk {number}") for number in range(3)]
    for verb, path in (("bookmark", "/api/v1/bookmarks"), ("favourite", "/api/v1/favourites")):
        for one in made:
            await ash.ok("POST", f"{STATUSES}/{one['id']}/{verb}")
        page = await ash.get(path, limit=2)
        assert [one["id"] for one in page.body] == [made[2]["id"], made[1]["id"]]
        assert 'rel="next"' in page.headers["Link"]
        link = page.headers["Link"].split(">")[0].lstrip("<")
        rest = await ash.get(link)
        assert [one["id"] for one in rest.body] == [made[0]["id"]]
    await rowan.ok("DELETE", f"{STATUSES}/{made[2]['id']}")
    left = (await ash.get("/api/v1/bookmarks")).body
    assert [one["id"] for one in left] == [made[1]["id"], made[0]["id"]]


async def test_pins_are_few_and_ones_own(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    made = [await walk(rowan, f"walk {number}") for number in range(6)]
    answer = await ash.post(f"{STATUSES}/{made[0]['id']}/pin")
    assert answer.status == 422
    assert "own posts" in answer.body["error"]
    for one in made[:5]:
        await rowan.ok("POST", f"{STATUSES}/{one['id']}/pin")
    answer = await rowan.post(f"{STATUSES}/{made[5]['id']}/pin")
    assert answer.status == 422
    assert "Unpin one" in answer.body["error"]
    seen = await one_house.visitor.get(f"/api/v1/accounts/{rowan.id}/statuses", pinned=True)
    assert [one["id"] for one in seen.body] == [one["id"] for one in made[4::-1]]
    note = await walk(rowan, "to myself", "direct")
    assert (await rowan.post(f"{STATUSES}/{note['id']}/pin")).status == 422


async def test_nothing_is_told_of_a_quiet_thread(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    made = await walk(rowan)
    await rowan.ok("POST", f"{STATUSES}/{made['id']}/mute")
    reply = {"status": "with you", "in_reply_to_id": made["id"], "visibility": "public"}
    await ash.ok("POST", STATUSES, json=reply)
    await ash.ok("POST", f"{STATUSES}/{made['id']}/favourite")
    news = one_house.rooms.db.read
    assert await news(lambda uow: uow.notifications.list(rowan.persona.id, 10)) == []
    await rowan.ok("POST", f"{STATUSES}/{made['id']}/unmute")
    await ash.ok("POST", STATUSES, json=reply)
    assert len(await news(lambda uow: uow.notifications.list(rowan.persona.id, 10))) == 1


async def test_what_is_not_there_takes_no_mark(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    group = await one_house.group("hush", rowan, "private")
    thread = await Community(one_house).thread(group.actor.id, rowan)
    for verb in ("favourite", "bookmark", "pin", "mute", "reblog"):
        for target in (thread.id, 7777):
            for undo in ("", "un"):
                answer = await ash.post(f"{STATUSES}/{target}/{undo}{verb}")
                assert answer.status == 404, (verb, target)
        assert (await rowan.post(f"{STATUSES}/{thread.id}/{verb}")).status in (200, 403, 422)


async def test_any_reaction_counts_as_favourite(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    group = await one_house.group("porch", rowan, "local")
    community = Community(one_house)
    thread = await community.thread(group.actor.id, rowan)
    await community.react(thread, ash, "proud")
    liked = await ash.ok("POST", f"{STATUSES}/{thread.id}/favourite")
    assert liked["favourited"]
    assert liked["kith"]["reaction"] == "proud"
