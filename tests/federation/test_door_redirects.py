"""Redirects and what is carried along: OUT-03, OUT-04, OUT-14."""

import asyncio
from collections.abc import Mapping

import pytest
from aiohttp import web
from yarl import URL

from federation.addresses import AddressPolicy
from federation.errors import BadResponse, Blocked
from federation.limits import MAX_REDIRECTS
from federation.redirects import next_hop
from tests.federation.door import JSON, listening, opened, serving


class Paths:
    """Redirects by a table of paths; keeps what it was asked."""

    def __init__(self, table: Mapping[str, str], status: int = 302) -> None:
        self.table = table
        self.status = status
        self.seen: list[web.Request] = []
        self.sockets: list[object] = []

    async def handle(self, request: web.Request) -> web.Response:
        self.seen.append(request)
        self.sockets.append(request.transport and request.transport.get_extra_info("peername"))
        if request.path in self.table:
            return web.Response(
                status=self.status,
                headers={"Location": self.table[request.path], "Set-Cookie": "spy=1; Path=/"},
            )
        return web.Response(body=b"{}", content_type=JSON, headers={"Set-Cookie": "spy=2; Path=/"})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_out_03_a_redirect_to_an_honest_place_is_followed(status: int) -> None:
    paths = Paths({"/a": "/b", "/b": "c?x=1"}, status)
    async with serving(paths.handle) as port, opened() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/a", accept=JSON)
    assert answer.status == 200
    assert answer.url == f"http://127.0.0.1:{port}/c?x=1"
    assert [request.method for request in paths.seen] == ["GET"] * 3


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "//10.0.0.1/",
        "https://93.184.215.14:22/",
        "http://93.184.215.14/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "data:application/activity+json,{}",
        "gopher://127.0.0.1:6379/_x",
        "https://user:secret@127.0.0.1/",
        "https://[::ffff:127.0.0.1]/",
        "http://127.1/",
        "http://evil.example\\@127.0.0.1/",
        "http://[::1",
        "http://①②⑦.⓪.⓪.①/",
    ],
)
async def test_out_03_a_redirect_elsewhere_is_stopped(location: str) -> None:
    paths = Paths({"/a": location})
    async with serving(paths.handle) as port, opened() as client:
        with pytest.raises(Blocked):
            await client.get(f"http://127.0.0.1:{port}/a", accept=JSON)
    assert len(paths.seen) == 1


async def test_out_03_a_redirect_to_a_name_of_a_private_address_is_stopped() -> None:
    paths = Paths({"/a": "https://inside.example/"})
    async with serving(paths.handle) as port, opened(lookup=lambda _: ["10.0.0.1"]) as client:
        with pytest.raises(Blocked) as refused:
            await client.get(f"http://127.0.0.1:{port}/a", accept=JSON)
    assert refused.value.reason == "address"


def test_out_13_a_step_down_from_https_is_stopped() -> None:
    policy = AddressPolicy(["127.0.0.0/8"])
    start = URL("https://127.0.0.1/a", encoded=True)
    with pytest.raises(Blocked) as refused:
        next_hop(start, 302, {"Location": "http://127.0.0.1/b"}, policy)
    assert refused.value.reason == "downgrade"
    assert str(next_hop(start, 302, {"Location": "/b"}, policy)) == "https://127.0.0.1/b"


@pytest.mark.parametrize(
    "table",
    [
        {"/a": "/a"},
        {"/a": "/b", "/b": "/a"},
        {"/a": "/0", **{f"/{hop}": f"/{hop + 1}" for hop in range(20)}},
    ],
)
async def test_out_04_circles_and_long_chains_end(table: Mapping[str, str]) -> None:
    paths = Paths(table)
    async with serving(paths.handle) as port, opened() as client:
        with pytest.raises(BadResponse) as refused:
            await client.get(f"http://127.0.0.1:{port}/a", accept=JSON)
    assert refused.value.reason == "redirect"
    assert len(paths.seen) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("size", [3_000, 300_000])
async def test_out_04_a_huge_location_is_refused(size: int) -> None:
    paths = Paths({"/a": "/" + "x" * size})
    async with serving(paths.handle) as port, opened() as client:
        with pytest.raises(BadResponse):
            await client.get(f"http://127.0.0.1:{port}/a", accept=JSON)
    assert len(paths.seen) == 1


async def test_out_04_a_redirect_to_nowhere_is_refused() -> None:
    async def no_location(request: web.Request) -> web.Response:
        return web.Response(status=302)

    async with serving(no_location) as port, opened() as client:
        with pytest.raises(BadResponse) as refused:
            await client.get(f"http://127.0.0.1:{port}/a", accept=JSON)
    assert (refused.value.reason, refused.value.status) == ("redirect", 302)


async def test_out_04_a_redirect_with_an_endless_body_is_not_read() -> None:
    paths = Paths({})

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{target}/b\r\n"
        writer.write(f"{head}Content-Length: 999999999999\r\n\r\n".encode())

    async with serving(paths.handle) as target, listening(endless) as port, opened() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/a", accept=JSON)
    assert answer.url.endswith("/b")


async def test_out_14_each_hop_is_signed_anew_and_nothing_is_carried_over() -> None:
    signed: list[tuple[str, str, bytes | None]] = []

    async def sign(method: str, url: str, body: bytes | None) -> Mapping[str, str]:
        signed.append((method, url, body))
        return {"Signature": f"for {url}", **({"Authorization": "once"} if len(signed) < 2 else {})}

    there = Paths({})
    async with serving(there.handle) as other:
        here = Paths({"/a": f"http://localhost:{other}/b"})
        async with serving(here.handle) as port, opened() as client:
            first = f"http://127.0.0.1:{port}/a"
            await client.get(first, accept=JSON, sign=sign)
            await client.get(f"http://127.0.0.1:{port}/plain", accept=JSON)
    second = f"http://localhost:{other}/b"
    assert signed == [("GET", first, None), ("GET", second, None)]
    assert here.seen[0].headers["Authorization"] == "once"
    assert here.seen[0].headers["Signature"] == f"for {first}"
    assert there.seen[0].headers["Signature"] == f"for {second}"
    assert "Authorization" not in there.seen[0].headers
    for request in (*here.seen[1:], *there.seen):
        assert "Cookie" not in request.headers
    assert "Signature" not in here.seen[1].headers


async def test_out_14_a_kept_connection_carries_nothing_from_post_to_post() -> None:
    paths = Paths({})
    async with serving(paths.handle) as port, opened() as client:
        url = f"http://127.0.0.1:{port}/inbox"
        await client.post(url, b"one", {"Signature": "s", "Digest": "d", "Authorization": "a"})
        await client.post(url, b"two", {"Content-Type": JSON})
    first, second = paths.seen
    assert paths.sockets[0] == paths.sockets[1]
    assert first.headers["Signature"] == "s"
    assert second.headers["User-Agent"] == "Kith/test (+https://us.example)"
    for name in ("Cookie", "Authorization", "Signature", "Digest"):
        assert name not in second.headers


async def test_a_post_follows_no_redirect() -> None:
    paths = Paths({"/inbox": "/elsewhere"}, status=307)
    async with serving(paths.handle) as port, opened() as client:
        answer = await client.post(f"http://127.0.0.1:{port}/inbox", b"{}", {})
    assert answer.status == 307
    assert len(paths.seen) == 1
