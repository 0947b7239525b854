"""One persona of one's own: another name to show, or the end of it."""

from node.errors import Invalid, Refused
from node.i18n import N_
from node.personas.keys import PERSONAS
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

POSTS = ("keep", "delete")
AT_ONCE = 50
"""Rounds of deleting while the person waits; a worker does what is left."""


async def show(request: Request) -> Response:
    """GET /settings/personas/{handle}"""
    persona = await _own(request, need_viewer(request))
    return _page(request, persona, Form({"display_name": persona.name, "posts": "keep"}))


async def rename(request: Request) -> Response:
    """POST /settings/personas/{handle}"""
    viewer, form = need_viewer(request), await posted(request)
    personas, persona = request.app[PERSONAS], await _own(request, viewer)
    try:
        await request.app[DB].write(lambda uow: personas.rename(uow, persona, form["display_name"]))
    except Invalid as error:
        return _page(request, persona, form.blame(error), 422)
    return see_other(f"/settings/personas/{persona.handle}", "saved")


async def retire(request: Request) -> Response:
    """POST /settings/personas/{handle}/retire with `posts`, keep or delete, and `sure`."""
    viewer, form = need_viewer(request), await posted(request)
    personas, persona, db = request.app[PERSONAS], await _own(request, viewer), request.app[DB]
    try:
        _check(form)
        deletes = form["posts"] == "delete"
        await db.write(lambda uow: personas.retire(uow, viewer, persona, deletes_posts=deletes))
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        blamed.values = {**form.values, "display_name": persona.name}
        return _page(request, persona, blamed, status_of(error))
    for _ in range(AT_ONCE if deletes else 0):
        if await db.write(personas.delete_posts) == 0:
            break
    return see_other("/settings/personas", "persona-retired")


def _check(form: Form) -> None:
    if form["posts"] not in POSTS:
        raise Invalid("posts", N_("Choose what happens to its posts."))
    if form["sure"] != "yes":
        raise Invalid("sure", N_("Tick the box first: a retired persona does not come back."))


async def _own(request: Request, viewer: Viewer) -> Actor:
    personas, handle = request.app[PERSONAS], request.match_info["handle"]

    def read(uow: UnitOfWork) -> Actor:
        return personas.own(uow, viewer.account, handle)

    return await request.app[DB].read(read)


def _page(request: Request, persona: Actor, form: Form, status: int = 200) -> Response:
    return page(request, "personas/one.html", status=status, form=form, persona=persona)
