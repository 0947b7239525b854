"""Puts the viewer on every request, from the session cookie, and the language.

A request that carries a bearer token is never also a session: to pages, which know no scopes, a
token is nobody, whatever the cookie says. Doors for client apps find out by themselves who calls.
"""

from datetime import timedelta

from aiohttp import web

from node.errors import KithError
from node.i18n import N_
from node.viewer import Viewer
from node.web.cookies import drop_cookie, put_cookie, session_cookie_name
from node.web.http import Handler
from node.web.kept import forget_kept
from node.web.keys import CONFIG, DB, DOORKEEPER, TONGUE, TONGUES, VIEWER

TOKEN_MOST = 200
API = "/api/"
FOR_ALL = ("/static/", "/avatars/")
"""What is the same for everybody, and may be kept by caches: nobody is recognised there."""


class SignInNeeded(KithError):
    """A page or an act for people who are signed in."""

    code = "sign-in-needed"

    def __init__(self) -> None:
        super().__init__(N_("Please sign in first."))


def viewer_of(request: web.Request) -> Viewer | None:
    """Who asks, or None for a visitor."""
    return request[VIEWER]


def need_viewer(request: web.Request) -> Viewer:
    """Who asks. Raises SignInNeeded for a visitor."""
    viewer = request[VIEWER]
    if viewer is None:
        raise SignInNeeded
    return viewer


def session_token(request: web.Request) -> str | None:
    """The token in the cookie, whatever it is worth."""
    token = request.cookies.get(session_cookie_name(request.app[CONFIG]), "")
    return token if 0 < len(token) <= TOKEN_MOST else None


def begin_session(
    request: web.Request, response: web.Response, token: str, life: timedelta
) -> web.Response:
    """Hand the browser the token of its new session. What it kept of whoever was there before goes:
    that may have been somebody else."""
    config = request.app[CONFIG]
    put_cookie(response, config, session_cookie_name(config), token, life)
    return forget_kept(request, response)


def end_session(request: web.Request, response: web.Response) -> web.Response:
    """Take the token away from the browser, and what it kept of the person."""
    config = request.app[CONFIG]
    drop_cookie(response, config, session_cookie_name(config))
    return forget_kept(request, response)


@web.middleware
async def recognise(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Costs nothing for requests with neither cookie nor token, such as those of other nodes."""
    request[VIEWER] = None
    request[TONGUE] = request.app[TONGUES].choose(request.headers.get("Accept-Language", ""))
    if not request.path.startswith(FOR_ALL) and not _knows_callers(request):
        request[VIEWER] = await _viewer(request)
    return await handler(request)


def _knows_callers(request: web.Request) -> bool:
    """Whether the handler finds out by itself who calls: doors for client apps know no cookies."""
    return getattr(request.match_info.handler, "knows_callers", False) is True


async def _viewer(request: web.Request) -> Viewer | None:
    db, doorkeeper = request.app[DB], request.app[DOORKEEPER]
    if request.headers.get("Authorization", "").lower().startswith("bearer "):
        return None
    token = session_token(request)
    if token is None:
        return None
    viewer = await db.read(lambda uow: doorkeeper.by_session(uow, token))
    if viewer is not None and doorkeeper.is_stale(viewer):
        await db.write(lambda uow: doorkeeper.touch(uow, viewer))
    return viewer
