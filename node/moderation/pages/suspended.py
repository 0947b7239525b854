"""Who is suspended now; suspending somebody without a report, and lifting a suspension."""

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.moderation.keys import MODERATION
from node.moderation.rules import insist_staff
from node.moderation.suspending import Scope
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id, split_handle
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.statements import Statement
from storage.unit_of_work import UnitOfWork

LENGTH = 50


async def show(request: Request) -> Response:
    """GET /moderation/suspended; `before` pages on."""
    return await _page(request, _staff(request), Form())


async def suspend(request: Request) -> Response:
    """POST /moderation/suspended with `handle`, `scope` and `statement`"""
    viewer, form = _staff(request), await posted(request)
    suspending = request.app[MODERATION].suspending
    scope: Scope = "account" if form["scope"] == "account" else "persona"

    def act(uow: UnitOfWork) -> None:
        persona = _found(request, uow, form["handle"])
        suspending.suspend(uow, viewer.account, persona, scope, form["statement"])

    try:
        await request.app[DB].write(act)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, _blame(form, error), status_of(error))
    return see_other("/moderation/suspended", "suspended")


async def restore(request: Request) -> Response:
    """POST /moderation/suspended/restore with `persona` and `statement`"""
    viewer, form = _staff(request), await posted(request)
    suspending = request.app[MODERATION].suspending
    number = parse_id(form["persona"])

    def act(uow: UnitOfWork) -> None:
        persona = uow.actors.get(number)
        if persona is None or persona.type == "Group":
            raise NotFound
        suspending.restore(uow, viewer.account, persona, form["statement"])

    try:
        await request.app[DB].write(act)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, _blame(Form(), error), status_of(error))
    return see_other("/moderation/suspended", "unsuspended")


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    before = parse_id(request.query["before"]) if "before" in request.query else None

    def read(uow: UnitOfWork) -> tuple[list[Statement], dict[int, Actor], dict[int, str]]:
        held = uow.statements.suspensions(LENGTH + 1, before)
        return (
            held,
            uow.actors.get_many(one.persona_id for one in held),
            uow.statements.reasons(held),
        )

    held, people, reasons = await request.app[DB].read(read)
    return page(
        request,
        "moderation/suspended.html",
        status=status,
        form=form,
        held=held[:LENGTH],
        people=people,
        reasons=reasons,
        later=held[LENGTH - 1].id if len(held) > LENGTH else None,
        may_suspend_accounts=viewer.account.role != "moderator",
    )


def _found(request: Request, uow: UnitOfWork, text: str) -> Actor:
    """Somebody of this node or another one, by handle. Raises Invalid for field "handle"."""
    try:
        handle, authority = split_handle(text.strip().lstrip("@"), request.app[CONFIG].authority)
        found = uow.actors.by_handle(handle, authority)
    except NotFound:
        found = None
    if found is None or found.type == "Group":
        raise Invalid("handle", N_("We know nobody by this handle."))
    return found


def _blame(form: Form, error: Invalid | Refused) -> Form:
    return form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))


def _staff(request: Request) -> Viewer:
    viewer = need_viewer(request)
    insist_staff(viewer.account)
    return viewer
