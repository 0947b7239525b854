"""Reacting to a post outside groups and handing it on, each with one button that also undoes it."""

from node.profiles.keys import PROFILES
from node.profiles.pages.note import path_to
from node.profiles.place import standing_of
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def react(request: Request) -> Response:
    """POST /notes/{id}/react with `kind`, or with `take_back`."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, profiles = await posted(request), request.app[PROFILES]

    def act(uow: UnitOfWork) -> int:
        thread_id = standing_of(uow, number, viewer.persona).thread.id
        if form["take_back"]:
            profiles.unreact(uow, number, viewer.persona)
        else:
            profiles.react(uow, number, viewer.persona, form["kind"])
        return thread_id

    return see_other(path_to(await request.app[DB].write(act), number))


async def share(request: Request) -> Response:
    """POST /notes/{id}/share, or with `take_back`."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, profiles = await posted(request), request.app[PROFILES]

    def act(uow: UnitOfWork) -> int:
        thread_id = standing_of(uow, number, viewer.persona).thread.id
        if form["take_back"]:
            profiles.unshare(uow, number, viewer.persona)
        else:
            profiles.share(uow, number, viewer.persona)
        return thread_id

    note = "unshared" if form["take_back"] else "shared"
    return see_other(path_to(await request.app[DB].write(act), number), note)
