"""What stands in front of every door, tried on one that says what it was given."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from node.clients.access import CALLERS
from node.clients.answers import answer
from node.clients.budget import BUDGET, Budget
from node.clients.call import Call
from node.clients.cors import answer_preflights, open_answers
from node.clients.doors import door, with_slashes
from node.errors import Refused
from node.web.files import FILE_LIMITS, FILES_HELD, FilesHeld
from node.web.keys import CONFIG, DB
from node.web.multipart import FileLimits
from tests.node.clients.house import Client, ClientHouse, open_client_house

Http = TestClient[web.Request, web.Application]


async def _echo(call: Call) -> web.Response:
    file = call.params.file("file")
    return answer(
        {
            "who": call.caller and call.caller.persona and call.caller.persona.handle,
            "text": call.params.text("text"),
            "ids": call.params.many("ids"),
            "file": None if file is None else len(file.body),
        }
    )


async def _no(call: Call) -> web.Response:
    raise Refused("Not today", call.match("code"))


async def _breaks(_call: Call) -> web.Response:
    raise RuntimeError("words that stay in the log")


@pytest.fixture
async def doors(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[Http, ClientHouse]]:
    """A few doors on a node's database."""
    async with open_client_house(tmp_path, sqlite_url) as house:
        app = web.Application(middlewares=[answer_preflights])
        app[CONFIG], app[DB] = house.house.node.config, house.rooms.db
        app[CALLERS], app[BUDGET] = house.rooms.sessions, Budget(5, house.clock.now)
        app[FILE_LIMITS], app[FILES_HELD] = FileLimits(2, 1000), FilesHeld()
        app.on_response_prepare.append(open_answers)
        app.add_routes(
            with_slashes(
                [
                    door("POST", "/api/v1/echo", _echo, who="user", scope="write:statuses"),
                    door("GET", "/api/v1/open", _echo, who="anyone", scope="read:statuses"),
                    door("GET", "/api/v1/no/{code}", _no, who="anyone", scope=None),
                    door("GET", "/api/v1/breaks", _breaks, who="anyone", scope=None),
                ]
            )
        )
        async with TestClient(TestServer(app)) as http:
            yield http, house


def _bearer(client: Client) -> dict[str, str]:
    return {"Authorization": f"Bearer {client.token}"}


async def test_every_body_and_a_slash_at_the_end(doors: tuple[Http, ClientHouse]) -> None:
    http, house = doors
    headers = _bearer(await house.person("rowan"))
    form = aiohttp.FormData()
    for name, value in (("text", "hi"), ("ids[]", "1"), ("ids[]", "2")):
        form.add_field(name, value)
    form.add_field("file", b"bytes", filename="x.png", content_type="image/png")
    expected = {"who": "rowan", "text": "hi", "ids": ["1", "2"], "file": None}
    for path, sent in (
        ("/api/v1/echo", {"json": {"text": "hi", "ids": [1, "2"]}}),
        ("/api/v1/echo/", {"data": [("text", "hi"), ("ids[]", "1"), ("ids[]", "2")]}),
    ):
        answered = await http.post(path, headers=headers, **sent)
        assert answered.status == 200
        assert await answered.json() == expected
    answered = await http.post("/api/v1/echo", headers=headers, data=form)
    assert await answered.json() == expected | {"file": 5}


async def test_web_08_no_token_a_bad_one_and_one_for_less(
    doors: tuple[Http, ClientHouse],
) -> None:
    http, house = doors
    reads = await house.person("rowan", scopes="read")
    cases = [({}, 401), ({"Authorization": "Bearer nope"}, 401), (_bearer(reads), 403)]
    for headers, status in cases:
        answered = await http.post("/api/v1/echo", json={}, headers=headers)
        assert answered.status == status
        assert set(await answered.json()) == {"error"}
    # A bad token is refused where none is needed, too.
    assert (await http.get("/api/v1/open", headers={"Authorization": "Basic x"})).status == 401


async def test_web_08_a_token_in_the_address_opens_nothing(
    doors: tuple[Http, ClientHouse],
) -> None:
    http, house = doors
    rowan = await house.person("rowan")
    answered = await http.post(f"/api/v1/echo?access_token={rowan.token}", json={})
    assert answered.status == 401


async def test_one_call_too_many_waits(doors: tuple[Http, ClientHouse]) -> None:
    http, house = doors
    for left in (4, 3, 2, 1, 0):
        answered = await http.get("/api/v1/open")
        assert answered.status == 200
        assert answered.headers["X-RateLimit-Remaining"] == str(left)
    refused = await http.get("/api/v1/open")
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) == 300
    house.clock.advance(minutes=5)
    assert (await http.get("/api/v1/open")).status == 200


@pytest.mark.parametrize(("code", "status"), [("x", 403), ("slow-down", 429), ("validation", 422)])
async def test_a_refusal_is_a_sentence(
    doors: tuple[Http, ClientHouse], code: str, status: int
) -> None:
    answered = await doors[0].get(f"/api/v1/no/{code}")
    assert answered.status == status
    details: dict[str, object] = {"details": {}} if status == 422 else {}
    assert await answered.json() == {"error": "Not today", **details}


async def test_what_breaks_says_nothing(
    doors: tuple[Http, ClientHouse], caplog: pytest.LogCaptureFixture
) -> None:
    answered = await doors[0].get("/api/v1/breaks")
    assert answered.status == 500
    assert "words" not in await answered.text()
    assert "RuntimeError" in caplog.text


async def test_another_origin_may_ask_without_cookies(doors: tuple[Http, ClientHouse]) -> None:
    http, _ = doors
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"}
    preflight = await http.options("/api/v1/echo", headers=asked)
    assert preflight.status == 204
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    for answered in (preflight, await http.post("/api/v1/echo", json={}, headers=asked)):
        assert answered.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answered.headers
        assert "Link" in answered.headers["Access-Control-Expose-Headers"]


async def test_bodies_that_cannot_be_read_are_refused(doors: tuple[Http, ClientHouse]) -> None:
    http, house = doors
    headers = _bearer(await house.person("rowan"))
    for sent, kind, status in (
        (b"{", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"<x/>", "application/xml", 415),
    ):
        answered = await http.post(
            "/api/v1/echo", data=sent, headers=headers | {"Content-Type": kind}
        )
        assert answered.status == status
    squeezed = headers | {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answered = await http.post("/api/v1/echo", data=b"x", headers=squeezed, skip_auto_headers=())
    assert answered.status in (400, 415)


def test_a_persons_door_names_its_scope() -> None:
    with pytest.raises(ValueError, match="which scope"):
        door("GET", "/x", _echo, who="user", scope=None)
