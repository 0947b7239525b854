"""Making a further persona. One then acts as it at once, in the page that one came from."""

from node.accounts.keys import SESSIONS
from node.errors import Invalid, Refused
from node.i18n import N_
from node.personas.keys import NEW_KEYS, PERSONAS
from node.personas.names import PersonaName
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.next_path import safe_next
from node.web.page import page
from node.web.sessions import need_viewer
from storage.errors import AlreadyThere
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /settings/personas/new, with a name to begin with; `next` is where to go afterwards."""
    viewer, personas = need_viewer(request), request.app[PERSONAS]
    form = Form()
    try:
        await request.app[DB].read(lambda uow: personas.check_room(uow, viewer.account))
    except Refused as error:
        form.refuse(str(error))
    suggested = personas.suggest()
    form.values = {"handle": suggested.handle, "display_name": suggested.name}
    return _page(request, form, safe_next(request.query.get("next")))


async def make(request: Request) -> Response:
    """POST /settings/personas/new"""
    viewer, form = need_viewer(request), await posted(request)
    next_page = safe_next(form["next"])
    try:
        await _make(request, viewer, form)
    except Invalid as error:
        return _page(request, form.blame(error), next_page, 422)
    except AlreadyThere:
        taken = Invalid("handle", N_("This handle is taken. Choose another one."))
        return _page(request, form.blame(taken), next_page, 422)
    except Refused as error:
        return _page(request, form.refuse(str(error)), next_page, status_of(error))
    return see_other(next_page, "persona-made")


async def _make(request: Request, viewer: Viewer, form: Form) -> None:
    personas, sessions, db = request.app[PERSONAS], request.app[SESSIONS], request.app[DB]
    name = PersonaName(form["handle"], form["display_name"])
    await db.read(lambda uow: personas.check_name(uow, viewer.account, name))
    keys = await request.app[NEW_KEYS]()

    def act(uow: UnitOfWork) -> None:
        made = personas.make(uow, viewer.account, name, keys)
        sessions.act_as(uow, viewer, made.handle)

    await db.write(act)


def _page(request: Request, form: Form, next_page: str, status: int = 200) -> Response:
    return page(
        request,
        "personas/new.html",
        status=status,
        form=form,
        next=next_page,
        authority=request.app[CONFIG].authority,
    )
