"""eventStream: what is added to the owner's inbox, as server-sent events (SWICG draft, Server-Sent
Events for the ActivityPub API). Each is an Add with the activity and the inbox.

It listens where the streams of the other door do (`node/clients/streaming/`), so that it wakes by
the database's own wake-ups, in whatever process something happened, and ends with its token. What
it tells is read from the inbox anew, as its owner may read it at that moment.
"""

from contextlib import suppress
from typing import Final

import msgspec
from aiohttp import web

from activitypub.contexts import ACTIVITY_CONTEXT
from node.clients.c2s.boxes import newer
from node.clients.c2s.documents import Document
from node.clients.call import Call
from node.clients.mastodon.site import site_of
from node.clients.streaming.entry import join, listener
from node.clients.streaming.hub import Connection
from node.clients.streaming.keys import EVENTS, HUB
from node.clients.streaming.sse import ALIVE, ALIVE_SECONDS, BEGIN
from node.clients.streaming.streams import stream_of
from node.errors import Refused
from node.scopes import covers
from node.web.headers import PRIVATE
from storage.actors import Actor

HEARD: Final = (stream_of("user"), stream_of("direct"))


async def events(call: Call) -> web.StreamResponse:
    """GET /client/events, with the token in the header or as `access_token`."""
    caller = await listener(call)
    if not covers(caller.scopes, "read"):
        raise Refused("This token is not made for that; it needs read", "scope")
    who = caller.persona
    assert who is not None
    with call.app[HUB].connection(caller) as one:
        await call.app[EVENTS].ready()
        await join(call, caller, one, HEARD)
        seen, _ = await _newer(call, who, None)
        response = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream",
                "Cache-Control": PRIVATE,
                "X-Accel-Buffering": "no",
            }
        )
        with suppress(ConnectionError):
            await response.prepare(call.request)
            await response.write(BEGIN)
            await _tell(call, response, one, who, seen)
            await response.write_eof()
    return response


async def _tell(
    call: Call, response: web.StreamResponse, one: Connection, who: Actor, seen: int
) -> None:
    while one.ended is None:
        if await one.wait(ALIVE_SECONDS):
            seen, added = await _newer(call, who, seen)
            await response.write(b"".join(_line(document, who) for document in added))
        elif one.ended is None:
            await response.write(ALIVE)


async def _newer(call: Call, who: Actor, seen: int | None) -> tuple[int, list[Document]]:
    return await call.db.read(lambda uow: newer(uow, who, seen, site_of(call.app)))


def _line(document: Document, who: Actor) -> bytes:
    add = {
        "@context": ACTIVITY_CONTEXT,
        "type": "Add",
        "object": {name: member for name, member in document.items() if name != "@context"},
        "target": f"{who.uri}/inbox",
    }
    return b"data: " + msgspec.json.encode(add) + b"\n\n"
