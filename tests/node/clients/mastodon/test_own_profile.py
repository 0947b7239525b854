"""One's own account, changed by an app."""

from typing import Any

import aiohttp
import pytest

from tests.node.clients.house import Client, ClientHouse
from tests.node.media.photos import png

UPDATE = "/api/v1/accounts/update_credentials"
VERIFY = "/api/v1/accounts/verify_credentials"


async def test_each_part_can_be_changed_alone(house: ClientHouse) -> None:
    rowan = await house.person("rowan")
    sent: dict[str, Any] = {
        "display_name": "Rowan of the hill",
        "note": "It's 106 miles.",
        "locked": False,
        "bot": True,
        "discoverable": True,
        "indexable": True,
        "hide_collections": True,
        "source": {"privacy": "private", "sensitive": True, "language": "hr"},
        "fields_attributes": [{"name": "Garden", "value": "yes, https://garden.example"}],
    }
    for name, value in sent.items():
        await rowan.ok("PATCH", UPDATE, json={name: value})
    mine = (await rowan.get(VERIFY)).body
    assert mine["display_name"] == "Rowan of the hill"
    assert mine["note"] == "<p>It's 106 miles.</p>"
    assert (mine["locked"], mine["bot"], mine["discoverable"]) == (False, True, True)
    assert (mine["indexable"], mine["hide_collections"]) == (True, True)
    assert mine["source"]["privacy"] == "private"
    assert (mine["source"]["sensitive"], mine["source"]["language"]) == (True, "hr")
    assert mine["source"]["note"] == "It's 106 miles."
    assert mine["source"]["fields"][0]["value"] == "yes, https://garden.example"
    seen = (await house.visitor.get(f"/api/v1/accounts/{rowan.id}")).body
    assert seen["fields"][0]["name"] == "Garden"
    assert 'href="https://garden.example"' in seen["fields"][0]["value"]
    assert seen["bot"] is True
    assert "source" not in seen


async def test_a_form_with_brackets(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    data = {
        "source[privacy]": "unlisted",
        "fields_attributes[0][name]": "A",
        "fields_attributes[0][value]": "b",
        "locked": "false",
    }
    mine = await rowan.ok("PATCH", UPDATE, data=data)
    assert mine["source"]["privacy"] == "unlisted"
    assert mine["source"]["fields"] == [{"name": "A", "value": "b", "verified_at": None}]
    made = await rowan.ok("POST", "/api/v1/statuses", json={"status": "a walk"})
    assert made["visibility"] == "unlisted"
    usual = (await rowan.get("/api/v1/preferences")).body
    assert usual["posting:default:visibility"] == "unlisted"


async def test_posts_start_as_was_chosen(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    chosen = {"source": {"sensitive": True, "language": "hr"}}
    await rowan.ok("PATCH", UPDATE, json=chosen)
    made = await rowan.ok("POST", "/api/v1/statuses", json={"status": "a walk"})
    assert (made["sensitive"], made["language"]) == (True, "hr")
    sent = {"status": "a walk", "sensitive": False, "language": "de"}
    made = await rowan.ok("POST", "/api/v1/statuses", json=sent)
    assert (made["sensitive"], made["language"]) == (False, "de")


async def test_how_posts_start_follows_from_the_lock(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    for locked, usual in ((True, "private"), (False, "public")):
        await rowan.ok("PATCH", UPDATE, json={"locked": locked})
        assert (await rowan.get(VERIFY)).body["source"]["privacy"] == usual
        chosen = (await rowan.get("/api/v1/preferences")).body
        assert chosen["posting:default:visibility"] == usual


@pytest.mark.parametrize("what", ["avatar", "header"])
async def test_a_picture_by_multipart_and_none_again(one_house: ClientHouse, what: str) -> None:
    rowan = await one_house.person("rowan")
    before = (await rowan.get(VERIFY)).body[what]
    form = aiohttp.FormData()
    form.add_field(what, png(), filename="face.png", content_type="image/png")
    form.add_field("display_name", "Rowan")
    mine = await rowan.ok("PATCH", UPDATE, data=form)
    assert mine[what] != before
    assert mine["display_name"] == "Rowan"
    async with one_house.house.http.get(mine[what]) as shown:
        assert (shown.status, shown.content_type) == (200, "image/jpeg")
    none = await rowan.ok("DELETE", f"/api/v1/profile/{what}")
    assert none[what] == before
    assert (await one_house.visitor.call("GET", mine[what])).status == 404


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"display_name": "x" * 61}, "60 characters"),
        ({"note": "x" * 2001}, "2,000 characters"),
        ({"source": {"privacy": "direct"}}, "public, unlisted or private"),
        ({"source": {"language": "no language"}}, "code such as en"),
        ({"fields_attributes": [{"name": "a", "value": "b"}] * 5}, "up to 4 fields"),
        ({"fields_attributes": [{"name": "a" * 256, "value": "b"}]}, "255 characters"),
        ({"avatar": "data"}, "as a file"),
        ({"locked": "perhaps"}, "true or false"),
    ],
)
async def test_what_does_not_fit_changes_nothing(
    one_house: ClientHouse, sent: dict[str, Any], says: str
) -> None:
    rowan = await one_house.person("rowan")
    before = (await rowan.get(VERIFY)).body
    answer = await rowan.patch(UPDATE, json={"bot": True, **sent})
    assert answer.status == 422
    assert says in answer.body["error"]
    assert (await rowan.get(VERIFY)).body == before


async def test_web_12_what_was_not_asked_for_counts_for_nothing(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    before = (await rowan.get(VERIFY)).body
    more = {
        "role": "administrator",
        "id": ash.id,
        "persona_id": ash.id,
        "username": "ash",
        "acct": "ash",
        "suspended_at": None,
        "is_local": False,
        "created_at": "2001-01-01T00:00:00Z",
        "followers_count": 7,
        "source": {"follow_requests_count": 7},
    }
    assert await rowan.ok("PATCH", UPDATE, json=more) == before
    made = await rowan.ok("POST", "/api/v1/statuses", json=_status(ash))
    assert made["account"]["id"] == rowan.id
    assert (made["kith"]["group"], made["pinned"], made["favourites_count"]) == (None, False, 0)
    assert made["created_at"].startswith("2026")


def _status(other: Client) -> dict[str, Any]:
    return {
        "status": "a walk",
        "author_id": other.id,
        "account_id": other.id,
        "created_at": "2001-01-01T00:00:00Z",
        "group_id": "1",
        "pinned": True,
        "favourites_count": 7,
        "uri": "https://elsewhere.example/1",
    }
