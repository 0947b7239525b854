"""Saying "I hear you" with one button, and taking it back with the same."""

from node.groups.keys import GROUPS
from node.groups.pages.places import path_to, post_id
from node.groups.reading import thread_of
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def react(request: Request) -> Response:
    """POST /posts/{id}/react with `kind`, or with `take_back`."""
    viewer, number, form = need_viewer(request), post_id(request), await posted(request)
    groups = request.app[GROUPS]

    def change(uow: UnitOfWork) -> int:
        thread_id = thread_of(uow, number, viewer.persona)
        if form["take_back"]:
            groups.unreact(uow, number, viewer.persona)
        else:
            groups.react(uow, number, viewer.persona, form["kind"])
        return thread_id

    thread_id = await request.app[DB].write(change)
    return see_other(await path_to(request, thread_id, number))
