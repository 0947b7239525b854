"""WEB-15 and DOS-01 on raw sockets: what is ambiguous is refused and the connection closed."""

import asyncio
import logging

import pytest

from federation.limits import MAX_BODY
from node.wire.keys import BODY_TIMEOUT
from tests.node.wire.world import World

GOOD = b"POST /inbox HTTP/1.1\r\nHost: kith.example\r\nContent-Length: 2\r\n\r\n{}"
AMBIGUOUS = {
    "both-lengths": b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two-lengths": b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}}",
    "two-hosts": b"Host: other.example\r\nContent-Length: 2\r\n\r\n{}",
    "folded-line": b"X-Long: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
    "odd-length": b"Content-Length: +2\r\n\r\n{}",
    "name-with-space": b"X-Odd : 1\r\nContent-Length: 2\r\n\r\n{}",
    "nul": b"X-Odd: a\x00b\r\nContent-Length: 2\r\n\r\n{}",
}
BAD_CHUNKS = {
    "size": b"xyz\r\n{}\r\n0\r\n\r\n",
    "negative": b"-2\r\n{}\r\n0\r\n\r\n",
    "length": b"2\r\n{}}\r\n0\r\n\r\n",
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """No database is asked here, so one kind is enough."""
    return sqlite_url


async def exchange(world: World, *parts: bytes) -> bytes:
    """Send raw bytes and read until the server closes; what it said."""
    server = world.client.server
    assert server.port is not None
    reader, writer = await asyncio.open_connection(server.host, server.port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def status_of(said: bytes) -> int:
    return int(said.split(b" ", 2)[1])


async def test_the_same_request_unspoilt_is_taken(world: World) -> None:
    said = await exchange(world, GOOD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert status_of(said) == 202
    assert len(world.inbox.messages) == 1


@pytest.mark.parametrize("name", list(AMBIGUOUS))
async def test_web_15_an_ambiguous_head_is_refused_and_hung_up(
    world: World, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    head = b"POST /inbox HTTP/1.1\r\nHost: kith.example\r\n"
    said = await exchange(world, head + AMBIGUOUS[name])
    assert status_of(said) == 400
    assert said.count(b"HTTP/1.") == 1
    assert world.inbox.messages == []
    assert [one for one in caplog.records if one.levelno > logging.INFO] == []


@pytest.mark.parametrize("name", list(BAD_CHUNKS))
async def test_web_15_a_bad_chunk_is_refused_and_hung_up(
    world: World, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    head = b"POST /inbox HTTP/1.1\r\nHost: kith.example\r\nTransfer-Encoding: chunked\r\n\r\n"
    said = await exchange(world, head + BAD_CHUNKS[name])
    assert status_of(said) == 400
    assert world.inbox.messages == []
    assert [one for one in caplog.records if one.levelno > logging.INFO] == []


async def test_dos_01_a_gigabyte_is_refused_by_its_announcement(world: World) -> None:
    head = b"POST /inbox HTTP/1.1\r\nHost: kith.example\r\nContent-Length: 1000000000\r\n\r\n"
    said = await exchange(world, head + b"{")
    assert status_of(said) == 413
    assert b"Connection: close" in said
    assert world.inbox.messages == []


async def test_dos_01_a_gigabyte_is_refused_before_we_ask_for_it(world: World) -> None:
    head = b"POST /inbox HTTP/1.1\r\nHost: kith.example\r\nExpect: 100-continue\r\n"
    said = await exchange(world, head + b"Content-Length: 1000000000\r\n\r\n")
    assert status_of(said) == 413
    assert b"100 Continue" not in said
    head = head.replace(b"Expect", b"Connection: close\r\nExpect")
    said = await exchange(world, head + b"Content-Length: 2\r\n\r\n{}")
    assert said.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 ")


async def test_dos_01_chunks_without_end_are_cut_off(world: World) -> None:
    head = b"POST /inbox HTTP/1.1\r\nHost: kith.example\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
    said = await exchange(world, head, *[chunk] * (MAX_BODY // 0x10000), chunk)
    assert status_of(said) == 413
    assert world.inbox.messages == []


async def test_a_body_that_does_not_come_is_not_waited_for(world: World) -> None:
    app = world.client.app
    assert app is not None
    app._state[BODY_TIMEOUT] = 0.05
    head = b"POST /inbox HTTP/1.1\r\nHost: kith.example\r\nContent-Length: 5\r\n\r\n"
    said = await exchange(world, head + b"{")
    assert status_of(said) == 408
    assert world.inbox.messages == []
    whole = await world.client.post("/inbox", data=b"{}")
    assert whole.status == 202


async def test_a_peer_that_hangs_up_midway_leaves_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    server = world.client.server
    assert server.port is not None
    _, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(b"POST /inbox HTTP/1.1\r\nHost: kith.example\r\nContent-Length: 5\r\n\r\n{")
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await world.client.post("/inbox", data=b"{}")).status == 202
    assert len(world.inbox.messages) == 1
    assert [one for one in caplog.records if one.levelno > logging.INFO] == []


async def test_a_target_that_names_another_host_is_handed_on_as_it_stood(world: World) -> None:
    said = await exchange(
        world,
        GOOD.replace(b"/inbox", b"http://other.example/inbox").replace(
            b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
        ),
    )
    assert status_of(said) in (202, 400, 404)
    assert all(not one.target.startswith("/") for one in world.inbox.messages)


@pytest.mark.parametrize(
    "target",
    ["/personas/a%62c/inbox", "/groups/%C3%A9/inbox?a=%2F&b=+&c", "/inbox?", "/inbox?x=%7e%7E"],
)
async def test_path_and_query_are_handed_on_byte_for_byte(world: World, target: str) -> None:
    request = GOOD.replace(b"/inbox", target.encode(), 1)
    said = await exchange(world, request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert status_of(said) == 202
    assert [one.target for one in world.inbox.messages] == [target]
