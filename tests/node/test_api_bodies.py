"""What the API is sent: one JSON object with known fields of the right kind, or a clear refusal."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.node.api_house import Caller, House, open_house

GOOD = {"title": "The first spring", "text": "It is hard today."}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


@pytest.fixture
async def rowan(house: House) -> Caller:
    return await house.person("rowan")


@pytest.fixture
async def path(house: House, rowan: Caller) -> str:
    return f"/api/kith/v1/groups/{await house.group('grief', rowan)}/threads"


@pytest.mark.parametrize(
    "extra",
    ["author", "author_id", "role", "id", "uri", "created_at", "group_id", "visibility", "pinned"],
)
async def test_nothing_is_set_but_what_a_thread_takes(rowan: Caller, path: str, extra: str) -> None:
    refused = await rowan("POST", path, GOOD | {extra: "1"})
    assert (refused.status, refused.body["field"]) == (422, extra)
    assert "title, text, content_warning, language, reply_wanted" in refused.body["message"]
    assert (await rowan("POST", path, GOOD)).status == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "No title"}, "title"),
        ({"title": "No text"}, "text"),
        (GOOD | {"title": 7}, "title"),
        (GOOD | {"text": ["a"]}, "text"),
        (GOOD | {"language": {}}, "language"),
        (GOOD | {"title": "\x00"}, "title"),
        (GOOD | {"content_warning": "a\x1bb"}, "content_warning"),
        (GOOD | {"reply_wanted": "praise"}, "reply_wanted"),
        (GOOD | {"title": "x" * 201}, "title"),
        ([GOOD], ""),
        ("text", ""),
        (None, "title"),
    ],
)
async def test_a_field_that_does_not_fit_is_named(
    rowan: Caller, path: str, body: Any, field: str
) -> None:
    refused = await rowan("POST", path, body)
    assert (refused.status, refused.body["error"]) == (422, "invalid")
    assert refused.body["field"] == field
    assert refused.body["message"]


@pytest.mark.parametrize(
    "raw", [b"{", b"\xff", b'{"title": "\xff"}', b'{"title": "\\ud800"}', b"[" * 100_000, b"NaN"]
)
async def test_what_is_no_json_is_refused_quietly(
    house: House, rowan: Caller, path: str, raw: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    headers = rowan.headers | {"Content-Type": "application/json"}
    async with house.client.post(path, data=raw, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["error"] == "bad-request"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
async def test_only_plain_json_is_read(
    house: House, rowan: Caller, path: str, headers: dict[str, str]
) -> None:
    sent = rowan.headers | headers
    async with house.client.post(path, data=b'{"title":"a","text":"b"}', headers=sent) as response:
        assert response.status == 415


async def test_what_is_too_large_is_not_read(house: House, rowan: Caller, path: str) -> None:
    headers = rowan.headers | {"Content-Type": "application/json"}
    async with house.client.post(path, data=BytesIO(b" " * 2_000_000), headers=headers) as response:
        assert response.status == 413
    too_long = await rowan("POST", path, GOOD | {"text": "x" * 20_001})
    assert (too_long.status, too_long.body["field"]) == (422, "text")
    assert (await rowan("POST", path, GOOD | {"text": "x" * 20_000})).status == 201


async def test_answers_are_kept_by_no_cache(house: House, rowan: Caller) -> None:
    for headers in ({}, rowan.headers):
        async with house.client.get("/api/kith/v1/groups", headers=headers) as response:
            assert response.headers["Cache-Control"].startswith("private, no-")
            assert response.content_type == "application/json"
