"""Changing one's published card, and making another card from one."""

from node.coping.cards import card_of, form_of
from node.coping.keys import COPING
from node.coping.pages.writing import blamed, card_form
from node.coping.tools import Shown, insist_signed_by
from node.errors import Invalid
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def remix(request: Request) -> Response:
    """POST /coping/{id}/remix: a draft of one's own, made from it."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    await posted(request)
    coping = request.app[COPING]
    own = await request.app[DB].write(lambda uow: coping.remix(uow, viewer.persona, number))
    return see_other(f"/coping/drafts/{own.id}/edit", "card-remixed")


async def show_edit(request: Request) -> Response:
    """GET /coping/{id}/edit"""
    viewer = need_viewer(request)
    shown = await _own(request, viewer)
    return _form(request, viewer, shown, Form(form_of(shown.card)))


async def edit(request: Request) -> Response:
    """POST /coping/{id}/edit"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping = await posted(request), request.app[COPING]

    def write(uow: UnitOfWork) -> None:
        shown = coping.shown(uow, number, viewer.persona)
        insist_signed_by(shown, viewer.persona)
        card = card_of(form.values, shown.card.made_from)
        coping.edit(uow, viewer.persona, number, card)

    try:
        await request.app[DB].write(write)
    except Invalid as error:
        shown = await _own(request, viewer)
        return _form(request, viewer, shown, *blamed(form, error))
    return see_other(f"/coping/{number}", "edited")


async def _own(request: Request, viewer: Viewer) -> Shown:
    number, coping = parse_id(request.match_info["id"]), request.app[COPING]
    shown = await request.app[DB].read(lambda uow: coping.shown(uow, number, viewer.persona))
    insist_signed_by(shown, viewer.persona)
    return shown


def _form(
    request: Request, viewer: Viewer, shown: Shown, form: Form, status: int = 200
) -> Response:
    path = f"/coping/{shown.post.id}"
    allowed = request.app[COPING].licences_of(viewer.persona, shown.card)
    if shown.group.group.visibility == "public":
        allowed = tuple(slug for slug in allowed if slug != "only-here")
    return card_form(
        request,
        form,
        status,
        action=f"{path}/edit",
        back=path,
        card=shown.card,
        allowed=allowed,
        published=True,
    )
