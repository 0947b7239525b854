"""Reading posts one by one: a status, several, and the thread round one.

GET /api/v1/statuses/:id · /api/v1/statuses?id[] · /:id/context · /:id/card
"""

from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.status import Context, Status
from node.clients.mastodon.shown import Site, show_status, show_statuses, site_of
from node.clients.mastodon.sight import may_read_post
from node.clients.mastodon.threads import above_and_below
from node.errors import NotFound
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

AT_ONCE: Final = 40
READ: Final = "read:statuses"


def routes() -> list[web.RouteDef]:
    """Reading needs no token where a post is public."""
    here = "/api/v1/statuses"
    return [
        door("GET", here, several, scope=READ, who="anyone"),
        door("GET", f"{here}/{{id}}", one, scope=READ, who="anyone"),
        door("GET", f"{here}/{{id}}/context", context, scope=READ, who="anyone"),
        door("GET", f"{here}/{{id}}/card", card, scope=READ, who="anyone"),
    ]


async def one(call: Call) -> Response:
    """GET /api/v1/statuses/:id"""
    number, site = call.id(), site_of(call.app)
    return answer(await call.db.read(lambda uow: need_status(uow, number, call.reader, site)))


async def several(call: Call) -> Response:
    """GET /api/v1/statuses?id[]: those that there are, in the order of the ids."""
    ids, site = call.params.ids("id")[:AT_ONCE], site_of(call.app)
    shown = await call.db.read(lambda uow: show_statuses(uow, ids, call.reader, site))
    return answer(list(shown.values()))


async def context(call: Call) -> Response:
    """GET /api/v1/statuses/:id/context"""
    number, site = call.id(), site_of(call.app)
    return answer(await call.db.read(lambda uow: _context(uow, number, call.reader, site)))


async def card(call: Call) -> Response:
    """GET /api/v1/statuses/:id/card: no page of a third party is ever looked into."""
    number, site = call.id(), site_of(call.app)
    await call.db.read(lambda uow: need_status(uow, number, call.reader, site))
    return empty()


def need_status(uow: UnitOfWork, number: int, reader: Actor | None, site: Site) -> Status:
    """The status with this id. Raises NotFound."""
    found = show_status(uow, number, reader, site)
    if found is None:
        raise NotFound
    return found


def _context(uow: UnitOfWork, number: int, reader: Actor | None, site: Site) -> Context:
    if not may_read_post(uow, number, reader):
        # A share or a message, or nothing: "not yours" asks as much as "not there".
        need_status(uow, number, reader, site)
    above, below = above_and_below(uow, number, reader)
    shown = show_statuses(uow, [*above, *below], reader, site)
    return Context(
        ancestors=[shown[one] for one in above if one in shown],
        descendants=[shown[one] for one in below if one in shown],
    )
