"""Reading about people and groups.

GET /api/v1/accounts/:id · /api/v1/accounts?id[] · /lookup · /verify_credentials
"""

from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.own_account import own_account
from node.clients.mastodon.shown import Site, show_accounts, site_of
from node.errors import NotFound
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

AT_ONCE: Final = 40
READ: Final = "read:accounts"
NOBODY: Final = 0
"""An id that nobody has."""


def routes() -> list[web.RouteDef]:
    """What is public needs no token. Fixed words come before `:id`."""
    here = "/api/v1/accounts"
    return [
        door("GET", f"{here}/verify_credentials", verify, scope=READ, who="user"),
        door("GET", f"{here}/lookup", lookup, scope=READ, who="anyone"),
        door("GET", here, several, scope=READ, who="anyone"),
        door("GET", f"{here}/{{id}}", one, scope=READ, who="anyone"),
    ]


async def verify(call: Call) -> Response:
    """GET /api/v1/accounts/verify_credentials"""
    persona, site = call.persona, site_of(call.app)
    return answer(await call.db.read(lambda uow: own_account(uow, persona, site)))


async def lookup(call: Call) -> Response:
    """GET /api/v1/accounts/lookup?acct: somebody who is known here; nobody is asked elsewhere."""
    text, site = call.params.need("acct"), site_of(call.app)
    return answer(await call.db.read(lambda uow: _lookup(uow, text, call.reader, site)))


async def several(call: Call) -> Response:
    """GET /api/v1/accounts?id[]"""
    ids, site = call.params.ids("id")[:AT_ONCE], site_of(call.app)
    shown = await call.db.read(lambda uow: show_accounts(uow, ids, call.reader, site))
    return answer(list(shown.values()))


async def one(call: Call) -> Response:
    """GET /api/v1/accounts/:id"""
    number, site = call.id(), site_of(call.app)
    return answer(await call.db.read(lambda uow: need_account(uow, number, call.reader, site)))


def need_account(uow: UnitOfWork, number: int, reader: Actor | None, site: Site) -> Account:
    """The account with this id. Raises NotFound."""
    found = show_accounts(uow, [number], reader, site).get(number)
    if found is None:
        raise NotFound
    return found


def _lookup(uow: UnitOfWork, text: str, reader: Actor | None, site: Site) -> Account:
    handle, _, authority = text.strip().lstrip("@!").partition("@")
    found = uow.actors.by_handle(handle, authority or site.authority)
    return need_account(uow, found.id if found else NOBODY, reader, site)
