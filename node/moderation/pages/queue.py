"""The queue of open reports: oldest first, and a button for the next one."""

from node.moderation.handling import QUEUE_LENGTH
from node.moderation.keys import MODERATION
from node.moderation.pages.labels import KINDS, REASON
from node.moderation.rules import insist_staff
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /moderation; `after` pages on."""
    viewer = need_viewer(request)
    insist_staff(viewer.account)
    after = parse_id(request.query["after"]) if "after" in request.query else 0
    handling = request.app[MODERATION].handling
    found = await request.app[DB].read(lambda uow: handling.queue(uow, viewer.account, after))
    shown = found[:QUEUE_LENGTH]
    return page(
        request,
        "moderation/queue.html",
        lines=shown,
        kinds=KINDS,
        reasons=REASON,
        later=shown[-1].report.id if len(found) > QUEUE_LENGTH else None,
        is_first=not after,
    )


async def take_next(request: Request) -> Response:
    """POST /moderation/next"""
    viewer = need_viewer(request)
    insist_staff(viewer.account)
    await posted(request)
    handling = request.app[MODERATION].handling
    found = await request.app[DB].write(lambda uow: handling.next(uow, viewer.account))
    if found is None:
        return see_other("/moderation", "no-report")
    return see_other(f"/moderation/reports/{found}", "claimed")
