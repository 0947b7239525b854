"""One's own list of blocks, each with a button to lift it."""

from node.safety.keys import SAFETY
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /settings/blocks"""
    viewer, safety = need_viewer(request), request.app[SAFETY]
    blocked = await request.app[DB].read(lambda uow: safety.blocked_by(uow, viewer.persona))
    return page(request, "safety/blocks.html", blocked=blocked)


async def lift(request: Request) -> Response:
    """POST /settings/blocks/lift with `person`, an id."""
    viewer, form = need_viewer(request), await posted(request)
    safety, person_id = request.app[SAFETY], parse_id(form["person"])
    await request.app[DB].write(lambda uow: safety.lift(uow, viewer.persona, person_id))
    return see_other("/settings/blocks", "unblocked")
