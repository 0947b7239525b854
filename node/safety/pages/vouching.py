"""Vouching for a newcomer, which the staff of the node do from a person's page."""

from node.errors import NotFound
from node.safety.keys import NEWCOMERS, SAFETY
from node.safety.pages.people import person_at
from node.web.faces import actor_path
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


async def vouch(request: Request) -> Response:
    """POST /personas/{handle}/vouch. For everybody but the staff it is not there."""
    viewer = need_viewer(request)
    await posted(request)
    safety, newcomers = request.app[SAFETY], request.app[NEWCOMERS]

    def act(uow: UnitOfWork) -> Actor:
        person = safety.seen(uow, viewer.persona, person_at(uow, request))
        if not (viewer.is_staff and person.is_local):
            raise NotFound
        newcomers.vouch(uow, person, viewer.persona)
        return person

    return see_other(actor_path(await request.app[DB].write(act)), "vouched")
