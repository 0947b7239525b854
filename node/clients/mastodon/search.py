"""Searching.

    GET /api/v2/search · /api/v1/search · /api/v1/accounts/search

With `resolve=true` somebody who signed in may have a handle or an address looked up at its own
node, through the guarded door of the network. The text of posts is not searched.
"""

from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.search import Search, SearchV1
from node.clients.mastodon.entities.tag import Tag
from node.clients.mastodon.finding import actor_at, name_of, people_for, post_at, tags_for
from node.clients.mastodon.shown import show_accounts, show_statuses, site_of
from node.errors import KithError
from node.profiles.keys import FIND_ACTOR
from storage.unit_of_work import UnitOfWork

USUAL: Final = 20
MOST: Final = 40
DEEPEST: Final = 1000


def routes() -> list[web.RouteDef]:
    """Visitors find what is public."""
    return [
        door("GET", "/api/v2/search", search, scope="read:search", who="anyone"),
        door("GET", "/api/v1/search", search_v1, scope="read:search", who="anyone"),
        door("GET", "/api/v1/accounts/search", accounts, scope="read:accounts", who="user"),
    ]


async def search(call: Call) -> Response:
    """GET /api/v2/search"""
    return answer(await _search(call))


async def search_v1(call: Call) -> Response:
    """GET /api/v1/search: the same with bare names of hashtags."""
    found = await _search(call)
    names = [tag.name for tag in found.hashtags]
    return answer(SearchV1(accounts=found.accounts, statuses=found.statuses, hashtags=names))


async def accounts(call: Call) -> Response:
    """GET /api/v1/accounts/search"""
    text, site = call.params.text("q") or "", site_of(call.app)
    limit, offset = call.params.limit(USUAL * 2, MOST * 2), _offset(call)
    await _resolve(call, text)
    only = call.params.flag("following")

    def read(uow: UnitOfWork) -> list[object]:
        ids = people_for(uow, text, call.reader, site, limit, offset)
        if only:
            followed = set(uow.timelines.followed(call.persona.id))
            ids = [one for one in ids if one in followed]
        return list(show_accounts(uow, ids, call.reader, site).values())

    return answer(await call.db.read(read))


async def _search(call: Call) -> Search:
    params, site = call.params, site_of(call.app)
    text, kind = (params.text("q") or "").strip(), params.text("type")
    limit, offset = params.limit(USUAL, MOST), _offset(call)
    is_address = text.lower().startswith(("https://", "http://"))
    await _resolve(call, text)

    def read(uow: UnitOfWork) -> Search:
        people: list[int] = []
        tags: list[str] = []
        post = post_at(uow, text, site) if is_address else None
        if is_address:
            at = actor_at(uow, text)
            people = [at] if at is not None and post is None else []
        elif text:
            if kind in (None, "accounts") and not text.startswith("#"):
                people = people_for(uow, text, call.reader, site, limit, offset)
            if kind in (None, "hashtags"):
                tags = tags_for(uow, text, call.reader, limit, offset)
        shown = show_statuses(uow, [post] if post else [], call.reader, site)
        return Search(
            accounts=list(show_accounts(uow, people, call.reader, site).values()),
            statuses=list(shown.values()) if kind in (None, "statuses") else [],
            hashtags=[Tag(id=name, name=name, url=f"{site.origin}/tags/{name}") for name in tags],
        )

    return await call.db.read(read)


async def _resolve(call: Call, text: str) -> None:
    """Have somebody looked up who is not known here. That it does not work out is no error."""
    if call.reader is None or not call.params.flag("resolve"):
        return
    site, text = site_of(call.app), text.strip()
    is_address = text.lower().startswith(("https://", "http://"))
    name = None if is_address else name_of(text, site)
    if not is_address and (name is None or not name.is_whole):
        return

    def known(uow: UnitOfWork) -> bool:
        if is_address:
            return post_at(uow, text, site) is not None or actor_at(uow, text) is not None
        return name is not None and uow.actors.by_handle(name.handle, name.authority) is not None

    if await call.db.read(known):
        return
    try:
        await call.key(FIND_ACTOR)(text)
    except KithError:
        return


def _offset(call: Call) -> int:
    return min(call.params.number("offset", 0), DEEPEST)
