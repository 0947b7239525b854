"""What waits: one's own posts, and first posts that somebody of the team looks at."""

from node.errors import NotFound
from node.sending.keys import SENDING
from node.viewer import Viewer
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork

FIRST = "/moderation/first-posts"


async def own(request: Request) -> Response:
    """GET /waiting: one's own, and nobody else's."""
    viewer, sending = need_viewer(request), request.app[SENDING]
    waits = await request.app[DB].read(lambda uow: sending.own(uow, viewer.persona))
    return page(request, "sending/own.html", waits=waits)


async def send_now(request: Request) -> Response:
    """POST /waiting/{id}/send"""
    viewer, sending = need_viewer(request), request.app[SENDING]
    number = parse_id(request.match_info["id"])
    await posted(request)
    await request.app[DB].write(lambda uow: sending.send_now(uow, number, viewer.persona))
    return see_other("/waiting", "sent-now")


async def first_posts(request: Request) -> Response:
    """GET /moderation/first-posts"""
    viewer, sending = need_viewer(request), request.app[SENDING]

    def read(uow: UnitOfWork) -> Response:
        _insist_team(uow, request, viewer)
        waits = sending.first_posts(uow, viewer.account)
        return page(request, "sending/first.html", waits=waits)

    return await request.app[DB].read(read)


async def decide(request: Request) -> Response:
    """POST /moderation/first-posts/{id}"""
    viewer, sending = need_viewer(request), request.app[SENDING]
    number = parse_id(request.match_info["id"])
    form = await posted(request)
    goes = form["goes"] == "yes"
    await request.app[DB].write(lambda uow: sending.decide(uow, viewer.account, number, goes=goes))
    return see_other(FIRST, "first-goes" if goes else "first-stays")


def _insist_team(uow: UnitOfWork, request: Request, viewer: Viewer) -> None:
    if not request.app[SENDING].is_team(uow, viewer.account):
        raise NotFound
