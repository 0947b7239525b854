"""Who may listen to what: the token of a stream, and the streams that it opens.

Browsers cannot send headers with a WebSocket, so a token may also come as the protocol that the
client proposes (masto.js; it is echoed, as RFC 6455 wants it) or as `?access_token=`. No log of
ours holds an address with its query.
"""

from collections.abc import Iterable

from aiohttp import web

from node.clients.access import CALLERS, TOKEN_MOST, Unauthorized, bearer_of
from node.clients.call import Call
from node.clients.streaming.hub import Connection
from node.clients.streaming.keys import HUB
from node.clients.streaming.streams import Stream, need_list, scopes_for
from node.errors import Refused
from node.scopes import covers
from node.viewer import Caller
from node.web.keys import DB
from storage.unit_of_work import UnitOfWork

PROTOCOL = "Sec-WebSocket-Protocol"


def proposed(request: web.Request) -> str | None:
    """The first protocol that a WebSocket client proposes, which is where masto.js puts a token."""
    return request.headers.get(PROTOCOL, "").partition(",")[0].strip() or None


async def listener(call: Call) -> Caller:
    """Who listens. Raises Unauthorized without a token of a person, however it was sent."""
    request = call.request
    if call.caller is not None and call.caller.persona is not None:
        return call.caller
    token = bearer_of(request) or call.params.text("access_token") or proposed(request)
    if token is None or len(token) > TOKEN_MOST:
        raise Unauthorized("Missing access token")
    given, callers = token, request.app[CALLERS]
    caller = await request.app[DB].read(lambda uow: callers.caller_of(uow, given))
    if caller is None or caller.persona is None:
        raise Unauthorized
    return caller


def insist_on_scope(caller: Caller, stream: Stream) -> None:
    """Raises Refused unless the token may hear this stream."""
    needed = scopes_for(stream)
    if not any(covers(caller.scopes, one) for one in needed):
        raise Refused(
            f"This stream is outside the authorized scopes; it needs {' or '.join(needed)}", "scope"
        )


async def join(call: Call, caller: Caller, one: Connection, streams: Iterable[Stream]) -> None:
    """Listen to these streams. Raises Refused, and NotFound for somebody else's list."""
    hub, persona = call.app[HUB], caller.persona
    assert persona is not None
    for stream in streams:
        insist_on_scope(caller, stream)
        if stream.kind == "list":
            number = int(stream.key)

            def owner(uow: UnitOfWork, number: int = number) -> int | None:
                found = uow.lists.get(persona.id, number)
                return found.persona_id if found is not None else None

            need_list(stream, await call.db.read(owner), persona.id)
        hub.join(one, stream)
