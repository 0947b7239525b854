"""The door of a circle that gathers: codes, who asks to come in, and who decides."""

from node.circles.keys import CIRCLES
from node.circles.pages.founding import number_in
from node.circles.pages.showing import show_circle
from node.circles.reading import name_of
from node.errors import Invalid, NotFound, Refused
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.circles import Circle


async def invite(request: Request) -> Response:
    """POST /circles/{id}/codes: a link, shown this once."""
    viewer, form = need_viewer(request), await posted(request)
    number, circles = parse_id(request.match_info["id"]), request.app[CIRCLES]
    uses = number_in(form["uses"])
    try:
        code = await request.app[DB].write(
            lambda uow: circles.invite(uow, number, viewer.persona, uses)
        )
    except Invalid as error:
        return await show_circle(request, form.blame(error), 422)
    except Refused as error:
        return await show_circle(request, form.refuse(str(error)), 409)
    return await show_circle(request, code=code)


async def end(request: Request) -> Response:
    """POST /circles/{id}/codes/{code}/end"""
    viewer, circles = need_viewer(request), request.app[CIRCLES]
    await posted(request)
    number, code = parse_id(request.match_info["id"]), parse_id(request.match_info["code"])
    await request.app[DB].write(lambda uow: circles.end_code(uow, number, viewer.persona, code))
    return see_other(f"/circles/{number}", "revoked")


async def decide(request: Request) -> Response:
    """POST /circles/{id}/people/{who}; `act` is "let-in" or "turn-away"."""
    viewer, form = need_viewer(request), await posted(request)
    circles = request.app[CIRCLES]
    number, who = parse_id(request.match_info["id"]), parse_id(request.match_info["who"])
    if form["act"] not in ("let-in", "turn-away"):
        raise NotFound
    does = circles.let_in if form["act"] == "let-in" else circles.turn_away
    try:
        await request.app[DB].write(lambda uow: does(uow, number, viewer.persona, who))
    except Refused as error:
        return await show_circle(request, form.refuse(str(error)), 409)
    return see_other(f"/circles/{number}", "saved")


async def show(request: Request) -> Response:
    """GET /circles/join/{code}"""
    need_viewer(request)
    return await _page(request, Form())


async def ask(request: Request) -> Response:
    """POST /circles/join/{code}"""
    viewer, form = need_viewer(request), await posted(request)
    code, circles = request.match_info["code"], request.app[CIRCLES]
    try:
        circle = await request.app[DB].write(lambda uow: circles.ask(uow, code, viewer.persona))
    except Refused as error:
        return await _page(request, form.refuse(str(error)), 409)
    return see_other(f"/circles/{circle.id}", "circle-knocked")


async def _page(request: Request, form: Form, status: int = 200) -> Response:
    viewer, circles = need_viewer(request), request.app[CIRCLES]
    code = request.match_info["code"]
    circle: Circle = await request.app[DB].read(
        lambda uow: circles.behind(uow, code, viewer.persona)
    )
    name, labels = name_of(circle)
    return page(
        request,
        "circles/join.html",
        status=status,
        circle=circle,
        name=name,
        labels=labels,
        form=form,
        code=code,
    )
