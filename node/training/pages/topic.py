"""A few lines on one topic, and its badge."""

from node.errors import NotFound
from node.topics import label_of
from node.training.keys import TRAINING
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /training/topics/{topic}"""
    viewer, training, slug = (
        need_viewer(request),
        request.app[TRAINING],
        request.match_info["topic"],
    )
    lines = training.courses.in_language(tongue_of(request).tag).topics.get(slug)
    if lines is None:
        raise NotFound
    progress = await request.app[DB].read(lambda uow: training.progress(uow, viewer.persona))
    badge = next((one for one in progress.badges if one.topic == slug), None)
    return page(
        request,
        "training/topic.html",
        slug=slug,
        label=label_of(slug),
        lines=lines,
        badge=badge,
        has_units=progress.has_units,
    )


async def act(request: Request) -> Response:
    """POST /training/topics/{topic}; `act` is "earn" or "give-back". Refused before the units."""
    viewer, form, slug = need_viewer(request), await posted(request), request.match_info["topic"]
    training, gives_back = request.app[TRAINING], form["act"] == "give-back"

    def change(uow: UnitOfWork) -> None:
        if gives_back:
            training.give_back(uow, viewer.persona, slug)
        else:
            training.earn(uow, viewer.persona, slug)

    await request.app[DB].write(change)
    return see_other("/training", "saved" if gives_back else "badge")
