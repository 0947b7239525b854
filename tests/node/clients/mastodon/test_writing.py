"""Posts made, changed and deleted by apps."""

import asyncio
from typing import Any

import pytest

from tests.node.clients.house import Client, ClientHouse

STATUSES = "/api/v1/statuses"


async def post(who: Client, text: str, **more: Any) -> Any:
    return await who.ok("POST", STATUSES, json={"status": text, **more})


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private", "direct"])
async def test_a_post_outside_groups(one_house: ClientHouse, visibility: str) -> None:
    rowan = await one_house.person("rowan")
    made = await post(
        rowan,
        "i wish i was a #lumberjack\nreally",
        visibility=visibility,
        language="hr",
        spoiler_text="trees",
    )
    assert made["content"] == "<p>i wish i was a #lumberjack<br>\nreally</p>"
    assert (made["visibility"], made["language"]) == (visibility, "hr")
    assert (made["spoiler_text"], made["sensitive"]) == ("trees", True)
    assert [tag["name"] for tag in made["tags"]] == ["lumberjack"]
    again = await rowan.get(f"{STATUSES}/{made['id']}")
    assert again.body == made
    seen = await one_house.visitor.get(f"{STATUSES}/{made['id']}")
    assert seen.status == (200 if visibility in ("public", "unlisted") else 404)


@pytest.mark.parametrize(
    ("visibility", "text", "asked"),
    [
        ("public", "for @tom@far.example", True),
        ("unlisted", "for @tom@far.example", True),
        ("private", "for @tom@far.example", False),
        ("public", "@den for @tom@far.example", False),
    ],
)
async def test_prv_01_nobody_elsewhere_is_asked_for_what_is_not_public(
    one_house: ClientHouse,
    monkeypatch: pytest.MonkeyPatch,
    visibility: str,
    text: str,
    asked: bool,
) -> None:
    rowan = await one_house.person("rowan")
    await one_house.group("den", rowan, "private")
    names: list[str] = []

    async def meet(_request: object, words: str) -> None:
        names.append(words)

    monkeypatch.setattr("node.clients.mastodon.writing.meet_those_named", meet)
    await rowan.post(STATUSES, json={"status": text, "visibility": visibility})
    assert bool(names) == asked


async def test_every_kind_of_body(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    sent = {"status": "a walk", "visibility": "unlisted", "sensitive": "true"}
    for options in ({"json": sent}, {"data": sent}):
        made = await rowan.ok("POST", STATUSES, **options)
        assert (made["visibility"], made["sensitive"]) == ("unlisted", True)


async def test_a_retry_with_the_same_key_posts_once(house: ClientHouse) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    options = {"json": {"status": "once"}, "headers": {"Idempotency-Key": "one"}}
    made = await asyncio.gather(*(rowan.ok("POST", STATUSES, **options) for _ in range(3)))
    assert len({one["id"] for one in made}) == 1
    other = await ash.ok("POST", STATUSES, **options)
    assert other["id"] != made[0]["id"]


async def test_a_thread_and_a_reply_in_a_group(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    group = await one_house.group("hush", rowan, "private")
    made = await post(rowan, "@hush A long night\n\nNo sleep.", visibility="public")
    assert made["visibility"] == "private"  # no way to widen it
    assert made["kith"]["group"]["id"] == str(group.actor.id)
    assert made["content"].startswith("<p><strong>A long night</strong></p>")
    reply = await post(rowan, "Still none.", in_reply_to_id=made["id"], visibility="public")
    assert (reply["in_reply_to_id"], reply["visibility"]) == (made["id"], "private")
    for target in (made["id"], "7777"):
        answer = await ash.post(STATUSES, json={"status": "and I", "in_reply_to_id": target})
        assert answer.status == 404
    answer = await ash.post(STATUSES, json={"status": "@hush let me in"})
    assert answer.status == 422
    assert "nobody named @hush here" in answer.body["error"]


async def test_prv_02_a_direct_post_for_somebody_elsewhere_is_refused(
    one_house: ClientHouse,
) -> None:
    rowan = await one_house.person("rowan")
    for more in ({}, {"scheduled_at": "2026-12-01T12:00:00Z"}):
        sent = {"status": "@fern@elsewhere.example dear", "visibility": "direct", **more}
        answer = await rowan.post(STATUSES, json=sent)
        assert answer.status in (403, 422)
        assert "never leave this node" in answer.body["error"]
    assert (await rowan.get("/api/v1/scheduled_statuses")).body == []
    assert await one_house.rooms.db.read(lambda uow: uow.deliveries.summary()) == {}


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"status": ""}, "Write something"),
        ({"status": "x", "visibility": "everyone"}, "visibility must be public"),
        ({"status": "x", "quoted_status_id": "1"}, "Quotes are not taken here"),
        ({"status": "x", "media_ids": ["1", "2", "3", "4", "5"]}, "more than 4 files"),
        ({"status": "x", "media_ids": ["x"]}, "media_ids must be ids"),
        ({"status": "x", "scheduled_at": "banana"}, "Record invalid"),
        ({"status": "x", "scheduled_at": "2026-11-23T12:01:00Z"}, "at least 5 minutes"),
        ({"status": "x", "language": "no language"}, "language"),
    ],
)
async def test_what_cannot_be_taken_is_said(
    one_house: ClientHouse, sent: dict[str, Any], says: str
) -> None:
    rowan = await one_house.person("rowan")
    answer = await rowan.post(STATUSES, json=sent)
    assert answer.status == 422
    assert says in answer.body["error"]


