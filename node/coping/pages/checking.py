"""Moderators look at cards that touch medicine."""

from node.coping.keys import COPING
from node.coping.pages.labels import card_page
from node.coping.pages.writing import blamed
from node.coping.tools import Shown
from node.errors import Invalid, Refused
from node.groups.place import insist_moderator
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def show_waiting(request: Request) -> Response:
    """GET /coping/waiting: what waits in the groups that one moderates."""
    viewer, coping = need_viewer(request), request.app[COPING]
    found = await request.app[DB].read(lambda uow: coping.waiting(uow, viewer.persona))
    return card_page(request, "coping/waiting.html", cards=found)


async def show(request: Request) -> Response:
    """GET /coping/{id}/check"""
    return await _page(request, need_viewer(request), Form({"verdict": "check"}))


async def find(request: Request) -> Response:
    """POST /coping/{id}/check"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping = await posted(request), request.app[COPING]
    try:
        await request.app[DB].write(
            lambda uow: coping.find(uow, viewer.persona, number, form["verdict"], form["reason"])
        )
    except Invalid as error:
        return await _page(request, viewer, *blamed(form, error))
    except Refused as error:
        if error.code != "no-change":
            raise
        return await _page(request, viewer, *blamed(form, error))
    return see_other(f"/coping/{number}", "card-checked")


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    number, coping = parse_id(request.match_info["id"]), request.app[COPING]

    def read(uow: UnitOfWork) -> Shown:
        shown = coping.shown(uow, number, viewer.persona)
        insist_moderator(uow, shown.group, viewer.persona, None)
        return shown

    shown = await request.app[DB].read(read)
    return card_page(request, "coping/check.html", status=status, shown=shown, form=form)
