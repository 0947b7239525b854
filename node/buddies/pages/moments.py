"""Saying that one is up, and calling on those who are."""

from node.buddies.keys import BUDDIES
from node.buddies.pages.doing import buddy_page
from node.buddies.service import Buddies
from node.viewer import Viewer
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer


async def be_up(request: Request) -> Response:
    """POST /buddies/up; `hours` from now, "no" for no longer."""
    viewer, form, buddies = need_viewer(request), await posted(request), request.app[BUDDIES]
    until = await request.app[DB].write(
        lambda uow: buddies.be_up(uow, viewer.persona, form["hours"])
    )
    return see_other("/buddies", "buddy-up" if until else "buddy-down")


async def show(request: Request) -> Response:
    """GET /buddies/hard-moment: who was told, what else there is, and the button."""
    viewer, buddies = need_viewer(request), request.app[BUDDIES]
    return await _page(request, viewer, buddies)


async def press(request: Request) -> Response:
    """POST /buddies/hard-moment"""
    viewer, buddies = need_viewer(request), request.app[BUDDIES]
    await posted(request)
    await request.app[DB].write(lambda uow: buddies.hard_moment(uow, viewer.persona))
    return see_other("/buddies/hard-moment")


async def _page(request: Request, viewer: Viewer, buddies: Buddies) -> Response:
    told, company = await request.app[DB].read(
        lambda uow: (buddies.told(uow, viewer.persona), buddies.company(uow, viewer.persona))
    )
    return buddy_page(request, "hard_moment", told=told, company=company)
