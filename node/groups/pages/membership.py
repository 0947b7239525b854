"""Joining a group and leaving it, with one button."""

from node.groups.keys import GROUPS
from node.groups.pages.places import group_at
from node.web.faces import actor_path
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


async def join(request: Request) -> Response:
    """POST /groups/{handle}/join"""
    viewer = need_viewer(request)
    await posted(request)
    groups = request.app[GROUPS]

    def join_group(uow: UnitOfWork) -> tuple[GroupWithActor, str]:
        group = group_at(uow, request, viewer.persona)
        return group, groups.join(uow, group.actor.id, viewer.persona).state

    group, state = await request.app[DB].write(join_group)
    return see_other(actor_path(group.actor), "joined" if state == "accepted" else "asked")


async def leave(request: Request) -> Response:
    """POST /groups/{handle}/leave"""
    viewer = need_viewer(request)
    await posted(request)
    groups = request.app[GROUPS]

    def leave_group(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        groups.leave(uow, group.actor.id, viewer.persona)
        return group

    group = await request.app[DB].write(leave_group)
    is_closed = group.group.visibility == "private"
    return see_other("/groups" if is_closed else actor_path(group.actor), "left")
