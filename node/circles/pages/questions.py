"""The questions of a circle, and the library of scripts."""

from node.circles.keys import CIRCLES
from node.circles.reading import name_of
from node.circles.scripts import SHIPPED, Script, add_to_library, library, lines_of, text_of
from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.circle_ends import KeptScript
from storage.circles import Circle
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /circles/{id}/questions, for who cares for them"""
    return await _page(request, None)


async def change(request: Request) -> Response:
    """POST /circles/{id}/questions"""
    viewer, form = need_viewer(request), await posted(request)
    number, circles = parse_id(request.match_info["id"]), request.app[CIRCLES]
    try:
        await request.app[DB].write(
            lambda uow: circles.rewrite(uow, number, viewer.persona, form["text"])
        )
    except Invalid as error:
        return await _page(request, form.blame(error), 422)
    return see_other(f"/circles/{number}/questions", "saved")


async def _page(request: Request, form: Form | None, status: int = 200) -> Response:
    viewer, circles = need_viewer(request), request.app[CIRCLES]
    number = parse_id(request.match_info["id"])

    def read(uow: UnitOfWork) -> tuple[Circle, list[str]]:
        circle, _ = circles.cared_for(uow, number, viewer.persona)
        return circle, uow.circles.script(number)

    circle, script = await request.app[DB].read(read)
    name, labels = name_of(circle)
    return page(
        request,
        "circles/questions.html",
        status=status,
        circle=circle,
        name=name,
        labels=labels,
        form=form or Form({"text": lines_of(script)}),
        many=len(script),
    )


async def library_page(request: Request) -> Response:
    """GET /circles/scripts: what a circle can be asked."""
    return await _library(request, need_viewer(request), Form())


async def add(request: Request) -> Response:
    """POST /circles/scripts: administrators add a script in its text form."""
    viewer, form = _need_administrator(request), await posted(request)
    circles = request.app[CIRCLES]
    now = circles.now()
    kept = KeptScript(id=circles.new_id(), text=form["text"], created_at=now, changed_at=now)
    try:
        await request.app[DB].write(lambda uow: add_to_library(uow, kept))
    except Invalid as error:
        return await _library(request, viewer, form.blame(error), 422)
    return see_other("/circles/scripts", "saved")


async def export(request: Request) -> Response:
    """GET /circles/scripts/{key}: the script as a text file."""
    need_viewer(request)
    script = await _script(request)
    name = f"{script.key}.txt"
    return Response(
        text=text_of(script),
        content_type="text/plain",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def remove(request: Request) -> Response:
    """POST /circles/scripts/{key}/remove"""
    _need_administrator(request)
    await posted(request)
    script = await _script(request)
    if script.key in SHIPPED:
        raise Refused(N_("This script comes with Kith and stays."), "shipped")
    await request.app[DB].write(lambda uow: uow.circle_ends.drop_script(int(script.key)))
    return see_other("/circles/scripts", "saved")


async def _script(request: Request) -> Script:
    key = request.match_info["key"]
    found = next((one for one in await request.app[DB].read(library) if one.key == key), None)
    if found is None:
        raise NotFound
    return found


async def _library(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    return page(
        request,
        "circles/scripts.html",
        status=status,
        scripts=await request.app[DB].read(library),
        shipped=SHIPPED,
        may_add=viewer.is_administrator,
        form=form,
    )


def _need_administrator(request: Request) -> Viewer:
    viewer = need_viewer(request)
    if not viewer.is_administrator:
        raise Refused(N_("Only administrators of this node change the library."), "not-allowed")
    return viewer
