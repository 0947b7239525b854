"""One card: to read, to print, to keep at hand, and to note whether it helped."""

from node.coping.keys import COPING
from node.coping.library import CardPage
from node.coping.pages.labels import card_page
from node.coping.rules import CONTEXTS
from node.errors import Invalid
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer, viewer_of
from storage.card_collections import CardCollection
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /coping/{id}"""
    viewer, number = viewer_of(request), parse_id(request.match_info["id"])
    reader, coping = viewer.persona if viewer else None, request.app[COPING]

    def read(uow: UnitOfWork) -> tuple[CardPage, list[CardCollection]]:
        found = coping.card_page(uow, reader, number)
        return found, coping.changeable(uow, reader) if reader is not None else []

    found, collections = await request.app[DB].read(read)
    return card_page(request, "coping/card.html", found=found, collections=collections)


async def save(request: Request) -> Response:
    """POST /coping/{id}/save: keep it at hand."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    await posted(request)
    coping = request.app[COPING]
    await request.app[DB].write(lambda uow: coping.save(uow, viewer.persona, number))
    return see_other(f"/coping/{number}", "card-kept")


async def show_tell(request: Request) -> Response:
    """GET /coping/{id}/tell"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    coping = request.app[COPING]
    found = await request.app[DB].read(lambda uow: coping.card_page(uow, viewer.persona, number))
    fields = {"helped": ""}
    if found.own is not None:
        fields = {"helped": "yes" if found.own.helped else "no", "note": found.own.note}
        fields |= {f"context-{slug}": "yes" for slug in found.own.contexts}
    return _tell_page(request, found, Form(fields))


async def tell(request: Request) -> Response:
    """POST /coping/{id}/tell; with `act` "forget" it is taken back."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping = await posted(request), request.app[COPING]

    def write(uow: UnitOfWork) -> None:
        if form["act"] == "forget":
            coping.take_back(uow, viewer.persona, number)
            return
        chosen = {
            name.removeprefix("context-") for name in form.values if name.startswith("context-")
        }
        coping.say(
            uow,
            viewer.persona,
            number,
            helped=form["helped"],
            contexts=tuple(chosen),
            note=form["note"],
        )

    try:
        await request.app[DB].write(write)
    except Invalid as error:
        found = await request.app[DB].read(
            lambda uow: coping.card_page(uow, viewer.persona, number)
        )
        return _tell_page(request, found, form.blame(error), status_of(error))
    return see_other(f"/coping/{number}", "card-told")


def _tell_page(request: Request, found: CardPage, form: Form, status: int = 200) -> Response:
    offered = [*CONTEXTS, *(slug for slug in found.shown.card.topics if slug not in CONTEXTS)]
    return card_page(
        request, "coping/tell.html", status=status, found=found, form=form, offered=offered
    )
