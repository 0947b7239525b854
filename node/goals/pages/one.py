"""One goal: what was lived, the latest entries, letting it rest, reminders, and deleting it."""

from node.errors import Invalid
from node.goals.keys import GOALS
from node.goals.pages.doing import goal_id, goal_page, shown_again
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer

SHOWN = 30
"""Entries on the page of a goal; the plot has all of a year."""
_NOTES = {"pause": "goal-rests", "end": "goal-ended"}


async def show(request: Request) -> Response:
    """GET /goals/{id}"""
    viewer, goals, number = need_viewer(request), request.app[GOALS], goal_id(request)
    view = await request.app[DB].read(lambda uow: goals.view(uow, viewer.persona, number))
    shown = view.entries if "all" in request.query else view.entries[:SHOWN]
    return goal_page(request, "goal", view=view, shown=shown)


async def move(request: Request) -> Response:
    """POST /goals/{id}/state; `act` is "pause", "resume", "end" or "reopen"."""
    viewer, form, number = need_viewer(request), await posted(request), goal_id(request)
    goals, act = request.app[GOALS], form["act"]
    await request.app[DB].write(lambda uow: goals.move(uow, viewer.persona, number, act))
    return see_other(f"/goals/{number}", _NOTES.get(act, "goal-goes-on"))


async def show_reminder(request: Request) -> Response:
    """GET /goals/{id}/reminder"""
    viewer, goals, number = need_viewer(request), request.app[GOALS], goal_id(request)
    goal = await request.app[DB].read(lambda uow: goals.get(uow, viewer.persona, number))
    reminder = goal.said.reminder
    values = {}
    if reminder is not None:
        time = f"{reminder.minute // 60:02d}:{reminder.minute % 60:02d}"
        values = {"time": time, "night": "yes" if reminder.at_night else ""}
    return goal_page(request, "reminder", goal=goal, form=Form(values))


async def remind(request: Request) -> Response:
    """POST /goals/{id}/reminder; no time is no reminder."""
    viewer, form, number = need_viewer(request), await posted(request), goal_id(request)
    goals, persona = request.app[GOALS], viewer.persona
    time = "" if form["act"] == "never" else form["time"]
    at_night = form["night"] == "yes"
    try:
        await request.app[DB].write(
            lambda uow: goals.remind(uow, persona, number, time, at_night=at_night)
        )
    except Invalid as error:
        goal = await request.app[DB].read(lambda uow: goals.get(uow, persona, number))
        status = shown_again(form, error)
        return goal_page(request, "reminder", status=status, goal=goal, form=form)
    return see_other(f"/goals/{number}", "saved")


async def show_deletion(request: Request) -> Response:
    """GET /goals/{id}/delete"""
    viewer, goals, number = need_viewer(request), request.app[GOALS], goal_id(request)
    goal = await request.app[DB].read(lambda uow: goals.get(uow, viewer.persona, number))
    return goal_page(request, "delete", goal=goal)


async def delete(request: Request) -> Response:
    """POST /goals/{id}/delete"""
    viewer, number, goals = need_viewer(request), goal_id(request), request.app[GOALS]
    await posted(request)
    await request.app[DB].write(lambda uow: goals.drop(uow, viewer.persona, number))
    return see_other("/goals", "goal-deleted")
