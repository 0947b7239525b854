"""News one by one.

GET /api/v1/notifications · /:id · /unread_count
POST /api/v1/notifications/clear · /:id/dismiss · /dismiss
"""

from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.news import Count, Notification
from node.clients.mastodon.news import NAMES, query_of, show_news
from node.clients.mastodon.shown import site_of
from node.clients.mastodon.windows import Window, paged, window_of
from node.errors import NotFound
from node.notifications.keys import NEWS
from storage.notifications import Told
from storage.unit_of_work import UnitOfWork

READ: Final = "read:notifications"
WRITE: Final = "write:notifications"
PAGE: Final = 40
PAGE_MOST: Final = 80
COUNTED: Final = 100
COUNTED_MOST: Final = 1000


def routes() -> list[web.RouteDef]:
    """All of them need a person's token. Fixed words come before `:id`."""
    here = "/api/v1/notifications"
    return [
        door("GET", here, listed, scope=READ, who="user"),
        door("GET", f"{here}/unread_count", unread_count, scope=READ, who="user"),
        door("POST", f"{here}/clear", clear, scope=WRITE, who="user"),
        door("POST", f"{here}/dismiss", dismiss_named, scope=WRITE, who="user"),
        door("GET", f"{here}/{{id}}", one, scope=READ, who="user"),
        door("POST", f"{here}/{{id}}/dismiss", dismiss, scope=WRITE, who="user"),
    ]


async def listed(call: Call) -> Response:
    """GET /api/v1/notifications (types[], exclude_types[], account_id, include_filtered)"""
    who, news, site = call.persona, call.app[NEWS], site_of(call.app)
    window = window_of(call, PAGE, PAGE_MOST)
    query = query_of(call, window)

    def look(uow: UnitOfWork) -> tuple[list[Told], list[Notification]]:
        found = news.page(uow, who, query)
        return found, show_news(uow, found, who, site)

    found, shown = await call.db.read(look)
    return paged(call, shown, [told.notification.id for told in found], window)


async def one(call: Call) -> Response:
    """GET /api/v1/notifications/:id"""
    number, who, news, site = call.id(), call.persona, call.app[NEWS], site_of(call.app)

    def look(uow: UnitOfWork) -> list[Notification]:
        found = news.get(uow, who, number)
        return show_news(uow, [found] if found.notification.kind in NAMES else [], who, site)

    shown = await call.db.read(look)
    if not shown:
        raise NotFound
    return answer(shown[0])


async def unread_count(call: Call) -> Response:
    """GET /api/v1/notifications/unread_count: what neither an app nor a page has shown yet."""
    who, news = call.persona, call.app[NEWS]
    query = query_of(call, Window(limit=call.params.limit(COUNTED, COUNTED_MOST)))
    return answer(Count(count=await call.db.read(lambda uow: news.unread(uow, who, query))))


async def clear(call: Call) -> Response:
    """POST /api/v1/notifications/clear"""
    who = call.persona
    await call.db.write(lambda uow: uow.news.clear(who.id))
    return empty()


async def dismiss(call: Call) -> Response:
    """POST /api/v1/notifications/:id/dismiss"""
    return await _dismiss(call, call.id())


async def dismiss_named(call: Call) -> Response:
    """POST /api/v1/notifications/dismiss, as older apps say it: `id` in the body."""
    return await _dismiss(call, call.params.maybe_id("id") or 0)


async def _dismiss(call: Call, number: int) -> Response:
    who, news = call.persona, call.app[NEWS]
    await call.db.write(lambda uow: news.dismiss(uow, who, number))
    return empty()
