"""One's own circles, what one waits for, and the two ways to a circle."""

from node.circles.keys import CIRCLES
from node.circles.reading import name_of
from node.circles.reading import overview as read_overview
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /circles"""
    viewer, circles = need_viewer(request), request.app[CIRCLES]
    found = await request.app[DB].read(lambda uow: read_overview(uow, circles, viewer.persona))
    return page(
        request,
        "circles/overview.html",
        circles=[(circle, member, *name_of(circle)) for circle, member in found.circles],
        standing=found.standing,
        limits=circles.limits,
    )
