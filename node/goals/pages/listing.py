"""All goals of the persona, with what it wanted to look at today on top."""

from node.goals.keys import GOALS
from node.goals.pages.doing import goal_page
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /goals"""
    viewer, goals = need_viewer(request), request.app[GOALS]
    views = await request.app[DB].read(lambda uow: goals.all_of(uow, viewer.persona))
    return goal_page(
        request,
        "list",
        views=views,
        due=[one for one in views if one.is_due],
    )
