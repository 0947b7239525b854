"""The addresses of what a person sets for their own reading, news and safety."""

from collections.abc import Iterator

from aiohttp import web

from node.clients.mastodon import (
    announcements,
    conversations,
    filters,
    filters_v1,
    grouped_news,
    lists,
    markers,
    mutes,
    news_policy,
    notifications,
    own_tags,
    reports,
)


def routes() -> Iterator[web.RouteDef]:
    """Topic by topic."""
    yield from announcements.routes()
    yield from conversations.routes()
    yield from filters.routes()
    yield from filters_v1.routes()
    yield from lists.routes()
    yield from markers.routes()
    yield from mutes.routes()
    yield from news_policy.routes()
    yield from notifications.routes()
    yield from grouped_news.routes()
    yield from own_tags.routes()
    yield from reports.routes()
