"""The audit log, for safety leads and administrators."""

from node.moderation.keys import MODERATION
from node.moderation.pages.labels import ACTS
from node.moderation.rules import insist_overseer
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /moderation/log; `before` pages on."""
    viewer = need_viewer(request)
    insist_overseer(viewer.account)
    before = parse_id(request.query["before"]) if "before" in request.query else None
    oversight = request.app[MODERATION].oversight
    lines, later = await request.app[DB].read(
        lambda uow: oversight.log(uow, viewer.account, before)
    )
    return page(request, "moderation/log.html", lines=lines, later=later, acts=ACTS)
