"""Keeps an account that stands still (`node.consents.held`) to the pages that are open to it.

Whoever has not agreed to taking part, or has taken that back, is asked; whoever is about to leave
is told so, and can stay after all. Help, the own data, taking back a story and the way out are open
all the time.
"""

from typing import Final

from aiohttp import web

from node.consents import held
from node.errors import Refused
from node.i18n import N_
from node.viewer import Viewer
from node.web.csrf import SAFE_METHODS
from node.web.http import Handler, see_other
from node.web.keys import VIEWER

OPEN: Final = (
    "/settings/consents",
    "/settings/data",
    "/settings/leave",
    "/stories/take-back",
    "/sign-out",
    "/help",
    "/directory",
    "/leave",
    "/deletion/",
    "/static/",
    "/health",
)
WAITING_ROOM: Final = {"leaving": "/settings/leave", "consent": "/settings/consents"}


@web.middleware
async def keep_held(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Comes after the viewer is recognised. Programs hold tokens, which end when an account does
    not take part any more."""
    viewer: Viewer | None = request[VIEWER]
    if viewer is None or viewer.via != "session" or _is_open(request.path):
        return await handler(request)
    reason = held(viewer.account)
    if reason is None:
        return await handler(request)
    if request.method in SAFE_METHODS:
        return see_other(WAITING_ROOM[reason])
    raise Refused(N_("Your account stands still. Open your settings to see why."), "held")


def _is_open(path: str) -> bool:
    return any(path == one or path.startswith(one.rstrip("/") + "/") for one in OPEN)
