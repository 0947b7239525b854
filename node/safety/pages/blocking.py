"""Blocking somebody: a page that says what a block does and what it cannot do, and one button."""

from node.errors import Invalid
from node.safety.keys import SAFETY
from node.safety.pages.people import person_at
from node.safety.service import NOBODY
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /personas/{handle}/block"""
    return await _page(request, need_viewer(request), Form())


async def block(request: Request) -> Response:
    """POST /personas/{handle}/block"""
    viewer, form = need_viewer(request), await posted(request)
    safety = request.app[SAFETY]

    def act(uow: UnitOfWork) -> None:
        person = person_at(uow, request)
        safety.block(uow, viewer.persona, person.id if person else NOBODY)

    try:
        await request.app[DB].write(act)
    except Invalid as error:
        return await _page(request, viewer, form.blame(error), status_of(error))
    return see_other("/settings/blocks", "blocked")


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    safety = request.app[SAFETY]

    def read(uow: UnitOfWork) -> Actor:
        return safety.seen(uow, viewer.persona, person_at(uow, request))

    person = await request.app[DB].read(read)
    return page(request, "safety/block.html", status=status, person=person, form=form)
