"""Mutes, blocks, domain blocks and notes from apps."""

from typing import Any

from node.groups.reading import group_page
from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.counting import queries
from tests.node.clients.mastodon.schema import all_conform, conforms, needs_schema

MUTES, BLOCKS, NODES = "/api/v1/mutes", "/api/v1/blocks", "/api/v1/domain_blocks"


def at(whom: Client, act: str) -> str:
    return f"/api/v1/accounts/{whom.id}/{act}"


async def test_somebody_is_muted_for_a_while(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    assert await rowan.ok("GET", MUTES) == []
    body = {"duration": 60, "notifications": "false"}
    how = await rowan.ok("POST", at(kit, "mute"), data=body)
    assert (how["id"], how["muting"], how["muting_notifications"]) == (kit.id, True, False)
    [muted] = await rowan.ok("GET", MUTES)
    assert (muted["id"], muted["mute_expires_at"]) == (kit.id, how["muting_expires_at"])
    assert await kit.ok("GET", MUTES) == []
    house.clock.advance(seconds=61)
    assert await rowan.ok("GET", MUTES) == []
    how = await rowan.ok("POST", at(kit, "mute"))
    assert (how["muting_notifications"], how["muting_expires_at"]) == (True, None)
    how = await rowan.ok("POST", at(kit, "unmute"))
    assert how["muting"] is False
    assert await rowan.ok("GET", MUTES) == []


async def test_a_mute_tells_nobody_and_cuts_nobody_off(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    await rowan.ok("POST", at(kit, "mute"))
    before = await kit.ok("GET", f"/api/v1/accounts/{rowan.id}")
    await rowan.ok("POST", at(kit, "unmute"))
    assert await kit.ok("GET", f"/api/v1/accounts/{rowan.id}") == before
    assert await kit.ok("GET", "/api/v1/notifications") == []
    assert (await rowan.ok("GET", f"/api/v1/accounts/{kit.id}"))["id"] == kit.id


async def test_who_moderates_reads_whom_they_mute(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group, here = await house.group("grief", rowan), Community(house)
    await here.join(group.actor.id, kit)
    post = await here.thread(group.actor.id, kit)
    await rowan.ok("POST", at(kit, "mute"))
    page = await house.rooms.db.read(lambda uow: group_page(uow, group.actor.id, rowan.persona))
    assert [view.post.id for view in page.threads] == [post.id]


async def test_a_block_from_an_app_is_silent(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    how = await rowan.ok("POST", at(kit, "block"))
    assert (how["blocking"], how["blocked_by"]) == (True, False)
    assert [one["id"] for one in await rowan.ok("GET", BLOCKS)] == [kit.id]
    # Who is blocked finds nobody, as if nobody had ever been there.
    for act in ("mute", "block", "note", "pin"):
        yours = await kit.post(at(rowan, act))
        nowhere = await kit.post(f"/api/v1/accounts/77/{act}")
        assert (yours.status, yours.body) == (404, nowhere.body)
    assert await kit.ok("GET", BLOCKS) == []
    assert await kit.ok("GET", "/api/v1/notifications") == []
    how = await rowan.ok("POST", at(kit, "unblock"))
    assert how["blocking"] is False
    assert await rowan.ok("GET", BLOCKS) == []


async def test_one_keeps_neither_oneself_nor_nobody_away(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    assert (await rowan.post(at(rowan, "mute"))).status == 422
    assert (await rowan.post(at(rowan, "block"))).status == 422
    assert (await rowan.post("/api/v1/accounts/77/mute")).status == 404
    assert (await one_house.visitor.post(at(rowan, "mute"))).status == 401
    weak = await one_house.app_of(rowan.persona, "read write:statuses")
    assert (await weak.post(at(rowan, "mute"))).status == 403


async def test_a_node_is_left_out_by_one_person(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    assert await rowan.ok("POST", NODES, json={"domain": "Loud.example"}) == {}
    await rowan.ok("POST", NODES, data={"domain": "other.example:8443"})
    assert await rowan.ok("GET", NODES) == ["other.example:8443", "loud.example"]
    assert await kit.ok("GET", NODES) == []
    await rowan.ok("DELETE", NODES, json={"domain": "other.example:8443"})
    assert await rowan.ok("GET", NODES) == ["loud.example"]
    for wrong in ("two words", "https://loud.example", house.rooms.config.authority, ""):
        assert (await rowan.post(NODES, json={"domain": wrong})).status == 422, wrong


async def test_a_note_about_somebody_is_ones_own(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    words = "Met at the lake."
    assert (await rowan.ok("POST", at(kit, "note"), json={"comment": words}))["note"] == words
    how = await rowan.ok("POST", at(kit, "pin"))
    assert (how["note"], how["endorsed"]) == (words, False)
    assert (await kit.ok("POST", at(rowan, "pin")))["note"] == ""
    assert words not in (await kit.get(f"/api/v1/accounts/{rowan.id}")).text
    assert (await rowan.ok("POST", at(kit, "note"), json={"comment": ""}))["note"] == ""
    assert (await rowan.post(at(kit, "note"), json={"comment": "x" * 2001})).status == 422


async def test_mutes_and_blocks_cost_the_same_for_one_and_for_many(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    people: list[Any] = [await one_house.person(f"friend_{number}") for number in range(6)]
    for act, path in (("mute", MUTES), ("block", BLOCKS)):
        for one in people:
            await rowan.ok("POST", at(one, act))
        page = await rowan.get(path, limit=2)
        assert len(page.body) == 2
        assert 'rel="next"' in page.headers["Link"]
        one_costs = await queries(rowan, path, limit=1)
        assert await queries(rowan, path, limit=6) == one_costs


async def test_mutes_fit_the_schema(one_house: ClientHouse) -> None:
    needs_schema()
    rowan, kit = await one_house.person("rowan"), await one_house.person("kit")
    conforms(await rowan.ok("POST", at(kit, "mute")), "Relationship")
    all_conform(await rowan.ok("GET", MUTES), "MutedAccount")
    conforms(await rowan.ok("POST", at(kit, "block")), "Relationship")
    all_conform(await rowan.ok("GET", BLOCKS), "Account")
