"""The toolkit: what somebody keeps at hand, to read and to print."""

from node.coping.keeping import Kept
from node.coping.keys import COPING
from node.coping.pages.labels import card_page
from node.coping.pages.writing import blamed
from node.errors import Invalid, NotFound
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /toolkit"""
    viewer, coping = need_viewer(request), request.app[COPING]
    kept = await request.app[DB].read(lambda uow: coping.toolkit(uow, viewer.persona))
    hard = [one for one in kept if one.item.for_hard_moment]
    return card_page(
        request,
        "coping/toolkit.html",
        hard=hard,
        others=[one for one in kept if not one.item.for_hard_moment],
    )


async def show_one(request: Request) -> Response:
    """GET /toolkit/{id}: the note to oneself, and where the card stands."""
    viewer = need_viewer(request)
    one = await _kept(request, viewer)
    hard = "yes" if one.item.for_hard_moment else ""
    return _page(request, one, Form({"note": one.item.note, "hard": hard}))


async def act(request: Request) -> Response:
    """POST /toolkit/{id}: `act` is note, up, down or out."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping = await posted(request), request.app[COPING]

    def write(uow: UnitOfWork) -> None:
        match form["act"]:
            case "up" | "down":
                coping.move(uow, viewer.persona, number, up=form["act"] == "up")
            case "out":
                coping.take_out(uow, viewer.persona, number)
            case _:
                hard = form["hard"] == "yes"
                coping.note(uow, viewer.persona, number, form["note"], hard=hard)

    try:
        await request.app[DB].write(write)
    except Invalid as error:
        return _page(request, await _kept(request, viewer), *blamed(form, error))
    return see_other("/toolkit", "card-out" if form["act"] == "out" else "saved")


async def _kept(request: Request, viewer: Viewer) -> Kept:
    number, coping = parse_id(request.match_info["id"]), request.app[COPING]

    def read(uow: UnitOfWork) -> Kept:
        if not uow.toolkit.is_own(viewer.persona.id, number):
            raise NotFound
        found = coping.toolkit(uow, viewer.persona)
        return next(one for one in found if one.item.id == number)

    return await request.app[DB].read(read)


def _page(request: Request, one: Kept, form: Form, status: int = 200) -> Response:
    return card_page(request, "coping/kept.html", status=status, one=one, form=form)
