"""What one does with a post of whoever: favourite, boost, bookmark, pin, be told no more of it.

POST /api/v1/statuses/:id/{favourite,reblog,bookmark,pin,mute} and un…
GET /api/v1/favourites · /api/v1/bookmarks
"""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import Handle, door
from node.clients.keys import MARKING, POSTS
from node.clients.mastodon.entities.status import Status
from node.clients.mastodon.shown import show_statuses, site_of
from node.clients.mastodon.statuses import need_status
from node.clients.mastodon.windows import paged, window_of
from storage.actors import Actor
from storage.marks import Listing, Marked
from storage.unit_of_work import UnitOfWork

UseCase = Callable[[UnitOfWork, int, Actor], int | None]
"""Answers the id to be shown afterwards, None for the one that was named."""

PAGE: Final = 20
PAGE_MOST: Final = 40


def routes() -> list[web.RouteDef]:
    """All of them need a person's token."""
    return [
        *_pair("favourite", "write:favourites", _favourite, _unfavourite),
        *_pair("reblog", "write:statuses", _reblog, _unreblog),
        *_pair("bookmark", "write:bookmarks", _bookmark, _unbookmark),
        *_pair("pin", "write:accounts", _pin, _unpin),
        *_pair("mute", "write:mutes", _mute, _unmute),
        door("GET", "/api/v1/favourites", favourites, scope="read:favourites", who="user"),
        door("GET", "/api/v1/bookmarks", bookmarks, scope="read:bookmarks", who="user"),
    ]


def _pair(
    name: str, scope: str, do: Callable[[Call], UseCase], undo: Callable[[Call], UseCase]
) -> list[web.RouteDef]:
    here = f"/api/v1/statuses/{{id}}/{name}"
    back = f"/api/v1/statuses/{{id}}/un{name}"
    return [
        door("POST", here, _acting(do), scope=scope, who="user"),
        door("POST", back, _acting(undo), scope=scope, who="user"),
    ]


def _acting(use_case: Callable[[Call], UseCase]) -> Handle:
    async def handle(call: Call) -> Response:
        status_id, who, site, act_on = call.id(), call.persona, site_of(call.app), use_case(call)

        def act(uow: UnitOfWork) -> Status:
            need_status(uow, status_id, who, site)
            made = act_on(uow, status_id, who)
            return need_status(uow, made or status_id, who, site)

        return answer(await call.db.write(act))

    return handle


def _favourite(call: Call) -> UseCase:
    return call.app[POSTS].react


def _unfavourite(call: Call) -> UseCase:
    return call.app[POSTS].unreact


def _reblog(call: Call) -> UseCase:
    return call.app[POSTS].share


def _unreblog(call: Call) -> UseCase:
    return call.app[POSTS].unshare


def _bookmark(call: Call) -> UseCase:
    return call.app[MARKING].bookmark


def _unbookmark(call: Call) -> UseCase:
    return call.app[MARKING].unbookmark


def _pin(call: Call) -> UseCase:
    return call.app[MARKING].pin


def _unpin(call: Call) -> UseCase:
    return call.app[MARKING].unpin


def _mute(call: Call) -> UseCase:
    return call.app[MARKING].quieten


def _unmute(call: Call) -> UseCase:
    return call.app[MARKING].unquieten


async def favourites(call: Call) -> Response:
    """GET /api/v1/favourites: what one reacted to, the last reaction first."""
    return await _list(call, "reactions")


async def bookmarks(call: Call) -> Response:
    """GET /api/v1/bookmarks: the last one first."""
    return await _list(call, "bookmarks")


async def _list(call: Call, listing: Listing) -> Response:
    who, site, window = call.persona, site_of(call.app), window_of(call, PAGE, PAGE_MOST)

    def look(uow: UnitOfWork) -> tuple[list[Marked], dict[int, Status]]:
        found = uow.marks.page(listing, who.id, **window.asked())
        return found, show_statuses(uow, [one.post_id for one in found], who, site)

    found, shown = await call.db.read(look)
    items = [shown[one.post_id] for one in found if one.post_id in shown]
    return paged(call, items, [one.id for one in found], window)
