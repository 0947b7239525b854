"""Peers and name servers that take their time: OUT-09 and OUT-17; and connections that break."""

import asyncio
import socket
import threading

import pytest
from aiohttp import web

from federation.errors import BadResponse, FetchError, TimedOut, Unreachable
from federation.limits import MAX_ADDRESSES
from federation.resolver import Names, ask_system
from tests.federation.door import JSON, RawHandler, listening, opened, serving

SHORT = 0.2


def saying(text: bytes, *, close: bool = False) -> RawHandler:
    """A server that reads a request's head, says `text` and then nothing more."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(text)
        if close:
            writer.close()

    return handle


async def ok(request: web.Request) -> web.Response:
    return web.Response(text="ok")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 103 Early Hints\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n1",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
    ],
)
async def test_out_09_a_peer_that_falls_silent_is_left(said: bytes) -> None:
    async with listening(saying(said)) as port, opened(seconds=SHORT) as client:
        url = f"http://127.0.0.1:{port}/"
        with pytest.raises(TimedOut) as late:
            await client.get(url, accept=JSON)
        assert late.value.retryable
        with pytest.raises(TimedOut):
            await client.post(url, b"{}", {})


async def test_out_09_a_tls_handshake_that_never_ends_is_left() -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)

    async with listening(mute) as port, opened(seconds=SHORT) as client:
        with pytest.raises(TimedOut):
            await client.get(f"https://127.0.0.1:{port}/", accept=JSON)


async def test_out_09_the_deadline_covers_all_redirects_together() -> None:
    hops = 0

    async def slow(request: web.Request) -> web.Response:
        nonlocal hops
        hops += 1
        if hops > 2:
            await asyncio.Event().wait()
        return web.Response(status=302, headers={"Location": f"/{hops}"})

    clock = asyncio.get_running_loop().time
    async with serving(slow) as port, opened(seconds=SHORT) as client:
        start = clock()
        with pytest.raises(TimedOut):
            await client.get(f"http://127.0.0.1:{port}/", accept=JSON)
        assert clock() - start < 10 * SHORT
    assert hops == 3


async def test_out_17_a_stuck_name_server_stops_neither_the_loop_nor_others() -> None:
    release = threading.Event()

    def lookup(host: str) -> list[str]:
        if host == "stuck.example":
            release.wait(30)
        return ["127.0.0.1"]

    try:
        async with serving(ok) as port, opened(seconds=SHORT, lookup=lookup) as client:
            stuck = asyncio.create_task(client.get(f"http://stuck.example:{port}/", accept=JSON))
            other = await client.get(f"http://quick.example:{port}/", accept=JSON)
            assert (other.status, stuck.done()) == (200, False)
            with pytest.raises(TimedOut):
                await stuck
    finally:
        release.set()


async def test_out_17_a_long_answer_is_cut() -> None:
    names = Names(lambda _: ["127.0.0.1", *(f"10.0.{n >> 8}.{n & 255}" for n in range(1000))])
    try:
        found = await names.addresses("many.example")
    finally:
        names.close()
    assert (len(found), found[0]) == (MAX_ADDRESSES, "127.0.0.1")


async def test_out_17_a_name_without_an_answer_is_unreachable() -> None:
    def circle(host: str) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "a circle of CNAMEs")

    async with opened(lookup=circle) as client:
        with pytest.raises(Unreachable) as failed:
            await client.get("https://circle.example/", accept=JSON)
    assert (failed.value.reason, failed.value.retryable) == ("dns", True)


def test_a_name_that_dns_cannot_hold_is_a_failed_lookup() -> None:
    with pytest.raises(OSError, match="not a name"):
        ask_system("x" * 64 + ".example")
    assert ask_system("127.0.0.1") == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"", Unreachable),
        (b"SSH-2.0-OpenSSH_9.2\r\n", BadResponse),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", BadResponse),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 20_000 + b"\r\n\r\n", BadResponse),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5_000 + b"\r\n", BadResponse),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", BadResponse),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", BadResponse),
    ],
)
async def test_what_is_no_answer_is_one_of_our_errors(said: bytes, error: type[FetchError]) -> None:
    async with listening(saying(said, close=True)) as port, opened() as client:
        with pytest.raises(error):
            await client.get(f"http://127.0.0.1:{port}/", accept=JSON)
        with pytest.raises(error):
            await client.post(f"http://127.0.0.1:{port}/", b"{}", {})


async def test_a_closed_port_is_unreachable() -> None:
    async with serving(ok) as port:
        pass
    async with opened() as client:
        with pytest.raises(Unreachable) as failed:
            await client.get(f"http://127.0.0.1:{port}/", accept=JSON)
    assert failed.value.retryable


async def test_headers_that_would_split_a_request_are_refused() -> None:
    async with serving(ok) as port, opened() as client:
        with pytest.raises(FetchError):
            await client.post(f"http://127.0.0.1:{port}/", b"{}", {"X": "a\r\nY: b"})
        assert (await client.post(f"http://127.0.0.1:{port}/", b"{}", {"X": "a"})).status == 200


async def test_a_closed_client_says_so_in_our_words() -> None:
    async with serving(ok) as port:
        async with opened() as client:
            assert (await client.get(f"http://127.0.0.1:{port}/", accept=JSON)).status == 200
        with pytest.raises(Unreachable):
            await client.get(f"http://127.0.0.1:{port}/", accept=JSON)


async def test_a_post_is_sent_again_once_when_a_connection_proves_dead() -> None:
    attempts = 0

    async def hang_up_first(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal attempts
        attempts += 1
        await reader.readuntil(b"\r\n\r\n")
        if attempts > 1:
            writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with listening(hang_up_first) as port, opened() as client:
        assert (await client.post(f"http://127.0.0.1:{port}/inbox", b"{}", {})).status == 202
    assert attempts == 2


async def test_a_peer_that_always_hangs_up_gets_two_attempts() -> None:
    attempts = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal attempts
        attempts += 1
        writer.close()

    async with listening(hang_up) as port, opened() as client:
        with pytest.raises(Unreachable):
            await client.post(f"http://127.0.0.1:{port}/inbox", b"{}", {})
    assert attempts == 2


async def test_an_error_of_the_signer_is_not_taken_for_the_networks() -> None:
    async def broken(method: str, url: str, body: bytes | None) -> dict[str, str]:
        raise KeyError("no key")

    async with serving(ok) as port, opened() as client:
        with pytest.raises(KeyError):
            await client.get(f"http://127.0.0.1:{port}/", accept=JSON, sign=broken)
