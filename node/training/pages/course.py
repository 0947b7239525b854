"""The whole course on one page, and whether one's badges are shown."""

from node.topics import TOPICS
from node.training.keys import TRAINING
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /training"""
    viewer, training = need_viewer(request), request.app[TRAINING]
    progress = await request.app[DB].read(lambda uow: training.progress(uow, viewer.persona))
    return page(
        request,
        "training/course.html",
        course=training.courses.in_language(tongue_of(request).tag),
        progress=progress,
        topics=TOPICS,
    )


async def show_badges(request: Request) -> Response:
    """POST /training/badges with `shows`, "yes" or nothing."""
    viewer, form = need_viewer(request), await posted(request)
    training, shows = request.app[TRAINING], form["shows"] == "yes"

    def act(uow: UnitOfWork) -> None:
        training.show_badges(uow, viewer.persona, shows=shows)

    await request.app[DB].write(act)
    return see_other("/training", "saved")
