"""The first page of the room, and what the safety lead sees of it: never a person."""

from node.errors import NotFound
from node.listening.keys import LISTENING
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /listening"""
    viewer, listening = need_viewer(request), request.app[LISTENING]
    home = await request.app[DB].read(lambda uow: listening.home(uow, viewer.persona))
    return page(request, "listening/home.html", home=home)


async def overview(request: Request) -> Response:
    """GET /moderation/listening: how it goes on the node, for the safety lead, and for whoever
    runs a node that has none."""
    viewer, listening = need_viewer(request), request.app[LISTENING]
    if not (viewer.is_safety_lead or viewer.is_administrator):
        raise NotFound
    heard = await request.app[DB].read(listening.overview)
    return page(request, "listening/overview.html", heard=heard)
