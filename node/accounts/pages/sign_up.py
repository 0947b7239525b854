"""Making an account: a private name to sign in with, and a persona that others see."""

from node.accounts.device import device_label
from node.accounts.entrance import faults
from node.accounts.keys import ENTRANCE
from node.accounts.pages.sign_in import came_in, refused
from node.accounts.service import Newcomer
from node.consents import HEALTH_DATA, PURPOSES
from node.errors import Invalid, KithError, Refused
from node.i18n import N_
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG
from node.web.network import network_of
from node.web.page import page
from node.web.sessions import session_token, viewer_of


async def show(request: Request) -> Response:
    """GET /sign-up"""
    if viewer_of(request) is not None:
        return see_other("/")
    return _page(request, Form())


async def enter(request: Request) -> Response:
    """POST /sign-up"""
    form = await posted(request)
    if not request.app[CONFIG].open_signup:
        raise Refused(N_("On this node the people who run it make the accounts."), "closed")
    try:
        opened = await request.app[ENTRANCE].sign_up(
            newcomer_of(form),
            form["password"],
            network=network_of(request),
            label=device_label(request.headers.get("User-Agent", "")),
            replaces=session_token(request),
        )
    except (Invalid, Refused) as error:
        form = blame_all(form, error)
        return refused(_page(request, form, status_of(error)), error)
    return came_in(request, see_other("/", "welcome"), opened)


def newcomer_of(form: Form) -> Newcomer:
    """What the fields of newcomer.html say. Other fields, such as a role, count for nothing."""
    return Newcomer(
        name=form["name"],
        handle=form["handle"],
        display_name=form["display_name"],
        agrees=form["agrees"] == "yes",
    )


def blame_all(form: Form, error: KithError) -> Form:
    """The form with every field that does not fit, not only the one that stopped us."""
    if isinstance(error, Invalid):
        for fault in faults(newcomer_of(form), form["password"]):
            form.blame(fault)
    return blamed(form, error)


def blamed(form: Form, error: KithError) -> Form:
    """The form with the error at its field, or at the form as a whole."""
    return form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))


def _page(request: Request, form: Form, status: int = 200) -> Response:
    config = request.app[CONFIG]
    return page(
        request,
        "accounts/sign_up.html",
        status=status,
        form=form,
        authority=config.authority,
        open_signup=config.open_signup,
        purpose=PURPOSES[HEALTH_DATA],
    )
