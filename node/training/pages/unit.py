"""One unit: to read, to try, to compare, to think about."""

from node.errors import Invalid, NotFound, Refused
from node.training.keys import TRAINING
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /training/{unit}"""
    return await _page(request, None)


async def act(request: Request) -> Response:
    """POST /training/{unit}; `act` is "try" with `reply`, or "done"."""
    viewer, form, slug = need_viewer(request), await posted(request), request.match_info["unit"]
    training, is_done = request.app[TRAINING], form["act"] == "done"

    def change(uow: UnitOfWork) -> None:
        if is_done:
            training.finish(uow, viewer.persona, slug)
        else:
            training.practise(uow, viewer.persona, slug, form["reply"])

    try:
        await request.app[DB].write(change)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, blamed, status_of(error))
    if is_done:
        return see_other("/training", "training-done")
    return see_other(f"/training/{slug}#compare")


async def _page(request: Request, form: Form | None, status: int = 200) -> Response:
    viewer, training, slug = need_viewer(request), request.app[TRAINING], request.match_info["unit"]
    unit = training.courses.in_language(tongue_of(request).tag).unit(slug)
    if unit is None:
        raise NotFound
    progress = await request.app[DB].read(lambda uow: training.progress(uow, viewer.persona))
    reply = progress.path.replies.get(slug, "")
    return page(
        request,
        "training/unit.html",
        status=status,
        unit=unit,
        reply=reply,
        is_done=slug in progress.fresh,
        form=form or Form({"reply": reply}),
    )
