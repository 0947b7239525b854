"""Pictures of posts through the Mastodon API: sent, described, posted, seen by their address."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData

from node.errors import Invalid
from tests.node.clients.house import Answer, Client, ClientHouse, open_client_house
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.counting import queries
from tests.node.media.photos import CANARY, opened, png, telling_jpeg


async def upload(client: Client, body: bytes, **fields: str) -> Answer:
    form = FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    form.add_field("file", body, filename="IMG_1.jpg", content_type="image/jpeg")
    return await client.post("/api/v2/media", data=form)


async def bytes_at(house: ClientHouse, url: str) -> tuple[int, bytes, Any]:
    async with house.house.http.get(url) as answer:
        return answer.status, await answer.read(), answer.headers


async def test_a_picture_is_described_posted_and_seen(house: ClientHouse) -> None:
    rowan = await house.person("rowan")
    sent = await upload(rowan, telling_jpeg(), description="My garden", focus="0.5,-0.25")
    assert sent.status == 200
    assert sent.body["type"] == "image"
    assert sent.body["meta"]["original"] == {
        "width": 120,
        "height": 80,
        "size": "120x80",
        "aspect": 1.5,
    }
    assert sent.body["meta"]["focus"] == {"x": 0.5, "y": -0.25}
    assert len(sent.body["blurhash"]) == 28
    path = f"/api/v1/media/{sent.body['id']}"
    changed = await rowan.ok("PUT", path, json={"description": "My garden in May"})
    assert changed["description"] == "My garden in May"
    assert (await rowan.ok("GET", path))["meta"] == sent.body["meta"]

    group = await house.group("gardens", rowan)
    thread = await Community(house).thread(group.actor.id, rowan, media_ids=(int(sent.body["id"]),))
    status = await rowan.ok("GET", f"/api/v1/statuses/{thread.id}")
    [media] = status["media_attachments"]
    assert media["description"] == "My garden in May"
    assert "pass" not in media["url"]
    code, body, headers = await bytes_at(house, media["url"])
    assert code == 200
    assert CANARY not in body
    assert opened(body).size == (120, 80)
    assert headers["Cache-Control"].startswith("public")
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (await rowan.put(path, json={"description": "Late"})).status == 404


async def test_prv_24_what_is_not_for_all_needs_a_pass_or_a_session(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = await house.group("grief", rowan, "private")
    here = Community(house)
    sent = await upload(rowan, png())
    thread = await here.thread(group.actor.id, rowan, media_ids=(int(sent.body["id"]),))
    status = await rowan.ok("GET", f"/api/v1/statuses/{thread.id}")
    url = status["media_attachments"][0]["url"]
    bare, _, given = url.partition("?pass=")
    assert given
    assert (await bytes_at(house, url))[0] == 200
    assert (await bytes_at(house, bare))[0] == 404
    tampered = given.replace(f"-{rowan.persona.id:x}-", f"-{kit.persona.id:x}-")
    assert (await bytes_at(house, f"{bare}?pass={tampered}"))[0] == 404
    house.clock.advance(hours=49)
    assert (await bytes_at(house, url))[0] == 404
    fresh = await rowan.ok("GET", f"/api/v1/statuses/{thread.id}")
    url = fresh["media_attachments"][0]["url"]
    assert (await bytes_at(house, url))[0] == 200
    await here.write(lambda uow: house.rooms.groups.delete(uow, thread.id, rowan.persona))
    assert (await bytes_at(house, url))[0] == 404


async def test_another_s_upload_is_not_there(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    sent = await upload(rowan, png())
    path = f"/api/v1/media/{sent.body['id']}"
    for answer in (
        await kit.get(path),
        await kit.put(path, json={"description": "Mine"}),
        await kit.delete(path),
        await kit.get("/api/v1/media/77"),
    ):
        assert answer.status == 404
    group = await house.group("grief", kit)
    with pytest.raises(Invalid):
        await Community(house).thread(group.actor.id, kit, media_ids=(int(sent.body["id"]),))
    assert (await rowan.delete(path)).status == 200
    assert (await rowan.get(path)).status == 404


async def test_what_is_no_picture_is_refused_in_words_that_help(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    film = await upload(rowan, b"\x1aE\xdf\xa3 webm")
    assert film.status == 422
    assert "JPEG, PNG and WebP" in film.body["error"]
    assert (await rowan.post("/api/v2/media", json={})).status == 422
    assert (await upload(rowan, png(), focus="far away")).status == 422
    assert (await upload(one_house.visitor, png())).status == 401


async def test_a_page_with_pictures_and_polls_costs_no_more(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    group = await one_house.group("grief", rowan, "local")
    here = Community(one_house)
    ids = []
    for _ in range(4):
        sent = await upload(rowan, png())
        ids.append((await here.thread(group.actor.id, rowan, media_ids=(int(sent.body["id"]),))).id)
    one = await queries(rowan, "/api/v1/statuses", id=ids[:1])
    four = await queries(rowan, "/api/v1/statuses", id=ids)
    assert one == four


async def test_an_edit_changes_the_words_of_its_own_pictures(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    one, two = [(await upload(rowan, png(), description="Once")).body["id"] for _ in range(2)]
    spare, others = [(await upload(who, png())).body["id"] for who in (rowan, kit)]
    sent = {"media_ids": [one], "visibility": "public"}
    status = await rowan.ok("POST", "/api/v1/statuses", json=sent)
    path = f"/api/v1/statuses/{status['id']}"
    house.clock.advance(hours=1)
    said = [
        {"id": one, "description": "My garden", "focus": "0.5,0.5"},
        {"id": spare, "description": "Not of this post"},
        {"id": others, "description": "Not mine"},
        {"id": "soon", "description": "Of nothing"},
    ]
    edited = await rowan.ok("PUT", path, json={"media_attributes": said})
    [media] = edited["media_attachments"]
    assert (media["id"], media["description"]) == (one, "My garden")
    assert media["meta"]["focus"] == {"x": 0.5, "y": 0.5}
    assert edited["edited_at"] is not None
    for who, number in ((rowan, spare), (kit, others)):
        assert (await who.ok("GET", f"/api/v1/media/{number}"))["description"] is None
    form = {"status": "Both", "media_attributes[][id]": two, "media_attributes[][description]": "B"}
    changed = await rowan.put(path, data=form | {"media_ids[]": two})
    assert [(m["id"], m["description"]) for m in changed.body["media_attachments"]] == [(two, "B")]
    for wrong in ({"id": two, "focus": "far"}, {"id": two, "description": "a" * 1501}, "B"):
        assert (await rowan.put(path, json={"media_attributes": [wrong]})).status == 422
    assert (await kit.put(path, json={"media_attributes": said})).status == 404
    gone = await rowan.ok("PUT", path, json={"status": "None", "media_ids": []})
    assert gone["media_attachments"] == []


async def test_a_post_holds_as_many_files_as_the_operator_says(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with open_client_house(tmp_path, sqlite_url, pictures_per_post=5) as house:
        rowan = await house.person("rowan")
        ids = [(await upload(rowan, png())).body["id"] for _ in range(6)]
        status = await rowan.ok("POST", "/api/v1/statuses", json={"media_ids": ids[:5]})
        assert len(status["media_attachments"]) == 5
        refused = await rowan.post("/api/v1/statuses", json={"media_ids": ids})
        assert (refused.status, refused.body["error"]) == (
            422,
            "Cannot attach more than 5 files.",
        )
