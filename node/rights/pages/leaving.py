"""Deleting one's account: asking for it, staying after all, and what other nodes answered."""

from node.accounts.keys import ENTRANCE
from node.accounts.pages.sign_in import refused
from node.errors import Invalid, Refused
from node.rights.keys import RIGHTS
from node.rights.leaving import Asked
from node.rights.rules import SENTENCES
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.network import network_of
from node.web.page import page
from node.web.sessions import need_viewer

HERE = "/settings/leave"


async def show(request: Request) -> Response:
    """GET /settings/leave"""
    return await _page(request, need_viewer(request), Form({"when": "grace"}))


async def ask(request: Request) -> Response:
    """POST /settings/leave; the password is asked for. The answer shows the code, once."""
    viewer, form = need_viewer(request), await posted(request)
    rights = request.app[RIGHTS]
    try:
        await request.app[ENTRANCE].confirm(viewer, form["current"], network=network_of(request))
        asked = await request.app[DB].write(
            lambda uow: rights.leaving.ask(uow, viewer.account, at_once=form["when"] == "now")
        )
    except (Invalid, Refused) as error:
        form = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        again = Form({"when": form["when"]}, form.errors)
        return refused(await _page(request, viewer, again, status_of(error)), error)
    return _asked(request, asked)


async def stay(request: Request) -> Response:
    """POST /settings/leave/stay"""
    viewer = need_viewer(request)
    await posted(request)
    rights = request.app[RIGHTS]
    await request.app[DB].write(lambda uow: rights.leaving.change_mind(uow, viewer.account))
    return see_other("/", "stayed")


async def receipts(request: Request) -> Response:
    """GET /deletion/{code}: for whoever holds the code, signed in or not."""
    rights, code = request.app[RIGHTS], request.match_info["code"]
    found = await request.app[DB].read(lambda uow: rights.leaving.receipts(uow, code))
    return page(request, "rights/receipts.html", found=found)


def _asked(request: Request, asked: Asked) -> Response:
    link = f"{request.app[CONFIG].origin}/deletion/{asked.code}"
    return page(
        request,
        "rights/asked.html",
        deletion=asked.deletion,
        link=link,
        at_once=asked.deletion.due_at == asked.deletion.asked_at,
        receipt_days=request.app[CONFIG].receipt_days,
    )


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    rights, config = request.app[RIGHTS], request.app[CONFIG]
    pending = await request.app[DB].read(lambda uow: rights.leaving.pending(uow, viewer.account))
    if pending is not None:
        return page(request, "rights/pending.html", status=status, deletion=pending)
    obstacles = await request.app[DB].read(
        lambda uow: rights.leaving.obstacles(uow, viewer.account)
    )
    personas = await request.app[DB].read(lambda uow: uow.accounts.personas_of(viewer.account.id))
    return page(
        request,
        "rights/leave.html",
        status=status,
        form=form,
        obstacles=obstacles,
        sentences=SENTENCES,
        grace_days=config.grace_days,
        spread_hours=config.leave_spread_hours if len(personas) > 1 else 0,
    )
