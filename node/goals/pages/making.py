"""A new goal, and other words for one that is there."""

from node.errors import Invalid, Refused
from node.goals.keys import GOALS
from node.goals.pages.doing import goal_draft, goal_form, goal_id, goal_page, shown_again
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /goals/new"""
    viewer, goals = need_viewer(request), request.app[GOALS]
    zone = await request.app[DB].read(lambda uow: goals.zone(uow, viewer.persona))
    return _page(request, Form({"kind": "days", "zone": zone, "shared": "me"}))


async def make(request: Request) -> Response:
    """POST /goals/new"""
    viewer, form, goals = need_viewer(request), await posted(request), request.app[GOALS]
    try:
        goal = await request.app[DB].write(
            lambda uow: goals.make(uow, viewer.persona, goal_draft(form))
        )
    except (Invalid, Refused) as error:
        return _page(request, form, shown_again(form, error))
    return see_other(f"/goals/{goal.id}", "goal-made")


async def show_edit(request: Request) -> Response:
    """GET /goals/{id}/edit"""
    viewer, goals, number = need_viewer(request), request.app[GOALS], goal_id(request)
    goal = await request.app[DB].read(lambda uow: goals.get(uow, viewer.persona, number))
    return _page(request, goal_form(goal), number=number)


async def edit(request: Request) -> Response:
    """POST /goals/{id}/edit"""
    viewer, form, number = need_viewer(request), await posted(request), goal_id(request)
    goals = request.app[GOALS]
    try:
        await request.app[DB].write(
            lambda uow: goals.change(uow, viewer.persona, number, goal_draft(form))
        )
    except (Invalid, Refused) as error:
        return _page(request, form, shown_again(form, error), number)
    return see_other(f"/goals/{number}", "saved")


def _page(request: Request, form: Form, status: int = 200, number: int | None = None) -> Response:
    return goal_page(request, "edit", status=status, form=form, number=number)
