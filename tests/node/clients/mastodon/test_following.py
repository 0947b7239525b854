"""Following people and joining groups through apps."""

from tests.node.clients.house import Client, ClientHouse

ACCOUNTS = "/api/v1/accounts"


async def relation(who: Client, whom: str) -> object:
    return (await who.get(f"{ACCOUNTS}/relationships", id=[whom])).body[0]


async def test_somebody_who_looks_first_is_asked(house: ClientHouse) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    asked = await ash.ok("POST", f"{ACCOUNTS}/{rowan.id}/follow", json={"notify": True})
    assert (asked["following"], asked["requested"]) == (False, True)
    waiting = await rowan.get("/api/v1/follow_requests")
    assert [one["acct"] for one in waiting.body] == ["ash"]
    seen = await rowan.get(f"{ACCOUNTS}/relationships", id=[ash.id])
    assert seen.body[0]["requested_by"] is True
    let_in = await rowan.ok("POST", f"/api/v1/follow_requests/{ash.id}/authorize")
    assert (let_in["followed_by"], let_in["requested_by"]) == (True, False)
    now = (await ash.get(f"{ACCOUNTS}/relationships", id=[rowan.id])).body[0]
    assert (now["following"], now["notifying"], now["showing_reblogs"]) == (True, True, True)
    assert (await rowan.post(f"/api/v1/follow_requests/{ash.id}/authorize")).status == 404
    out = await rowan.ok("POST", f"{ACCOUNTS}/{ash.id}/remove_from_followers")
    assert out["followed_by"] is False


async def test_a_request_can_be_turned_down(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    await ash.ok("POST", f"{ACCOUNTS}/{rowan.id}/follow")
    no = await rowan.ok("POST", f"/api/v1/follow_requests/{ash.id}/reject")
    assert (no["followed_by"], no["requested_by"]) == (False, False)
    assert (await rowan.get("/api/v1/follow_requests")).body == []


async def test_options_of_a_follow_are_kept(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    await rowan.ok("PATCH", f"{ACCOUNTS}/update_credentials", json={"locked": False})
    options = {"reblogs": "false", "languages[]": ["en", "pt-BR"]}
    made = await ash.ok("POST", f"{ACCOUNTS}/{rowan.id}/follow", data=options)
    assert (made["following"], made["showing_reblogs"]) == (True, False)
    assert made["languages"] == ["en", "pt-BR"]
    again = await ash.ok("POST", f"{ACCOUNTS}/{rowan.id}/follow")
    assert again["showing_reblogs"] is False
    gone = await ash.ok("POST", f"{ACCOUNTS}/{rowan.id}/unfollow")
    assert (gone["following"], gone["languages"]) == (False, None)
    bad = await ash.post(f"{ACCOUNTS}/{rowan.id}/follow", json={"languages": ["not a language"]})
    assert bad.status == 422


async def test_following_a_group_is_joining_it(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    group = await one_house.group("porch", rowan, "local")
    joined = await ash.ok("POST", f"{ACCOUNTS}/{group.actor.id}/follow")
    assert joined["following"] is True
    members = await one_house.rooms.db.read(lambda uow: uow.memberships.count(group.actor.id))
    assert members == 2
    left = await ash.ok("POST", f"{ACCOUNTS}/{group.actor.id}/unfollow")
    assert left["following"] is False
    stays = await rowan.post(f"{ACCOUNTS}/{group.actor.id}/unfollow")
    assert stays.status == 403
    assert "host this group" in stays.body["error"]


async def test_a_group_that_asks_says_where(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    group = await one_house.group("porch", rowan, "local")
    await one_house.rooms.db.write(
        lambda uow: uow.groups.update(group.actor.id, join_policy="approval")
    )
    answer = await ash.post(f"{ACCOUNTS}/{group.actor.id}/follow")
    assert answer.status == 403
    assert "/groups/porch" in answer.body["error"]


async def test_who_is_not_there_cannot_be_followed(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    group = await one_house.group("hush", rowan, "private")
    for target in (str(group.actor.id), "7777", "banana"):
        for verb in ("follow", "unfollow", "remove_from_followers"):
            assert (await ash.post(f"{ACCOUNTS}/{target}/{verb}")).status == 404
        assert (await ash.get(f"{ACCOUNTS}/relationships", id=[target])).body == []
    assert (await ash.post(f"{ACCOUNTS}/{ash.id}/follow")).status in (403, 422)
