"""How long a group's threads wait, for its own moderators: of the group, never of anybody."""

from datetime import timedelta

from node.groups.pages.places import group_at
from node.groups.place import insist_moderator
from node.replying.keys import REPLYING
from node.replying.rules import FEWEST, Figures
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

HOUR = timedelta(hours=1)


async def show(request: Request) -> Response:
    """GET /groups/{handle}/answers"""
    viewer, replying = need_viewer(request), request.app[REPLYING]

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, Figures | None]:
        group = group_at(uow, request, viewer.persona)
        insist_moderator(uow, group, viewer.persona, None)
        return group, replying.figures(uow, group.actor.id)

    group, found = await request.app[DB].read(read)
    return page(
        request,
        "replying/times.html",
        actor=group.actor,
        figures=found,
        first=_hours(found.first) if found else None,
        second=_hours(found.second) if found else None,
        fewest=FEWEST,
    )


def _hours(wait: timedelta | None) -> int | None:
    """Whole hours, rounded up: nobody is measured to the minute here."""
    return None if wait is None else max(1, -(-wait // HOUR))
