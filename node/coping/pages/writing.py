"""Writing a card: a draft first, which nobody else can read."""

from collections.abc import Sequence

from node.coping.cards import Card, draft_of, form_of
from node.coping.keys import COPING
from node.coping.pages.labels import card_page
from node.coping.rules import LICENCES
from node.errors import Invalid, Refused
from node.i18n import N_
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import tongue_of
from node.web.sessions import need_viewer


async def show_new(request: Request) -> Response:
    """GET /coping/new"""
    need_viewer(request)
    form = Form({"language": tongue_of(request).tag, "basis": "own", "licence": "cc-by"})
    return card_form(request, form, action="/coping/new", back="/coping")


async def begin(request: Request) -> Response:
    """POST /coping/new"""
    viewer, form, coping = need_viewer(request), await posted(request), request.app[COPING]
    try:
        card = _started(form)
        own = await request.app[DB].write(lambda uow: coping.begin(uow, viewer.persona, card))
    except (Invalid, Refused) as error:
        return card_form(request, *blamed(form, error), action="/coping/new", back="/coping")
    return see_other(f"/coping/drafts/{own.id}", "draft-kept")


async def show_edit(request: Request) -> Response:
    """GET /coping/drafts/{id}/edit"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    coping = request.app[COPING]
    _, card = await request.app[DB].read(lambda uow: coping.own_card(uow, viewer.persona, number))
    allowed = coping.licences_of(viewer.persona, card)
    action, back = _own(number)
    form = Form(form_of(card))
    return card_form(request, form, action=action, back=back, card=card, allowed=allowed)


async def edit(request: Request) -> Response:
    """POST /coping/drafts/{id}/edit"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping = await posted(request), request.app[COPING]
    try:
        card = _started(form)
        await request.app[DB].write(lambda uow: coping.write(uow, viewer.persona, number, card))
    except (Invalid, Refused) as error:
        _, before = await request.app[DB].read(
            lambda uow: coping.own_card(uow, viewer.persona, number)
        )
        allowed = coping.licences_of(viewer.persona, before)
        again, status = blamed(form, error)
        action, back = _own(number)
        return card_form(
            request, again, status, action=action, back=back, card=before, allowed=allowed
        )
    return see_other(f"/coping/drafts/{number}", "saved")


def blamed(form: Form, error: Invalid | Refused) -> tuple[Form, int]:
    """The form with the error at its field, or above it, and the status to answer with."""
    if isinstance(error, Invalid):
        form.blame(error)
    else:
        form.refuse(str(error))
    return form, status_of(error)


def card_form(
    request: Request,
    form: Form,
    status: int = 200,
    *,
    action: str,
    back: str,
    card: Card | None = None,
    allowed: Sequence[str] = tuple(LICENCES),
    published: bool = False,
) -> Response:
    """The form of a card, whether it is new, a draft or published."""
    return card_page(
        request,
        "coping/writing.html",
        status=status,
        form=form,
        action=action,
        back_to=back,
        made_from=card.made_from if card is not None else (),
        allowed=allowed,
        is_published=published,
        languages=LANGUAGES,
    )


def _started(form: Form) -> Card:
    """A draft needs a name only, so that it can be found again. Raises Invalid."""
    card = draft_of(form.values)
    if not card.title:
        raise Invalid("title", N_("Give your card a name, so that others can find it."))
    return card


def _own(number: int) -> tuple[str, str]:
    """Where the form of a draft goes, and where it came from."""
    path = f"/coping/drafts/{number}"
    return f"{path}/edit", path
