"""The API of groups: who may find, read, join and share the work, and who may not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.node.api_house import Caller, House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


async def test_a_token_is_a_persona_and_shows_nothing_of_the_account(house: House) -> None:
    rowan = await house.person("rowan")
    answer = await rowan("GET", "/api/kith/v1/me")
    assert answer.status == 200
    assert answer.body["persona"]["address"] == "@rowan@localhost:8420"
    assert answer.body["persona"]["uri"] == "http://localhost:8420/personas/rowan"
    assert "signs-in" not in str(answer.body)


async def test_without_a_token_or_with_a_bad_one_nobody_is_let_in(house: House) -> None:
    assert (await house.visitor("GET", "/api/kith/v1/me")).status == 401
    stranger = Caller(house.client, "not-a-token", None)
    answer = await stranger("GET", "/api/kith/v1/me")
    assert answer.status == 401
    assert answer.body["error"] == "invalid_token"
    assert (await stranger("GET", "/api/kith/v1/groups")).status == 401
    assert (await house.visitor("GET", "/api/kith/v1/groups")).status == 200


async def test_web_08_a_token_does_only_what_it_was_made_for(house: House) -> None:
    rowan = await house.person("rowan")
    group = await house.group("grief", rowan)
    only_reads = await house.person("reader", ("read",))
    only_writes = await house.person("writer", ("write",))
    assert (await only_reads("GET", f"/api/kith/v1/groups/{group}")).status == 200
    refused = await only_reads("POST", f"/api/kith/v1/groups/{group}/join")
    assert (refused.status, refused.body["error"]) == (403, "scope")
    assert (await only_writes("POST", f"/api/kith/v1/groups/{group}/join")).status == 200
    assert (await only_writes("GET", "/api/kith/v1/groups")).status == 403


async def test_the_list_holds_what_the_reader_may_find(house: House) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    await house.group("grief", rowan)
    await house.group("night_shift", rowan, "local")
    await house.group("circle", rowan, "private")

    async def seen(who: Caller) -> set[str]:
        answer = await who("GET", "/api/kith/v1/groups")
        return {one["handle"] for one in answer.body["groups"]}

    assert await seen(house.visitor) == {"grief"}
    assert await seen(ash) == {"grief", "night_shift"}
    assert await seen(rowan) == {"grief", "night_shift", "circle"}


async def test_a_group_is_read_with_ones_place_in_it(house: House) -> None:
    rowan = await house.person("rowan")
    group = await house.group("grief", rowan)
    answer = await rowan("GET", f"/api/kith/v1/groups/{group}")
    assert answer.body["address"] == "!grief@localhost:8420"
    assert answer.body["guidelines"] == "Be kind."
    assert answer.body["membership"] == {"state": "accepted", "role": "moderator"}
    assert [one["handle"] for one in answer.body["moderators"]] == ["rowan"]
    assert answer.body["can_moderate"] is True
    visitor = await house.visitor("GET", f"/api/kith/v1/groups/{group}")
    assert visitor.body["membership"] is None
    assert visitor.body["may_open_thread"] is False


async def test_what_is_not_yours_looks_like_what_is_not_there(house: House) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    private = await house.group("circle", rowan, "private")
    for path in ("", "/threads"):
        assert (await rowan("GET", f"/api/kith/v1/groups/{private}{path}")).status == 200
        hidden = await ash("GET", f"/api/kith/v1/groups/{private}{path}")
        absent = await ash("GET", f"/api/kith/v1/groups/123{path}")
        assert hidden == absent
        assert hidden.status == 404
    assert await ash("POST", f"/api/kith/v1/groups/{private}/join") == await ash(
        "POST", "/api/kith/v1/groups/123/join"
    )


@pytest.mark.parametrize("odd", ["x", "-1", "99999999999999999999", "9223372036854775808", "٣"])
async def test_what_cannot_be_an_id_is_not_there(house: House, odd: str) -> None:
    assert (await house.visitor("GET", f"/api/kith/v1/groups/{odd}")).status == 404
    assert (await house.visitor("GET", f"/api/kith/v1/threads/{odd}")).status == 404


async def test_join_and_leave_twice_change_nothing(house: House) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    group = await house.group("grief", rowan)
    for _ in range(2):
        joined = await ash("POST", f"/api/kith/v1/groups/{group}/join")
        assert joined == (200, {"state": "accepted", "role": "member"})
    me = await ash("GET", "/api/kith/v1/me")
    assert me.body["groups"] == [{"id": group, "state": "accepted", "role": "member"}]
    for _ in range(2):
        assert (await ash("POST", f"/api/kith/v1/groups/{group}/leave")).status == 204
    assert (await ash("GET", "/api/kith/v1/me")).body["groups"] == []


async def test_look_up_by_handle(house: House) -> None:
    rowan = await house.person("rowan")
    group = await house.group("grief", rowan)
    path, body = "/api/kith/v1/groups/look-up", {"handle": "!grief@localhost:8420"}
    assert (await rowan("POST", path, body)).body["id"] == group
    assert (await rowan("POST", path, {"handle": "grief"})).body["id"] == group
    assert (await rowan("POST", path, {"handle": "!@!"})).body["field"] == "handle"
    assert (await house.visitor("POST", path, body)).status == 401


async def test_looking_up_does_not_tell_which_private_groups_there_are(house: House) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    await house.group("circle", rowan, "private")
    path = "/api/kith/v1/groups/look-up"
    hidden = await ash("POST", path, {"handle": "!circle@localhost:8420"})
    assert hidden.status == 404
    assert hidden == await ash("POST", path, {"handle": "!nobody@localhost:8420"})


async def test_moderators_share_the_work_and_the_last_one_stays(house: House) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    group = await house.group("grief", rowan)
    path, ash_id = f"/api/kith/v1/groups/{group}/moderators", str(ash.persona.id)
    not_yet = await rowan("POST", path, {"persona": ash_id})
    assert (not_yet.status, not_yet.body["error"]) == (403, "not-a-member")
    assert await rowan("POST", path, {"persona": "123"}) == not_yet
    await ash("POST", f"/api/kith/v1/groups/{group}/join")
    by_itself = await ash("POST", path, {"persona": ash_id})
    assert (by_itself.status, by_itself.body["error"]) == (403, "not-a-moderator")
    assert await ash("POST", path, {"persona": "123"}) == by_itself
    assert (await rowan("POST", path, {"persona": ash_id})).status == 204
    host = await ash("DELETE", f"{path}/{rowan.persona.id}")
    assert (host.status, host.body["error"]) == (403, "host")
    assert (await ash("DELETE", f"{path}/{ash_id}")).status == 204
    last = await rowan("DELETE", f"{path}/{rowan.persona.id}")
    assert (last.status, last.body["error"]) == (403, "last-moderator")
    assert (await rowan("GET", f"/api/kith/v1/groups/{group}")).body["can_moderate"] is True
