"""GET /api/v1/streaming: one WebSocket that carries the streams that its client asks for.

    {"type": "subscribe", "stream": "user"}
    {"type": "subscribe", "stream": "hashtag", "tag": "sleep"}
    {"type": "unsubscribe", "stream": "list", "list": "42"}

Each event is {"stream": ["user"], "event": "update", "payload": "<JSON as text>"}. What cannot be
done is answered {"error": ..., "status": ...}, and the connection stays. Pings keep it alive and
find out who has gone.
"""

import asyncio
from contextlib import suppress
from typing import Final

import msgspec
from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from node.clients.call import Call
from node.clients.doors import status_of
from node.clients.params import Params
from node.clients.streaming.entry import insist_on_scope, join, listener, proposed
from node.clients.streaming.hub import Connection
from node.clients.streaming.keys import EVENTS, HUB
from node.clients.streaming.streams import Stream, stream_of
from node.errors import Invalid, KithError
from node.viewer import Caller
from node.web.json_body import encoded

PING_SECONDS: Final = 30.0
MESSAGE_MOST: Final = 4096
"""Bytes of one message of a client."""
_CLOSE: Final = {
    "token": (WSCloseCode.POLICY_VIOLATION, b"The access token is no longer valid"),
    "slow": (WSCloseCode.TRY_AGAIN_LATER, b"Too slow; load the lists and come back"),
    "closing": (WSCloseCode.GOING_AWAY, b"Come back in a moment"),
}


async def socket(call: Call) -> web.StreamResponse:
    """The connection, from the handshake until either side ends it."""
    caller = await listener(call)
    first = _first(call.params)
    if first is not None:
        insist_on_scope(caller, first)
    response = web.WebSocketResponse(
        protocols=_echo(call.request),
        heartbeat=PING_SECONDS,
        compress=False,
        max_msg_size=MESSAGE_MOST,
    )
    if not response.can_prepare(call.request).ok:
        raise Invalid(
            "Upgrade", "This address is for WebSockets; for server-sent events ask below it"
        )
    with call.app[HUB].connection(caller) as one:
        await call.app[EVENTS].ready()
        await join(call, caller, one, [] if first is None else [first])
        await response.prepare(call.request)
        sending = asyncio.create_task(_send(response, one))
        try:
            async for message in response:
                await _hear(call, caller, one, response, message)
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending
    return response


def _echo(request: web.Request) -> tuple[str, ...]:
    name = proposed(request)
    return () if name is None else (name,)


def _first(params: Params) -> Stream | None:
    if not params.has("stream"):
        return None
    return stream_of(params.text("stream"), params.text("tag"), params.text("list"))


async def _send(response: web.WebSocketResponse, one: Connection) -> None:
    """Sends what comes until the connection has to end, and then says why."""
    with suppress(ConnectionError):
        while one.ended is None:
            for frame in await one.wait():
                await response.send_frame(frame.as_message, WSMsgType.TEXT)
        # Not `close`: the other task is reading, and gets the client's answer to this.
        code, why = _CLOSE[one.ended]
        await response.send_frame(code.to_bytes(2) + why, WSMsgType.CLOSE)


async def _hear(
    call: Call,
    caller: Caller,
    one: Connection,
    response: web.WebSocketResponse,
    message: WSMessage,
) -> None:
    """One message of the client."""
    if message.type is not WSMsgType.TEXT:
        return
    try:
        params = _params(message.data)
        kind = params.text("type")
        stream = stream_of(params.text("stream"), params.text("tag"), params.text("list"))
        if kind == "subscribe":
            await join(call, caller, one, [stream])
        elif kind == "unsubscribe":
            call.app[HUB].leave(one, stream)
        else:
            raise Invalid("type", "Unknown type; there are: subscribe, unsubscribe")
    except KithError as error:
        said = {
            "error": str(error),
            "status": 400 if isinstance(error, Invalid) else status_of(error),
        }
        with suppress(ConnectionError):
            await response.send_frame(encoded(said), WSMsgType.TEXT)


def _params(text: str) -> Params:
    try:
        return Params(msgspec.json.decode(text, type=dict[str, str | int | None]))
    except (msgspec.DecodeError, RecursionError):
        raise Invalid("message", 'Send JSON such as {"type":"subscribe","stream":"user"}') from None