async def test_an_edit_has_a_history_and_a_source(house: ClientHouse) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    made = await post(rowan, "first\nline", visibility="public", spoiler_text="cw")
    here = f"{STATUSES}/{made['id']}"
    source = (await rowan.get(f"{here}/source")).body
    assert source == {"id": made["id"], "text": "first\nline", "spoiler_text": "cw"}
    house.clock.advance(minutes=1)
    changed = await rowan.ok("PUT", here, json={"status": "second"})
    assert (changed["content"], changed["spoiler_text"]) == ("<p>second</p>", "cw")
    assert changed["edited_at"] is not None
    history = (await house.visitor.get(f"{here}/history")).body
    assert [one["content"] for one in history] == [
        "<p>first<br>\nline</p>",
        "<p>second</p>",
    ]
    assert history[0]["created_at"] == made["created_at"]
    assert history[1]["created_at"] == changed["edited_at"]
    assert (await ash.get(f"{here}/source")).status == 404
    assert (await ash.put(here, json={"status": "mine"})).status == 404
    assert (await rowan.put(here, json={"visibility": "private"})).status == 422


async def test_the_history_of_a_private_group_is_its_members(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    await one_house.group("hush", rowan, "private")
    made = await post(rowan, "@hush A night\n\nwords nobody else may read")
    here = f"{STATUSES}/{made['id']}"
    assert (await rowan.get(f"{here}/source")).body["text"] == (
        "A night\n\nwords nobody else may read"
    )
    changed = await rowan.ok("PUT", here, json={"status": "A night\n\nother words"})
    assert changed["kith"]["title"] == "A night"
    assert len((await rowan.get(f"{here}/history")).body) == 2
    assert (await ash.get(f"{here}/history")).status == 404


async def test_a_deleted_post_comes_back_once_with_its_text(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    made = await post(rowan, "a\nb", visibility="public")
    here = f"{STATUSES}/{made['id']}"
    assert (await ash.delete(here)).status == 404
    gone = await rowan.ok("DELETE", here)
    assert (gone["id"], gone["text"]) == (made["id"], "a\nb")
    assert (await rowan.get(here)).status == 404
    assert (await rowan.delete(here)).status == 404


async def test_nothing_is_handed_to_a_translator(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    made = await post(rowan, "a walk", visibility="public")
    answer = await rowan.post(f"{STATUSES}/{made['id']}/translate")
    assert answer.status == 403
    assert (await rowan.post(f"{STATUSES}/7/translate")).status == 404


async def test_a_direct_post_is_a_note_to_oneself_or_a_message(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    note = await post(rowan, "remember the seeds", visibility="direct")
    assert note["visibility"] == "direct"
    assert (await ash.get(f"{STATUSES}/{note['id']}")).status == 404
    group = await one_house.group("porch", rowan, "local")
    await ash.ok("POST", f"/api/v1/accounts/{group.actor.id}/follow")
    one_house.clock.advance(hours=24 * 30)
    sent = await post(rowan, "@ash hello", visibility="direct")
    assert sent["visibility"] == "direct"
    seen = await ash.ok("GET", f"{STATUSES}/{sent['id']}")
    assert seen["account"]["acct"] == "rowan"
    back = await post(ash, "@rowan hello to you", in_reply_to_id=sent["id"])
    assert back["visibility"] == "direct"
    gone = await ash.ok("DELETE", f"{STATUSES}/{back['id']}")
    assert gone["text"] == "@rowan hello to you"


async def test_web_08_writing_needs_the_scope(one_house: ClientHouse) -> None:
    reader = await one_house.person("rowan", scopes="read")
    answer = await reader.post(STATUSES, json={"status": "a walk"})
    assert answer.status == 403
    assert (await one_house.visitor.post(STATUSES, json={"status": "a walk"})).status == 401
