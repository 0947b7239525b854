"""Lists of some of those whom a person follows, read apart.

GET|POST /api/v1/lists · GET|PUT|DELETE /api/v1/lists/:id
GET|POST|DELETE /api/v1/lists/:id/accounts · GET /api/v1/accounts/:id/lists
"""

from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty
from node.clients.call import Call
from node.clients.doors import Handle, door
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.reading import List
from node.clients.mastodon.shown import show_accounts, site_of
from node.clients.mastodon.windows import paged, window_of
from node.errors import NotFound
from node.reading.keys import READING
from node.reading.lists import ListDraft
from storage.lists import ReadingList
from storage.shapes import NEWEST
from storage.unit_of_work import UnitOfWork

READ: Final = "read:lists"
WRITE: Final = "write:lists"
PAGE: Final = 40
PAGE_MOST: Final = 80
ALL: Final = 5000
"""Members of a list that are shown at once to an app that asks for all (`limit=0`)."""


def routes() -> list[web.RouteDef]:
    """All of them need a person's token."""
    here, one, on = "/api/v1/lists", "/api/v1/lists/{id}", "/api/v1/lists/{id}/accounts"
    lines: list[tuple[str, str, Handle]] = [
        *(("GET", here, listed), ("POST", here, make)),
        *(("GET", one, get), ("PUT", one, change), ("DELETE", one, drop)),
        *(("GET", on, accounts), ("POST", on, add), ("DELETE", on, remove)),
        ("GET", "/api/v1/accounts/{id}/lists", lists_with),
    ]
    return [
        door(method, path, handle, scope=READ if method == "GET" else WRITE, who="user")
        for method, path, handle in lines
    ]


async def listed(call: Call) -> Response:
    """GET /api/v1/lists"""
    who = call.persona
    found = await call.db.read(lambda uow: uow.lists.of_persona(who.id))
    return answer([list_of(one) for one in found])


async def get(call: Call) -> Response:
    """GET /api/v1/lists/:id"""
    number, who, lists = call.id(), call.persona, call.app[READING].lists
    return answer(list_of(await call.db.read(lambda uow: lists.get(uow, who, number))))


async def make(call: Call) -> Response:
    """POST /api/v1/lists"""
    who, lists, draft = call.persona, call.app[READING].lists, _draft(call)
    return answer(list_of(await call.db.write(lambda uow: lists.make(uow, who, draft))))


async def change(call: Call) -> Response:
    """PUT /api/v1/lists/:id"""
    number, who, lists, draft = call.id(), call.persona, call.app[READING].lists, _draft(call)
    changed = await call.db.write(lambda uow: lists.change(uow, who, number, draft))
    return answer(list_of(changed))


async def drop(call: Call) -> Response:
    """DELETE /api/v1/lists/:id"""
    number, who, lists = call.id(), call.persona, call.app[READING].lists
    await call.db.write(lambda uow: lists.drop(uow, who, number))
    return empty()


async def accounts(call: Call) -> Response:
    """GET /api/v1/lists/:id/accounts; `limit=0` asks for all at once."""
    number, who, lists, site = call.id(), call.persona, call.app[READING].lists, site_of(call.app)
    window = window_of(call, PAGE, PAGE_MOST)
    asked = window.asked()
    if call.params.text("limit") == "0":
        asked = {"limit": ALL, "before": NEWEST, "after": 0, "upward": False}

    def look(uow: UnitOfWork) -> tuple[list[int], list[Account]]:
        ids = [one.id for one in uow.lists.accounts(lists.get(uow, who, number).id, **asked)]
        return ids, list(show_accounts(uow, ids, who, site).values())

    ids, shown = await call.db.read(look)
    return paged(call, shown, ids if asked["limit"] != ALL else [], window)


async def add(call: Call) -> Response:
    """POST /api/v1/lists/:id/accounts: those whom the person follows."""
    number, who, lists = call.id(), call.persona, call.app[READING].lists
    ids = call.params.ids("account_ids")
    await call.db.write(lambda uow: lists.add(uow, who, number, ids))
    return empty()


async def remove(call: Call) -> Response:
    """DELETE /api/v1/lists/:id/accounts"""
    number, who, lists = call.id(), call.persona, call.app[READING].lists
    ids = call.params.ids("account_ids")
    await call.db.write(lambda uow: lists.remove(uow, who, number, ids))
    return empty()


async def lists_with(call: Call) -> Response:
    """GET /api/v1/accounts/:id/lists: one's own, on which somebody is."""
    number, who, site = call.id(), call.persona, site_of(call.app)

    def look(uow: UnitOfWork) -> list[ReadingList]:
        if number not in show_accounts(uow, [number], who, site):
            raise NotFound
        return uow.lists.with_account(who.id, number)

    return answer([list_of(one) for one in await call.db.read(look)])


def list_of(one: ReadingList) -> List:
    """A list without who is on it."""
    return List(
        id=str(one.id),
        title=one.title,
        replies_policy=one.replies_policy,
        exclusive=one.exclusive,
    )


def _draft(call: Call) -> ListDraft:
    return ListDraft(
        title=call.params.text("title"),
        replies_policy=call.params.text("replies_policy"),
        exclusive=call.params.maybe_flag("exclusive"),
    )
