"""The door other nodes post to: what it hands on, what it refuses, and how it says so."""

import gzip
from collections.abc import AsyncIterator
from io import BytesIO
from ipaddress import ip_network

import pytest

from federation.inbox import Answer
from federation.limits import MAX_BODY
from node.config import Config
from node.web.keys import CONFIG
from tests.node.wire.world import HOST, ORIGIN, World

PATHS = ["/inbox", "/actor/inbox", "/personas/ann/inbox", "/groups/calm/inbox"]
BODY = b'{"type": "Follow",  "spaced" :true}'
AP = {"Content-Type": "application/activity+json", "Host": HOST}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """No database is asked here, so one kind is enough."""
    return sqlite_url


@pytest.mark.parametrize("path", PATHS)
async def test_every_inbox_takes_a_request_as_it_stood_on_the_wire(world: World, path: str) -> None:
    headers = AP | {"Digest": "SHA-256=abc", "X-Odd": "a  b"}
    answer = await world.client.post(path, data=BODY, headers=headers)
    assert (answer.status, await answer.read()) == (202, b"")
    [message] = world.inbox.messages
    assert (message.method, message.scheme, message.authority) == ("POST", "https", HOST)
    assert (message.target, message.body) == (path, BODY)
    assert ("Digest", "SHA-256=abc") in message.headers
    assert ("X-Odd", "a  b") in message.headers
    assert ("Host", HOST) in message.headers


@pytest.mark.parametrize("path", PATHS)
async def test_an_inbox_cannot_be_read(world: World, path: str) -> None:
    answer = await world.client.get(path)
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert world.inbox.messages == []


@pytest.mark.parametrize("status", [400, 401, 403])
async def test_a_refusal_is_a_problem_with_a_short_reason(world: World, status: int) -> None:
    world.inbox.answer = Answer(status, "The digest is wrong.")
    answer = await world.client.post("/inbox", data=BODY)
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    problem = await answer.json(content_type=None)
    assert (problem["status"], problem["detail"]) == (status, "The digest is wrong.")
    assert "Retry-After" not in answer.headers


async def test_too_many_requests_are_told_when_to_come_back(world: World) -> None:
    world.inbox.answer = Answer(429, "Too many.", 7)
    answer = await world.client.post("/inbox", data=BODY)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "7")


@pytest.mark.parametrize(
    "coding", ["gzip", "br", "deflate", "zstd", "identity, gzip", "identity,gzip", "x", ""]
)
async def test_sig_17_a_packed_body_is_refused(world: World, coding: str) -> None:
    headers = AP | {"Content-Encoding": coding}
    answer = await world.client.post("/inbox", data=gzip.compress(BODY), headers=headers)
    assert answer.status == 415
    assert world.inbox.messages == []
    plain = AP | {"Content-Encoding": "Identity"}
    assert (await world.client.post("/inbox", data=BODY, headers=plain)).status == 202


async def test_dos_02_a_gzip_bomb_is_refused_before_it_is_read(world: World) -> None:
    bomb = gzip.compress(bytes(900_000))
    assert len(bomb) < 1_000
    headers = AP | {"Content-Encoding": "gzip"}
    answer = await world.client.post("/inbox", data=bomb, headers=headers)
    assert answer.status == 415
    assert answer.headers["Connection"] == "close"
    assert world.inbox.messages == []


async def test_dos_01_the_limit_is_on_the_byte(world: World) -> None:
    fits = await world.client.post("/inbox", data=BytesIO(bytes(MAX_BODY)), headers=AP)
    assert (fits.status, len(world.inbox.messages)) == (202, 1)
    answer = await world.client.post("/inbox", data=BytesIO(bytes(MAX_BODY + 1)), headers=AP)
    assert answer.status == 413
    assert len(world.inbox.messages) == 1


async def test_dos_01_a_body_of_unknown_length_is_cut_at_the_limit(world: World) -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while given < 64 * MAX_BODY:
            given += 65_536
            yield bytes(65_536)

    async def just_enough() -> AsyncIterator[bytes]:
        for _ in range(16):
            yield bytes(MAX_BODY // 16)

    fits = await world.client.post("/inbox", data=just_enough(), headers=AP)
    assert (fits.status, len(world.inbox.messages[0].body or b"")) == (202, MAX_BODY)
    answer = await world.client.post("/inbox", data=endless(), headers=AP)
    assert (answer.status, answer.headers["Connection"]) == (413, "close")
    assert given < 64 * MAX_BODY
    assert len(world.inbox.messages) == 1


@pytest.mark.parametrize(
    ("trusted", "handed_on"), [("127.0.0.0/8", HOST), ("10.0.0.0/8", "internal:8420")]
)
async def test_a_proxy_of_ours_may_have_rewritten_the_host(
    world: World, trusted: str, handed_on: str
) -> None:
    assert ip_network(trusted)
    app = world.client.app
    assert app is not None
    app._state[CONFIG] = Config(origin=ORIGIN, trusted_proxies=(trusted,))
    await world.client.post("/inbox", data=BODY, headers=AP | {"Host": "internal:8420"})
    [message] = world.inbox.messages
    assert message.authority == HOST
    assert [value for name, value in message.headers if name == "Host"] == [handed_on]
