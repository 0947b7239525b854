"""Our own API: what waits for an answer, what other nodes said, and its description."""

import pytest
from markupsafe import escape

from node.clients.own.doors import Own
from node.clients.own.table import TABLE
from tests.node.clients.house import Client, ClientHouse

V1 = "/api/kith/v1"


async def test_what_fewer_than_two_others_answered_waits(house: ClientHouse) -> None:
    mara, tom, iris = [await house.person(name) for name in ("mara", "tom", "iris")]
    group = await house.group("sleep", mara)
    for one in (tom, iris):
        await one.ok("POST", f"{V1}/groups/{group.actor.id}/join")
    threads = [
        await mara.ok(
            "POST", f"{V1}/groups/{group.actor.id}/threads", json={"title": title, "text": "Hm."}
        )
        for title in ("First", "Second")
    ]
    assert await _waiting(tom) == ["First", "Second"]
    assert await _waiting(mara) == []
    replies = f"{V1}/posts/{threads[0]['id']}/replies"
    for author in (mara, tom, tom):
        await author.ok("POST", replies, json={"text": "With you."})
    assert await _waiting(iris) == ["First", "Second"]
    await iris.ok("POST", replies, json={"text": "Me too."})
    assert await _waiting(tom) == ["Second"]
    house.clock.advance(hours=24 * 31)
    assert await _waiting(tom) == []


async def test_prv_who_does_not_belong_is_told_of_no_waiting_thread(house: ClientHouse) -> None:
    mara, tom = await house.person("mara"), await house.person("tom")
    group = await house.group("den", mara, "private")
    await mara.ok(
        "POST", f"{V1}/groups/{group.actor.id}/threads", json={"title": "Quiet", "text": "Hm."}
    )
    assert await _waiting(tom) == []
    assert (await house.visitor.get(f"{V1}/needs-a-reply")).status == 401


async def test_receipts_are_for_the_author(house: ClientHouse) -> None:
    mara, tom = await house.person("mara"), await house.person("tom")
    group = await house.group("sleep", mara)
    made = await mara.ok(
        "POST", f"{V1}/groups/{group.actor.id}/threads", json={"title": "Hm", "text": "Hm."}
    )
    path = f"{V1}/posts/{made['id']}/receipts"
    assert (await mara.get(path)).body == {"receipts": []}
    assert (await tom.get(path)).status == (await tom.get(f"{V1}/posts/5/receipts")).status == 404


@pytest.mark.parametrize("one", TABLE, ids=lambda one: f"{one.method} {one.path}")
async def test_web_08_every_address_wants_its_scope(one_house: ClientHouse, one: Own) -> None:
    """Each with a token for something else: refused, whatever stands in the path."""
    tom = await one_house.person("tom", scopes="write:mutes")
    path = one.whole_path.format(id=7, persona=7)
    answered = await tom.call(one.method, path, json={})
    assert answered.status == 403, answered.text
    assert answered.body["error"] == "scope"


async def test_the_description_is_openapi_and_names_every_address(one_house: ClientHouse) -> None:
    described = (await one_house.visitor.get("/openapi.json")).body
    assert described["openapi"] == "3.1.0"
    named = {(method.upper(), path) for path, rows in described["paths"].items() for method in rows}
    assert named == {(row.method, row.whole_path) for row in TABLE}
    page = await one_house.visitor.get("/api")
    assert all(escape(row.summary) in page.text for row in TABLE)


async def _waiting(client: Client) -> list[str]:
    answered = await client.get(f"{V1}/needs-a-reply")
    assert answered.status == 200
    return [one["title"] for one in answered.body["threads"]]
