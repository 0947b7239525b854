"""The one-time address that a new node prints: it makes the first account, an administrator's."""

from node.accounts.device import device_label
from node.accounts.keys import ACCOUNTS, ENTRANCE
from node.accounts.pages.sign_in import came_in, refused
from node.accounts.pages.sign_up import blame_all, newcomer_of
from node.consents import HEALTH_DATA, PURPOSES
from node.errors import Invalid, Refused
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.network import network_of
from node.web.page import page


async def show(request: Request) -> Response:
    """GET /first-administrator?token=…; looking does not use the link up."""
    token = request.query.get("token", "")
    accounts = request.app[ACCOUNTS]
    await request.app[DB].read(lambda uow: accounts.check_link(uow, token))
    return _page(request, Form(), token)


async def enter(request: Request) -> Response:
    """POST /first-administrator"""
    form = await posted(request)
    try:
        opened = await request.app[ENTRANCE].sign_up_first_administrator(
            form["token"],
            newcomer_of(form),
            form["password"],
            network=network_of(request),
            label=device_label(request.headers.get("User-Agent", "")),
        )
    except (Invalid, Refused) as error:
        again = _page(request, blame_all(form, error), form["token"], status_of(error))
        return refused(again, error)
    return came_in(request, see_other("/", "welcome"), opened)


def _page(request: Request, form: Form, token: str, status: int = 200) -> Response:
    return page(
        request,
        "accounts/first_administrator.html",
        status=status,
        form=form,
        token=token,
        authority=request.app[CONFIG].authority,
        purpose=PURPOSES[HEALTH_DATA],
    )
