"""The small face of HTTP that pages see: a request, a response, a redirect, a route."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web

Request = web.Request
Response = web.Response
StreamResponse = web.StreamResponse
RouteDef = web.RouteDef
Handler = Callable[[Request], Awaitable[StreamResponse]]

get = web.get
post = web.post


def see_other(path: str, note: str | None = None) -> Response:
    """303 to a path of this site. `note` names a sentence of `notes.py` to show there."""
    target, _, fragment = path.partition("#")
    if note is not None:
        target += ("&" if "?" in target else "?") + "note=" + quote(note)
    location = target + ("#" + fragment if fragment else "")
    return Response(status=303, headers={"Location": location})
