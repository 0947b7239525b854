"""GET /api/v1/streaming/...: one stream as server-sent events, for clients that only read.

A line of comment now and then keeps the connection alive. Nothing is told again after an
interruption: clients load the lists then, as they do when they begin.
"""

from contextlib import suppress
from typing import Final

from aiohttp import web

from node.clients.answers import Response
from node.clients.call import Call
from node.clients.streaming.entry import join, listener
from node.clients.streaming.hub import Connection
from node.clients.streaming.keys import EVENTS, HUB
from node.clients.streaming.streams import Kind, Stream, stream_of
from node.web.headers import PRIVATE

ALIVE_SECONDS: Final = 15.0
ALIVE: Final = b":thump\n\n"
BEGIN: Final = b":)\n\n"
PATHS: Final[dict[str, Kind]] = {
    "user": "user",
    "user/notification": "user:notification",
    "public": "public",
    "public/local": "public:local",
    "public/remote": "public:remote",
    "hashtag": "hashtag",
    "hashtag/local": "hashtag:local",
    "list": "list",
    "direct": "direct",
}


async def health(call: Call) -> web.StreamResponse:
    """GET /api/v1/streaming/health: streams can be opened."""
    del call
    return Response(text="OK", headers={"Cache-Control": PRIVATE})


async def lines(call: Call) -> web.StreamResponse:
    """The stream, until either side ends it."""
    caller, stream = await listener(call), _asked(call)
    with call.app[HUB].connection(caller) as one:
        await call.app[EVENTS].ready()
        await join(call, caller, one, [stream])
        response = open_lines()
        with suppress(ConnectionError):
            await response.prepare(call.request)
            await response.write(BEGIN)
            await _send(response, one)
            await response.write_eof()
    return response


def open_lines() -> web.StreamResponse:
    """An answer of server-sent events that nothing on the way keeps or holds back."""
    return web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream",
            "Cache-Control": PRIVATE,
            "X-Accel-Buffering": "no",
        }
    )


async def _send(response: web.StreamResponse, one: Connection) -> None:
    while one.ended is None:
        frames = await one.wait(ALIVE_SECONDS)
        if frames:
            await response.write(b"".join(frame.as_lines for frame in frames))
        elif one.ended is None:
            await response.write(ALIVE)


def _asked(call: Call) -> Stream:
    kind = PATHS[call.request.path.removeprefix("/api/v1/streaming/").rstrip("/")]
    if kind.startswith("public") and call.params.flag("only_media"):
        return stream_of(f"{kind}:media")
    return stream_of(kind, call.params.text("tag"), call.params.text("list"))
