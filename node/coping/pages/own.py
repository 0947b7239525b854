"""Drafts, and cards that somebody keeps for themselves."""

from node.coping.keys import COPING
from node.coping.pages.labels import card_page
from node.coping.service import Coping
from node.errors import Invalid
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def show_all(request: Request) -> Response:
    """GET /coping/drafts"""
    viewer, coping = need_viewer(request), request.app[COPING]
    found = await request.app[DB].read(lambda uow: coping.own_cards(uow, viewer.persona))
    return card_page(request, "coping/drafts.html", cards=list(reversed(found)))


async def show(request: Request) -> Response:
    """GET /coping/drafts/{id}"""
    return await _page(request, need_viewer(request), Form())


async def act(request: Request) -> Response:
    """POST /coping/drafts/{id}: `act` is keep, toolkit or drop."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping = await posted(request), request.app[COPING]
    try:
        path, note = await request.app[DB].write(
            lambda uow: _done(uow, coping, viewer, number, form["act"])
        )
    except Invalid as error:
        return await _page(request, viewer, form.blame(error), status_of(error))
    return see_other(path, note)


def _done(
    uow: UnitOfWork, coping: Coping, viewer: Viewer, number: int, act: str
) -> tuple[str, str]:
    """Where to go, and what to say there."""
    here = f"/coping/drafts/{number}"
    match act:
        case "keep":
            coping.keep(uow, viewer.persona, number)
            return here, "card-own"
        case "toolkit":
            coping.save_own(uow, viewer.persona, number)
            return here, "card-kept"
        case "drop":
            coping.drop(uow, viewer.persona, number)
            return "/coping/drafts", "card-dropped"
        case _:
            coping.own_card(uow, viewer.persona, number)
            return here, "saved"


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    number, coping = parse_id(request.match_info["id"]), request.app[COPING]
    own, card = await request.app[DB].read(lambda uow: coping.own_card(uow, viewer.persona, number))
    return card_page(request, "coping/draft.html", status=status, own=own, card=card, form=form)
