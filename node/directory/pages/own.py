"""A member's own services: choosing one, letting go of it, and the list."""

from node.directory.keys import DIRECTORY
from node.directory.pages.finding import private
from node.directory.telling import sheet_of
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB, NOW
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /directory/chosen: what is in one's plan, to be printed."""
    viewer, directory = need_viewer(request), request.app[DIRECTORY]
    found = await request.app[DB].read(lambda uow: directory.chosen(uow, viewer.account.id))
    now, say = request.app[NOW](), tongue_of(request).say
    rows = [(one, sheet_of(one.card, now, say) if one.card else None) for one in found]
    return private(page(request, "directory/chosen.html", rows=rows))


async def choose(request: Request) -> Response:
    """POST /directory/services/{id}/choose"""
    viewer, own = need_viewer(request), request.match_info["id"].lower()
    await posted(request)
    choosing = request.app[DIRECTORY].choosing
    await request.app[DB].write(lambda uow: choosing.choose(uow, viewer.account.id, own))
    return see_other(f"/directory/services/{own}", "service-chosen")


async def let_go(request: Request) -> Response:
    """POST /directory/services/{id}/let-go"""
    viewer, own = need_viewer(request), request.match_info["id"].lower()
    await posted(request)
    choosing = request.app[DIRECTORY].choosing
    await request.app[DB].write(lambda uow: choosing.let_go(uow, viewer.account.id, own))
    return see_other("/directory/chosen", "service-let-go")
