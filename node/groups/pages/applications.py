"""Requests to be let in: one's own, and those that wait for a group's moderators."""

from node.errors import Invalid, NotFound, Refused
from node.groups.keys import GROUPS
from node.groups.pages.composer import shown_again
from node.groups.pages.places import group_at
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.applications import ReadApplication
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


async def show_own(request: Request) -> Response:
    """GET /applications: that one asked, and how it went."""
    viewer, groups = need_viewer(request), request.app[GROUPS]
    found = await request.app[DB].read(lambda uow: groups.own_applications(uow, viewer.persona))
    return page(request, "groups/own_applications.html", applications=found)


async def withdraw(request: Request) -> Response:
    """POST /applications/{id}/withdraw: take it back, or clear it away once it is decided."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    await posted(request)
    groups = request.app[GROUPS]
    await request.app[DB].write(lambda uow: groups.withdraw(uow, number, viewer.persona))
    return see_other("/applications", "withdrawn")


async def show_waiting(request: Request) -> Response:
    """GET /groups/{handle}/applications: for its moderators."""
    return await _page(request, need_viewer(request), Form())


async def decide(request: Request) -> Response:
    """POST /groups/{handle}/applications/{id} with `act`, let-in or decline, and a `reply`."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, groups = await posted(request), request.app[GROUPS]

    def act(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        if form["act"] == "let-in":
            groups.let_in(uow, number, viewer.persona, form["reply"])
        elif form["act"] == "decline":
            groups.decline(uow, number, viewer.persona, form["reply"])
        else:
            raise NotFound
        return group

    try:
        group = await request.app[DB].write(act)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, form, shown_again(form, error))
    note = "let-in" if form["act"] == "let-in" else "declined"
    return see_other(f"{actor_path(group.actor)}/applications", note)


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    groups = request.app[GROUPS]

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, list[ReadApplication]]:
        group = group_at(uow, request, viewer.persona)
        return group, groups.waiting(uow, group.actor.id, viewer.persona)

    group, waiting = await request.app[DB].read(read)
    return page(
        request,
        "groups/applications.html",
        status=status,
        actor=group.actor,
        group=group.group,
        applications=waiting,
        form=form,
    )
