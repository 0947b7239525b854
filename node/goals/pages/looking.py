"""Looking back: milestones of all days and of the current run, and a plot of one's own entries."""

from node.goals import plot as plots
from node.goals.counting import next_after, reached, reached_on
from node.goals.keys import GOALS
from node.goals.pages.doing import goal_id, goal_page
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.sessions import need_viewer


async def milestones(request: Request) -> Response:
    """GET /goals/{id}/milestones"""
    viewer, goals, number = need_viewer(request), request.app[GOALS], goal_id(request)
    view = await request.app[DB].read(lambda uow: goals.view(uow, viewer.persona, number))
    steps = [
        (step, reached_on(view.goal.said, step, view.day)) for step in reached(view.lived.total)
    ]
    return goal_page(
        request,
        "milestones",
        view=view,
        steps=steps,
        of_run=reached(view.lived.run),
        following=next_after(view.lived.total),
    )


async def plot(request: Request) -> Response:
    """GET /goals/{id}/plot; `days` says how far back."""
    viewer, goals, number = need_viewer(request), request.app[GOALS], goal_id(request)
    view = await request.app[DB].read(lambda uow: goals.view(uow, viewer.persona, number))
    wanted = request.query.get("days", "")
    span = next((one for one in plots.SPANS if str(one) == wanted), plots.SPANS[0])
    drawn = plots.plot_of((one.said for one in view.entries), view.day, span)
    return goal_page(
        request, "plot", view=view, plot=drawn, span=span, spans=plots.SPANS, shape=plots
    )
