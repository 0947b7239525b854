"""The addresses of the client-to-server side, and which of those of `node/wire/` have a second
answer for whoever brings a token.

A request with a bearer token never reaches a handler of the wire, unless it is about somebody
else's public things; and one without never reaches a handler of this package.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from aiohttp import web

from node.clients.c2s import events, lists, outbox, proxy, upload, views
from node.clients.c2s.problems import refuse
from node.clients.c2s.showing import VARY
from node.clients.call import Call
from node.clients.doors import Door, Handle, door, door_of
from node.web.headers import PRIVATE

Anyone = Callable[[web.Request], Awaitable[web.StreamResponse]]

SHARED: Final[dict[str, tuple[Handle, str]]] = {
    "/personas/{handle}": (views.actor, "read:accounts"),
    "/personas/{handle}/outbox": (views.outbox, "read:statuses"),
    "/personas/{handle}/inbox": (views.inbox, "read"),
    "/personas/{handle}/followers": (lists.followers, "read:follows"),
    "/personas/{handle}/following": (lists.following, "read:follows"),
    "/personas/{handle}/liked": (lists.liked, "read:favourites"),
    "/posts/{id}": (views.post, "read:statuses"),
    "/posts/{id}/replies": (views.replies, "read:statuses"),
    "/posts/{id}/likes": (views.likes, "read:statuses"),
    "/posts/{id}/shares": (views.shares, "read:statuses"),
    "/activities/{id}": (views.activity, "read:statuses"),
}
"""What others read as well, with what a token needs for the view of its own."""
OWNED: Final = tuple(
    f"/personas/{{handle}}{end}" for end in ("", "/outbox", "/followers", "/following", "/liked")
)
"""Of these, somebody else's are shown to a token as they are to anyone."""


def c2s_routes() -> Iterator[web.RouteDef]:
    """The addresses of this package alone."""
    yield _door("POST", "/personas/{handle}/outbox", outbox.post, None, who="app", body=False)
    for path, handle, scope in (
        ("/personas/{handle}/pendingFollowers", lists.pending_followers, "read:follows"),
        ("/personas/{handle}/pendingFollowing", lists.pending_following, "read:follows"),
        ("/personas/{handle}/blocked", lists.blocked, "read:blocks"),
        ("/client/messages/{id}", views.message, "read:statuses"),
        ("/client/follows/{followed}/{follower}", lists.waiting_follow, "read:follows"),
        ("/client/blocks/{named}", lists.one_block, "read:blocks"),
        ("/collections/{id}", views.kept, "read:lists"),
    ):
        yield _door("GET", path, handle, scope)
    # The token may come in the address: events.py looks for it itself.
    yield door(
        "GET",
        "/client/events",
        events.events,
        who="anyone",
        scope=None,
        refuse=refuse,
        reads_body=False,
    )
    yield _door("GET", "/client/media/{id}", upload.waiting, "write:media")
    yield _door("POST", "/client/upload", upload.upload, "write:media", body=True)
    yield _door("POST", "/client/proxy", proxy.fetch, "read:search", body=True)


def _door(
    method: str,
    path: str,
    handle: Handle,
    scope: str | None,
    *,
    who: str = "user",
    body: bool = False,
) -> web.RouteDef:
    return door(
        method,
        path,
        handle,
        who="app" if who == "app" else "user",
        scope=scope,
        refuse=refuse,
        reads_body=body,
    )


def with_token_views(routes: Iterable[web.RouteDef]) -> Iterator[web.RouteDef]:
    """The routes of the wire, each with what its owner is shown beside it."""
    for route in routes:
        shared = SHARED.get(route.path) if route.method == "GET" else None
        if shared is None:
            yield route
            continue
        own = door_of(_door("GET", route.path, *shared).handler)
        assert own is not None
        handler = _beside(route.handler, own)
        yield web.RouteDef(route.method, route.path, handler, route.kwargs)


def _beside(anyone: Anyone, own: Door) -> Anyone:
    door_here = replace(own, handle=_or_as_anyone(anyone, own.handle)) if own.path in OWNED else own

    async def handle(request: web.Request) -> web.StreamResponse:
        if _has_token(request):
            return await door_here(request)
        response = await anyone(request)
        if not response.prepared:
            vary = response.headers.get("Vary")
            response.headers["Vary"] = f"Authorization, {vary}" if vary else VARY
        return response

    handle.door = door_here  # type: ignore[attr-defined]
    return handle


def _or_as_anyone(anyone: Anyone, own: Handle) -> Handle:
    async def handle(call: Call) -> web.StreamResponse:
        """Somebody else's, as anyone reads it; but no cache may take it for anything else."""
        if _is_own(call):
            return await own(call)
        response = await anyone(call.request)
        response.headers["Cache-Control"] = PRIVATE
        response.headers["Vary"] = VARY
        return response

    return handle


def _is_own(call: Call) -> bool:
    reader = call.reader
    return reader is not None and reader.uri == f"{call.origin}/personas/{call.match('handle')}"


def _has_token(request: web.Request) -> bool:
    return request.headers.get("Authorization", "").partition(" ")[0].lower() == "bearer"
