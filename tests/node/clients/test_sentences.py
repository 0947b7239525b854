"""A sentence with numbers in it reaches every kind of client as words: what fits is said."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from node.errors import Refused
from node.i18n import N_, filled
from node.web.json_body import json_answer
from tests.node.clients.c2s.desk import note, send
from tests.node.clients.house import Client, ClientHouse, open_client_house

V1 = "/api/kith/v1"
MANY = " ".join(f"https://a{number}.example/" for number in range(3))


@pytest.fixture
async def strict(sqlite_url: str, tmp_path: Path) -> AsyncIterator[ClientHouse]:
    """A node on which newcomers start one thread on their first day, and put two links into it."""
    limits: dict[str, Any] = {"newcomer_threads": 1, "newcomer_threads_read": 5, "newcomer_days": 3}
    async with open_client_house(tmp_path, sqlite_url, **limits) as opened:
        yield opened


async def test_an_app_of_our_own_api_reads_how_much_fits(strict: ClientHouse) -> None:
    tom, place, first = await _at_the_limit(strict)

    refused = await tom.post(f"{place}/threads", json={"title": "Again", "text": "Hm."})
    linked = await tom.post(f"{V1}/posts/{first}/replies", json={"text": MANY})

    assert refused.status == 403, refused.text
    assert "your first day here: 1." in refused.body["message"]
    assert (linked.status, linked.body["field"]) == (422, "text"), linked.text
    assert "while you are new here: 2." in linked.body["message"]


async def test_a_mastodon_app_reads_how_much_fits(strict: ClientHouse) -> None:
    tom, _, first = await _at_the_limit(strict)

    thread = await tom.post("/api/v1/statuses", json={"status": "@sleep Again"})
    linked = await tom.post("/api/v1/statuses", json={"status": MANY, "in_reply_to_id": first})

    assert thread.status == 403, thread.text
    assert "your first day here: 1." in thread.body["error"]
    assert linked.status == 422, linked.text
    assert "while you are new here: 2." in linked.body["details"]["text"][0]["description"]


async def test_an_activitypub_app_reads_how_much_fits(strict: ClientHouse) -> None:
    tom, _, _ = await _at_the_limit(strict)
    group = f"{strict.origin}/groups/sleep"

    refused = await send(tom, note("words", name="Again", to=[group]))

    assert refused.status == 403, refused.text
    assert "your first day here: 1." in refused.body["detail"]


def test_a_sentence_is_encoded_as_it_stands() -> None:
    error = Refused(filled(N_("Links that fit: %(count)s."), count=2))
    assert json_answer({"error": str(error)}).body == b'{"error":"Links that fit: 2."}'
    with pytest.raises(TypeError, match="object is no JSON"):
        json_answer({"error": object()})


async def _at_the_limit(house: ClientHouse) -> tuple[Client, str, str]:
    """Somebody who has started the thread that a first day holds, the group, the thread's id."""
    mara, tom = await house.person("mara"), await house.person("tom")
    group = await house.group("sleep", mara, "local")
    at = f"{V1}/groups/{group.actor.id}"
    await tom.ok("POST", f"{at}/join")
    started = await tom.post(f"{at}/threads", json={"title": "First", "text": "Hm."})
    assert started.status == 201, started.text
    return tom, at, str(started.body["id"])
