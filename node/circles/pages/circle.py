"""The page of one circle: today's question first."""

from collections.abc import Callable
from typing import Final

from node.circles.keys import CIRCLES
from node.circles.pages.showing import show_circle
from node.circles.service import Circles
from node.errors import Invalid, NotFound, Refused
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Act = Callable[[Circles, UnitOfWork, int, Actor], object]

ACTS: Final[dict[str, tuple[Act, str]]] = {
    "begin": (Circles.begin, "circle-begins"),
    "give-up": (Circles.give_up, "circle-given-up"),
    "pause": (Circles.pause, "circle-paused"),
    "resume": (Circles.resume, "circle-goes-on"),
    "agree": (Circles.agree, "circle-agreed"),
    "decline": (Circles.decline, "circle-declined"),
}
"""What the buttons do, and what is said then."""
_GONE: Final = frozenset({"give-up", "decline"})


async def show(request: Request) -> Response:
    """GET /circles/{id}"""
    return await show_circle(request)


async def act(request: Request) -> Response:
    """POST /circles/{id}; `act` is one of ACTS. Raises NotFound."""
    viewer, form = need_viewer(request), await posted(request)
    number, circles = parse_id(request.match_info["id"]), request.app[CIRCLES]
    if form["act"] not in ACTS:
        raise NotFound
    does, note = ACTS[form["act"]]
    try:
        await request.app[DB].write(lambda uow: does(circles, uow, number, viewer.persona))
    except Refused as error:
        return await show_circle(request, form.refuse(str(error)), 409)
    return see_other("/circles" if form["act"] in _GONE else f"/circles/{number}", note)


async def voice(request: Request) -> Response:
    """POST /circles/{id}/voice"""
    viewer, form = need_viewer(request), await posted(request)
    number, circles = parse_id(request.match_info["id"]), request.app[CIRCLES]
    try:
        await request.app[DB].write(
            lambda uow: circles.voice(uow, number, viewer.persona, form["voice"])
        )
    except Invalid as error:
        return await show_circle(request, form.blame(error), 422)
    except Refused as error:
        return await show_circle(request, form.refuse(str(error)), 409)
    return see_other(f"/circles/{number}", "circle-heard")


async def choices(request: Request) -> Response:
    """POST /circles/{id}/choices"""
    viewer, form = need_viewer(request), await posted(request)
    number, circles = parse_id(request.match_info["id"]), request.app[CIRCLES]
    days, weeks = form["days"] == "yes", form["weeks"] == "yes"
    await request.app[DB].write(
        lambda uow: circles.choose(uow, number, viewer.persona, days=days, weeks=weeks)
    )
    return see_other(f"/circles/{number}", "saved")
