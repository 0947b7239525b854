"""Bodies too long, packed or broken: OUT-08 and OUT-16."""

import asyncio
import gzip
import time
import tracemalloc
import zlib

import pytest
from aiohttp import web

from activitypub.content import clean_html, plain_text
from federation.errors import BadResponse, FetchError, TooBig
from federation.limits import MAX_BODY, MAX_POST_REPLY
from federation.unpack import unpack
from tests.federation.door import JSON, Handler, listening, opened, serving

MIB = 1024 * 1024


def answering(body: bytes, encoding: str = "") -> Handler:
    async def handle(request: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Encoding": encoding} if encoding else None)

    return handle


async def endless(request: web.Request) -> web.StreamResponse:
    """Chunks for as long as anyone reads."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"x" * 65536)


async def test_out_08_a_body_up_to_the_cap_is_read_and_beyond_it_refused() -> None:
    for size, cap in ((MAX_BODY, MAX_BODY), (10, 10)):
        async with serving(answering(b"x" * size)) as port, opened() as client:
            url = f"http://127.0.0.1:{port}/"
            answer = await client.get(url, accept=JSON, max_bytes=cap)
            assert len(answer.body) == size
            with pytest.raises(TooBig) as refused:
                await client.get(url, accept=JSON, max_bytes=cap - 1)
            assert refused.value.retryable is False


async def test_out_08_an_endless_body_is_left_at_the_cap() -> None:
    async with serving(endless) as port, opened() as client:
        tracemalloc.start()
        try:
            with pytest.raises(TooBig):
                await client.get(f"http://127.0.0.1:{port}/", accept=JSON)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 16 * MIB


async def test_out_08_the_answer_to_a_post_is_kept_to_its_cap() -> None:
    async with serving(endless) as port, opened() as client:
        answer = await client.post(f"http://127.0.0.1:{port}/inbox", b"{}", {})
    assert answer.status == 200
    assert answer.body == b"x" * MAX_POST_REPLY


@pytest.mark.parametrize(
    ("declared", "error"), [(999_999_999_999, TooBig), (MAX_BODY, BadResponse)]
)
async def test_out_08_a_length_that_lies_is_refused(declared: int, error: type[FetchError]) -> None:
    async def lying(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {declared}\r\n\r\nshort".encode())
        writer.close()

    async with listening(lying) as port, opened() as client:
        with pytest.raises(error):
            await client.get(f"http://127.0.0.1:{port}/", accept=JSON)


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello", mtime=0)),
        ("GZip", gzip.compress(b"hel", mtime=0) + gzip.compress(b"lo", mtime=0)),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", zlib.compress(b"hello")[2:-4]),
        ("identity", b"hello"),
    ],
)
async def test_packed_bodies_are_unpacked(encoding: str, packed: bytes) -> None:
    async with serving(answering(packed, encoding)) as port, opened() as client:
        assert (await client.get(f"http://127.0.0.1:{port}/", accept=JSON)).body == b"hello"
        assert (await client.post(f"http://127.0.0.1:{port}/", b"", {})).body == b"hello"


async def test_out_08_a_gzip_bomb_is_refused_at_the_cap() -> None:
    bomb = gzip.compress(b"\0" * (100 * MIB))
    async with serving(answering(bomb, "gzip")) as port, opened() as client:
        tracemalloc.start()
        try:
            with pytest.raises(TooBig):
                await client.get(f"http://127.0.0.1:{port}/", accept=JSON)
            answer = await client.post(f"http://127.0.0.1:{port}/", b"", {})
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert answer.body == b""
    assert peak < 16 * MIB


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("br", b"\x0b\x02\x80hello\x03"),
        ("zstd", b"\x28\xb5\x2f\xfd\x00"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"hello", mtime=0), mtime=0)),
        ("gzip", b"plain after all"),
        ("gzip", gzip.compress(b"hello" * 1000, mtime=0)[:-12]),
        ("gzip", gzip.compress(b"", mtime=0) * 1000),
        ("deflate", b"\xff\xff\xff"),
    ],
)
async def test_out_08_other_encodings_and_broken_data_are_refused(
    encoding: str, packed: bytes
) -> None:
    with pytest.raises(BadResponse):
        unpack(packed, encoding, MAX_BODY)
    async with serving(answering(packed, encoding)) as port, opened() as client:
        with pytest.raises(BadResponse):
            await client.get(f"http://127.0.0.1:{port}/", accept=JSON)


def test_out_08_members_of_a_gzip_file_share_one_cap() -> None:
    two = gzip.compress(b"x" * 600, mtime=0) * 2
    assert len(unpack(two, "gzip", 1200)) == 1200
    with pytest.raises(TooBig):
        unpack(two, "gzip", 1199)


async def test_out_16_crafted_html_is_bytes_to_the_door_and_quick_to_read() -> None:
    crafted = (b"<a <link rel=alternate href=" * 40_000)[:MIB]
    async with serving(answering(crafted)) as port, opened() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/", accept=JSON)
    assert answer.body == crafted
    start = time.perf_counter()
    clean_html(crafted.decode())
    plain_text(crafted.decode())
    assert time.perf_counter() - start < 0.2
