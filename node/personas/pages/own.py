"""One's own personas in a list, and going on as another of them."""

from node.accounts.keys import SESSIONS
from node.viewer import Viewer
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.next_path import safe_next
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /settings/personas; `next` is the page of ours to go back to after switching."""
    viewer = need_viewer(request)
    mine = await request.app[DB].read(lambda uow: uow.personas.of_account(viewer.account.id))
    return page(
        request,
        "personas/own.html",
        personas=mine,
        next=safe_next(request.query.get("next")),
    )


async def switch(request: Request) -> Response:
    """POST /settings/personas with `persona`, a handle."""
    viewer: Viewer = need_viewer(request)
    form = await posted(request)
    sessions = request.app[SESSIONS]
    await request.app[DB].write(lambda uow: sessions.act_as(uow, viewer, form["persona"]))
    return see_other(safe_next(form["next"]), "persona-switched")
