"""Searching finds what the reader may know of, and bears any input."""

import pytest

from tests.node.clients.house import ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.schema import conforms, needs_schema
from tests.node.clients.mastodon.test_timelines import follow, ids, post

SEARCH = "/api/v2/search"
ODD = (
    *("", "*", '"', "(", ")", ":", "%", "_", "a\x00b", "x" * 5000, "a " * 1000, "' OR 1=1 --"),
    *("#%", "@", "!", "@@@", "https://", "https://[", "\\", "a OR b NEAR c"),
)


@pytest.mark.parametrize("text", ["kit", "@kit", "KIT@{host}", "@kit@{host}"])
async def test_a_whole_handle_finds_anybody(one_house: ClientHouse, text: str) -> None:
    rowan, kit = await one_house.person("rowan"), await one_house.person("kit")
    asked = text.format(host=one_house.house.authority)

    found = await rowan.get(SEARCH, q=asked, resolve=True)
    looked_up = await rowan.ok("GET", "/api/v1/accounts/lookup", params={"acct": asked})

    assert ids(found.body["accounts"]) == [kit.id]
    assert looked_up["id"] == kit.id
    assert ids((await rowan.get("/api/v1/accounts/search", q=asked)).body) == [kit.id]


async def test_prv_07_prv_26_part_of_a_name_finds_only_who_is_near(house: ClientHouse) -> None:
    rowan, kit, ash = [await house.person(name) for name in ("rowan", "kitten", "kitty")]
    await follow(house, rowan, kit)
    await house.group("kites", ash)
    den = await house.group("kith_den", ash, "private")

    found = (await rowan.get(SEARCH, q="kit")).body["accounts"]
    visitor = (await house.visitor.get(SEARCH, q="kit")).body["accounts"]
    member = (await ash.get(SEARCH, q="kit")).body["accounts"]

    assert {one["acct"] for one in found} == {"kites", "kitten"}
    assert {one["acct"] for one in visitor} == {"kites"}
    assert str(den.actor.id) in ids(member)
    for address in ("kith_den", f"!kith_den@{house.house.authority}"):
        prv_07 = await rowan.get("/api/v1/accounts/lookup", acct=address)
        assert prv_07.body == (await rowan.get("/api/v1/accounts/lookup", acct="nobody")).body
    for text in ("kith_den", f"!kith_den@{house.house.authority}"):
        assert (await rowan.get(SEARCH, q=text, resolve=True)).body["accounts"] == []


async def test_hashtags_and_addresses(house: ClientHouse) -> None:
    rowan = await house.person("rowan")
    here, group = Community(house), await house.group("grief", rowan)
    hall = await house.group("hall", rowan, "local")
    thread = await here.thread(group.actor.id, rowan, text="#evening_walks and #evenings")
    await here.thread(hall.actor.id, rowan, text="#evening_inside")
    await post(house, rowan, "#evening_secret", audience="followers")

    tags = (await house.visitor.get(SEARCH, q="#evening")).body["hashtags"]
    own = (await rowan.get("/api/v1/search", q="#Evening", type="hashtags")).body["hashtags"]
    by_page = (await house.visitor.get(SEARCH, q=f"{house.origin}/@rowan/{thread.id}")).body
    by_uri = (await house.visitor.get(SEARCH, q=thread.uri)).body

    assert [tag["name"] for tag in tags] == ["evening_walks", "evenings"]
    assert own == ["evening_inside", "evening_walks", "evenings"]
    assert ids(by_page["statuses"]) == ids(by_uri["statuses"]) == [str(thread.id)]


@pytest.mark.parametrize("text", ODD)
async def test_web_20_no_input_upsets_a_search(one_house: ClientHouse, text: str) -> None:
    rowan = await one_house.person("rowan")
    await one_house.group("den", rowan, "private")

    for path in (SEARCH, "/api/v1/search", "/api/v1/accounts/search"):
        for client in (rowan, await one_house.person(f"n{abs(hash((path, text))) % 10**9}")):
            found = await client.get(path, q=text, resolve=True, offset=3)
            assert found.status == 200, (path, found.text)
    assert (await one_house.visitor.get(SEARCH, q=text)).body["accounts"] == []


async def test_a_search_fits_the_schema(one_house: ClientHouse) -> None:
    needs_schema()
    rowan = await one_house.person("rowan")
    await post(one_house, rowan, "#rowan")

    conforms((await rowan.get(SEARCH, q="rowan")).body, "Search")
