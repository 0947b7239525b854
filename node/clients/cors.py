"""Cross-origin access: apps in a browser call from an origin of their own.

Nothing here is opened by a cookie, so any origin may ask (`*`, without credentials); what is
private needs a token, which another site does not have. Pages for people are not opened.
"""

from typing import Final

from aiohttp import web

from node.web.http import Handler

OPEN: Final = (
    *("/api/", "/oauth/token", "/oauth/revoke", "/oauth/register", "/oauth/userinfo"),
    *("/.well-known/", "/nodeinfo/", "/media/", "/avatars/", "/headers/"),
    *("/personas/", "/groups/", "/posts/", "/activities/", "/collections/", "/actor", "/client/"),
    "/hsds",
)
"""Addresses that programs of other origins may ask."""
_ALLOWED: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, Idempotency-Key, Accept, Last-Event-ID, If-None-Match"
    ),
    "Access-Control-Max-Age": "86400",
}
_EXPOSED: Final = (
    "Link, Location, ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, "
    "X-RateLimit-Reset, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, WWW-Authenticate"
)


def is_open(path: str) -> bool:
    """Whether scripts of other origins may ask here."""
    return path.startswith(OPEN)


@web.middleware
async def answer_preflights(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A browser's question before the call is answered without a token (Fetch, CORS preflight)."""
    if request.method == "OPTIONS" and is_open(request.path):
        return web.Response(status=204, headers=_ALLOWED)
    return await handler(request)


async def open_answers(request: web.Request, response: web.StreamResponse) -> None:
    """A signal of the application, so that refusals carry the headers, too."""
    if not is_open(request.path) or response.content_type == "text/html":
        return
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
