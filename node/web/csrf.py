"""Forms take effect only when this site's own page sent them (WEB-01).

Two guards, both must pass: the browser says that the request comes from here (`Origin`,
`Sec-Fetch-Site`), and the form carries a token that other sites cannot read: of the session, or,
for visitors, of a cookie of its own. Bearer tokens are never sent by a browser by itself, so
requests that carry one need neither.
"""

import hmac
import secrets

from aiohttp import web

from node.errors import Refused
from node.i18n import N_
from node.viewer import Viewer
from node.web.body import form_body
from node.web.cookies import form_cookie_name, put_cookie
from node.web.http import Handler
from node.web.keys import CONFIG, FORM_TOKEN, VIEWER

FIELD = "csrf"
HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Forged(Refused):
    """A form that another site may have sent. `from_here` says that at least the origin is ours."""

    def __init__(self, sentence: str, *, from_here: bool) -> None:
        super().__init__(sentence, "forged")
        self.from_here = from_here


def form_token(request: web.Request) -> str:
    """The token for the forms of the page that is being made."""
    viewer: Viewer | None = request.get(VIEWER)
    if viewer is not None and viewer.session is not None:
        return viewer.session.csrf_token
    token: str | None = request.get(FORM_TOKEN)
    if token is None:
        request[FORM_TOKEN] = token = _visitor_token(request) or secrets.token_urlsafe(24)
    return token


def keep_form_token(request: web.Request, response: web.Response) -> None:
    """Give a visitor the cookie that the forms of this page will be compared with."""
    token = request.get(FORM_TOKEN)
    if token is not None and token != _visitor_token(request):
        put_cookie(response, request.app[CONFIG], form_cookie_name(request.app[CONFIG]), token)


async def check_form(request: web.Request) -> None:
    """Raises Forged unless a page of ours sent this request."""
    if not came_from_here(request):
        raise Forged(N_("This form was not sent from a page of this site."), from_here=False)
    viewer = request.get(VIEWER)
    if viewer is not None and viewer.session is not None:
        expected: str | None = viewer.session.csrf_token
    else:
        expected = _visitor_token(request)
    given = request.headers.get(HEADER) or (await form_body(request)).get(FIELD, "")
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Forged(N_("This page was open for too long, or in two places."), from_here=True)


def came_from_here(request: web.Request) -> bool:
    """What the browser says of where the request was made. Saying nothing is not enough."""
    site = request.headers.get("Sec-Fetch-Site")
    origins = request.headers.getall("Origin", [])
    if site is not None and site != "same-origin":
        return False
    if any(origin != request.app[CONFIG].origin for origin in origins):
        return False
    return site is not None or bool(origins)


@web.middleware
async def guard_sessions(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Checks whatever a session would change, so that no handler can forget it."""
    viewer = request.get(VIEWER)
    if request.method not in SAFE_METHODS and viewer is not None and viewer.via == "session":
        await check_form(request)
    return await handler(request)


def _visitor_token(request: web.Request) -> str | None:
    return request.cookies.get(form_cookie_name(request.app[CONFIG])) or None
