"""Saying that a reply helped, and reading, as the one who gave it, that it did."""

from node.groups.pages.places import path_to, post_id
from node.replying.keys import THANKING
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.shapes import NEWEST


async def say(request: Request) -> Response:
    """POST /posts/{id}/helped; `act` "take-back" takes it back."""
    viewer, form, number = need_viewer(request), await posted(request), post_id(request)
    thanking, takes_back = request.app[THANKING], form["act"] == "take-back"
    act = thanking.take_back if takes_back else thanking.thank
    reply = await request.app[DB].write(lambda uow: act(uow, viewer, number))
    path = await path_to(request, reply.thread_id, reply.id)
    return see_other(path, "helped-back" if takes_back else "helped")


async def show(request: Request) -> Response:
    """GET /needs-a-reply/given: sentences, never a number. `before` pages on."""
    viewer, thanking = need_viewer(request), request.app[THANKING]
    before = parse_id(request.query["before"]) if "before" in request.query else NEWEST
    found = await request.app[DB].read(lambda uow: thanking.given(uow, viewer.persona, before))
    return page(
        request,
        "replying/given.html",
        gifts=found.gifts,
        older=found.next,
        is_first=before == NEWEST,
    )
