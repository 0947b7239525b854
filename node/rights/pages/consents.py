"""What I agreed to, when, in which words, and taking it back."""

from node.accounts.rules import agreement
from node.consents import APPS, HEALTH_DATA, PURPOSES, held
from node.errors import Invalid
from node.rights.keys import RIGHTS
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer

HERE = "/settings/consents"


async def show(request: Request) -> Response:
    """GET /settings/consents"""
    return await _page(request, Form())


async def take_part(request: Request) -> Response:
    """POST /settings/consents/taking-part"""
    viewer, form = need_viewer(request), await posted(request)
    rights = request.app[RIGHTS]
    try:
        agreement(form["agrees"] == "yes")
    except Invalid as error:
        return await _page(request, form.blame(error), 422)
    await request.app[DB].write(lambda uow: rights.ledger.take_part(uow, viewer.account))
    return see_other("/", "welcome")


async def stop_taking_part(request: Request) -> Response:
    """POST /settings/consents/stop"""
    viewer = need_viewer(request)
    await posted(request)
    rights = request.app[RIGHTS]
    await request.app[DB].write(lambda uow: rights.ledger.stop_taking_part(uow, viewer.account))
    return see_other(HERE, "stopped")


async def stop_sharing(request: Request) -> Response:
    """POST /settings/consents/stop-sharing"""
    viewer, form = need_viewer(request), await posted(request)
    rights, number = request.app[RIGHTS], parse_id(form["consent"])
    purpose = await request.app[DB].write(
        lambda uow: rights.ledger.stop_sharing(uow, viewer.account, number)
    )
    return see_other(HERE, "apps-signed-out" if purpose == APPS else "not-shared")


async def _page(request: Request, form: Form, status: int = 200) -> Response:
    viewer = need_viewer(request)
    rights = request.app[RIGHTS]
    entries = await request.app[DB].read(lambda uow: rights.ledger.entries(uow, viewer.account.id))
    return page(
        request,
        "rights/consents.html",
        status=status,
        form=form,
        entries=entries,
        purpose=PURPOSES[HEALTH_DATA],
        purposes=PURPOSES,
        takes_part=viewer.account.agreed == PURPOSES[HEALTH_DATA].version,
        asked_again=viewer.account.agreed is not None,
        held=held(viewer.account),
    )
