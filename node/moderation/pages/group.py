"""Reports of posts in a group, for its moderators: reason and post, and nothing of the reporter."""

from node.errors import NotFound
from node.groups.pages.places import group_at
from node.moderation.handling import Waiting
from node.moderation.keys import MODERATION
from node.moderation.pages.labels import REASON
from node.visibility import is_moderator
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

MOST = 100


async def show(request: Request) -> Response:
    """GET /groups/{handle}/reports"""
    viewer = need_viewer(request)
    handling = request.app[MODERATION].handling

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, list[Waiting]]:
        group = group_at(uow, request, viewer.persona)
        if not is_moderator(uow.memberships.get(group.actor.id, viewer.persona.id)):
            raise NotFound
        mine = uow.accounts.personas_of(viewer.account.id)
        found = uow.reports.of_group(group.actor.id, MOST, mine)
        return group, handling.lines(uow, viewer.account, found)

    group, lines = await request.app[DB].read(read)
    return page(request, "moderation/group.html", actor=group.actor, lines=lines, reasons=REASON)
