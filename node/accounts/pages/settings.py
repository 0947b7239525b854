"""Settings: the name that others see, the password, and where one is signed in."""

from dataclasses import dataclass
from datetime import datetime

from node.accounts.device import device_label
from node.accounts.keys import ACCOUNTS, ENTRANCE, SESSIONS
from node.accounts.pages.sign_in import came_in, refused
from node.accounts.pages.sign_up import blamed
from node.accounts.sessions import session_name
from node.errors import Invalid, Refused
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.network import network_of
from node.web.page import page
from node.web.sessions import need_viewer
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Place:
    """One browser in the list of sessions."""

    name: str
    label: str
    last_seen_at: datetime
    is_this: bool


async def show(request: Request) -> Response:
    """GET /settings"""
    viewer = need_viewer(request)
    return await _page(request, viewer, Form({"display_name": viewer.persona.name}))


async def change_persona(request: Request) -> Response:
    """POST /settings/persona"""
    viewer, form = need_viewer(request), await posted(request)
    accounts = request.app[ACCOUNTS]
    try:
        await request.app[DB].write(
            lambda uow: accounts.rename(uow, viewer.persona, form["display_name"])
        )
    except Invalid as error:
        return await _page(request, viewer, form.blame(error), 422)
    return see_other("/settings", "saved")


async def change_password(request: Request) -> Response:
    """POST /settings/password; the current one is asked for (ASVS 6.2.3)."""
    viewer, form = need_viewer(request), await posted(request)
    try:
        opened = await request.app[ENTRANCE].change_password(
            viewer,
            form["current"],
            form["password"],
            network=network_of(request),
            label=device_label(request.headers.get("User-Agent", "")),
        )
    except (Invalid, Refused) as error:
        again = Form({"display_name": viewer.persona.name})
        shown = await _page(request, viewer, blamed(again, error), status_of(error))
        return refused(shown, error)
    return came_in(request, see_other("/settings", "password"), opened)


async def end_one(request: Request) -> Response:
    """POST /settings/sessions/end"""
    viewer, form = need_viewer(request), await posted(request)
    sessions = request.app[SESSIONS]
    await request.app[DB].write(
        lambda uow: sessions.revoke(uow, viewer.account.id, form["session"])
    )
    return see_other("/settings", "session-ended")


async def end_others(request: Request) -> Response:
    """POST /settings/sessions/end-others"""
    viewer = need_viewer(request)
    await posted(request)
    sessions = request.app[SESSIONS]
    await request.app[DB].write(lambda uow: sessions.revoke_others(uow, viewer))
    return see_other("/settings", "sessions-ended")


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    sessions = request.app[SESSIONS]
    alive = await request.app[DB].read(lambda uow: sessions.of_account(uow, viewer.account.id))
    places = [_place(session, viewer) for session in alive]
    return page(request, "accounts/settings.html", status=status, form=form, sessions=places)


def _place(session: Session, viewer: Viewer) -> Place:
    is_this = viewer.session is not None and session.token_hash == viewer.session.token_hash
    return Place(session_name(session), session.label, session.last_seen_at, is_this)
