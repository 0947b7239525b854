"""All that concerns a persona: its buddies, whom it asked, who asks it, and whether it is up."""

from node.buddies.keys import BUDDIES
from node.buddies.pages.doing import buddy_page
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /buddies"""
    viewer, buddies = need_viewer(request), request.app[BUDDIES]
    company = await request.app[DB].read(lambda uow: buddies.company(uow, viewer.persona))
    return buddy_page(request, "list", company=company)
