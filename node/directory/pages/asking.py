"""A tip, or a correction: written by a member, shown to staff first."""

from node.directory.choosing import readable
from node.directory.keys import DIRECTORY
from node.directory.pages.finding import private
from node.directory.rules import CORRECTION_MOST, TIP_MOST
from node.directory.showing import Card, Showing
from node.errors import Invalid, NotFound, Refused
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.chosen_services import SuggestionKind
from storage.unit_of_work import UnitOfWork

_TEMPLATES: dict[SuggestionKind, tuple[str, int]] = {
    "tip": ("directory/tip.html", TIP_MOST),
    "correction": ("directory/correct.html", CORRECTION_MOST),
}


async def show_tip(request: Request) -> Response:
    """GET /directory/services/{id}/tip"""
    return await _page(request, "tip", Form())


async def tip(request: Request) -> Response:
    """POST /directory/services/{id}/tip"""
    return await _suggest(request, "tip")


async def show_correction(request: Request) -> Response:
    """GET /directory/services/{id}/correct"""
    return await _page(request, "correction", Form())


async def correct(request: Request) -> Response:
    """POST /directory/services/{id}/correct"""
    return await _suggest(request, "correction")


async def _suggest(request: Request, kind: SuggestionKind) -> Response:
    viewer, own = need_viewer(request), request.match_info["id"].lower()
    form, choosing = await posted(request), request.app[DIRECTORY].choosing
    try:
        await request.app[DB].write(
            lambda uow: choosing.suggest(uow, viewer.persona.id, own, kind, form["text"])
        )
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, kind, blamed, status_of(error))
    return see_other(f"/directory/services/{own}", "suggested")


async def _page(request: Request, kind: SuggestionKind, form: Form, status: int = 200) -> Response:
    need_viewer(request)
    own = request.match_info["id"].lower()

    def read(uow: UnitOfWork) -> Card:
        cards = Showing(uow).by_listings([readable(uow, own).id])
        if not cards:
            raise NotFound
        return cards[0]

    card = await request.app[DB].read(read)
    template, most = _TEMPLATES[kind]
    return private(page(request, template, status=status, form=form, card=card, most=most))
