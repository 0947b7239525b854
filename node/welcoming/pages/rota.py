"""The rota of greeters of a group, and the page of somebody who greets."""

from node.errors import Invalid, Refused
from node.groups.pages.composer import shown_again
from node.groups.pages.labels import REPLIES_WANTED
from node.groups.pages.places import group_at
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from node.welcoming.keys import WELCOMING
from node.welcoming.pages.fields import OFFSETS_SHOWN, WEEKDAYS, label_of_offset, offset_of
from node.welcoming.rota import RotaPage
from node.welcoming.rules import check_when, check_window
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

_NOTES = {"stop": "greeting-stopped", "away": "greeting-away", "back": "greeting-back"}


async def show_own(request: Request) -> Response:
    """GET /welcome: hellos that wait, in the groups in which one greets."""
    viewer, welcoming = need_viewer(request), request.app[WELCOMING]
    found = await request.app[DB].read(lambda uow: welcoming.own_greeting(uow, viewer.persona))
    return page(request, "welcoming/own.html", greeting=found, wanted=REPLIES_WANTED)


async def show(request: Request) -> Response:
    """GET /groups/{handle}/greeters"""
    form = Form({"weekday": "0", "hour": "18", "to_hour": "20", "offset": offset_of(request)})
    return await _page(request, need_viewer(request), form)


async def change(request: Request) -> Response:
    """POST /groups/{handle}/greeters with `act`: greet, stop (with `slot`), away or back."""
    viewer, form = need_viewer(request), await posted(request)
    welcoming = request.app[WELCOMING]

    def write(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        number = group.actor.id
        welcoming.belongs_to(uow, number, viewer.persona)
        match form["act"]:
            case "stop":
                welcoming.stop_greeting(uow, number, viewer.persona, parse_id(form["slot"]))
            case "away":
                welcoming.away_this_week(uow, number, viewer.persona)
            case "back":
                welcoming.back(uow, number, viewer.persona)
            case _:
                at = check_when(form["weekday"], form["hour"], form["offset"])
                _, last = check_window(form["hour"], form["to_hour"])
                welcoming.greet(uow, number, viewer.persona, at, last)
        return group

    try:
        group = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, form, shown_again(form, error))
    note = _NOTES.get(form["act"], "greeting")
    return see_other(f"{actor_path(group.actor)}/greeters", note)


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    welcoming = request.app[WELCOMING]

    def read(uow: UnitOfWork) -> RotaPage:
        group = group_at(uow, request, viewer.persona)
        return welcoming.rota_page(uow, group.actor.id, viewer.persona)

    found = await request.app[DB].read(read)
    return page(
        request,
        "welcoming/greeters.html",
        status=status,
        actor=found.group.actor,
        rota=found,
        form=form,
        weekdays=WEEKDAYS,
        offsets=OFFSETS_SHOWN,
        offset_label=label_of_offset,
        wanted=REPLIES_WANTED,
    )
