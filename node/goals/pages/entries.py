"""How a day was, and setbacks: written, changed, deleted. Whoever tells of a setback is at once
offered company, something that helped before, and help.
"""

from node.coping.keys import COPING
from node.coping.suggesting import Suggestion
from node.errors import Invalid, NotFound, Refused
from node.goals.keys import GOALS
from node.goals.pages.doing import (
    entry_draft,
    entry_form,
    entry_id,
    goal_id,
    goal_page,
    shown_again,
)
from node.goals.service import GoalView
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.check_ins import CheckIn, EntryKind
from storage.goals import Goal
from storage.unit_of_work import UnitOfWork

TO_OTHERS = "group"
"""A group or a circle: an entry never goes there itself. A post is written, and edited first."""


async def show(request: Request) -> Response:
    """GET /goals/{id}/check-in"""
    return await _new(request, "check-in")


async def write(request: Request) -> Response:
    """POST /goals/{id}/check-in"""
    return await _written(request, "check-in")


async def show_setback(request: Request) -> Response:
    """GET /goals/{id}/setback"""
    return await _new(request, "setback")


async def write_setback(request: Request) -> Response:
    """POST /goals/{id}/setback"""
    return await _written(request, "setback")


async def show_one(request: Request) -> Response:
    """GET /goals/{id}/entries/{entry}"""
    viewer = need_viewer(request)
    entry = await _entry(request, viewer)
    return await _page(request, viewer, entry_form(entry), entry.said.kind, number=entry.id)


async def rewrite(request: Request) -> Response:
    """POST /goals/{id}/entries/{entry}"""
    viewer, form, goals = need_viewer(request), await posted(request), request.app[GOALS]
    number, at = entry_id(request), goal_id(request)
    try:
        await request.app[DB].write(
            lambda uow: goals.rewrite(uow, viewer.persona, at, number, entry_draft(form))
        )
    except Invalid as error:
        entry = await _entry(request, viewer)
        status = shown_again(form, error)
        return await _page(request, viewer, form, entry.said.kind, status, number)
    return _onward(at, number, form) or see_other(f"/goals/{at}", "saved")


async def delete(request: Request) -> Response:
    """POST /goals/{id}/entries/{entry}/delete"""
    viewer, goals = need_viewer(request), request.app[GOALS]
    number, at = entry_id(request), goal_id(request)
    await posted(request)
    await request.app[DB].write(lambda uow: goals.take_back(uow, viewer.persona, at, number))
    return see_other(f"/goals/{at}", "entry-deleted")


async def show_after(request: Request) -> Response:
    """GET /goals/{id}/entries/{entry}/after: what there is after a setback."""
    viewer, goals = need_viewer(request), request.app[GOALS]
    number, at = entry_id(request), goal_id(request)

    def read(uow: UnitOfWork) -> tuple[GoalView, list[Suggestion]]:
        if goals.entry(uow, viewer.persona, at, number).said.kind != "setback":
            raise NotFound
        view = goals.view(uow, viewer.persona, at)
        return view, _helpful(request, uow, viewer, view.goal)

    view, helpful = await request.app[DB].read(read)
    return goal_page(request, "after", view=view, helpful=helpful)


async def _new(request: Request, kind: EntryKind) -> Response:
    return await _page(request, need_viewer(request), Form({"shared": "me"}), kind)


async def _written(request: Request, kind: EntryKind) -> Response:
    viewer, form, number = need_viewer(request), await posted(request), goal_id(request)
    goals = request.app[GOALS]
    try:
        entry = await request.app[DB].write(
            lambda uow: goals.write(uow, viewer.persona, number, entry_draft(form), kind)
        )
    except (Invalid, Refused) as error:
        return await _page(request, viewer, form, kind, shown_again(form, error))
    onward = _onward(number, entry.id, form)
    if onward is not None:
        return onward
    if kind == "setback":
        return see_other(f"/goals/{number}/entries/{entry.id}/after")
    return see_other(f"/goals/{number}", "entry-kept")


def _onward(goal: int, entry: int, form: Form) -> Response | None:
    """To the page where a post for others is written, if that was wanted."""
    if form["shared"] != TO_OTHERS:
        return None
    return see_other(f"/goals/{goal}/share?entry={entry}")


async def _entry(request: Request, viewer: Viewer) -> CheckIn:
    goals, number, at = request.app[GOALS], entry_id(request), goal_id(request)
    return await request.app[DB].read(lambda uow: goals.entry(uow, viewer.persona, at, number))


def _helpful(request: Request, uow: UnitOfWork, viewer: Viewer, goal: Goal) -> list[Suggestion]:
    """What the persona put by for hard moments, or what others find easy to do."""
    return request.app[COPING].suggest(uow, viewer.persona, goal.said.topics)


async def _page(
    request: Request,
    viewer: Viewer,
    form: Form,
    kind: EntryKind,
    status: int = 200,
    number: int | None = None,
) -> Response:
    goals, at = request.app[GOALS], goal_id(request)

    def read(uow: UnitOfWork) -> tuple[Goal, list[Suggestion]]:
        goal = goals.get(uow, viewer.persona, at)
        return goal, _helpful(request, uow, viewer, goal) if kind == "setback" else []

    goal, helpful = await request.app[DB].read(read)
    return goal_page(
        request,
        "entry",
        status=status,
        goal=goal,
        form=form,
        kind=kind,
        number=number,
        helpful=helpful,
        is_morning=goals.is_morning(goal),
    )
