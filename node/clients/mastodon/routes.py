"""The addresses of the Mastodon client API."""

from collections.abc import Iterator

from aiohttp import web

from node.clients.mastodon import (
    account_lists,
    accounts,
    addresses,
    choices,
    instance,
    media,
    polls,
    push,
    search,
    statuses,
    stubs,
    timelines,
    written,
)


def mastodon_routes() -> Iterator[web.RouteDef]:
    """Each topic lists its own; they are joined here."""
    yield from accounts.routes()
    yield from choices.routes()
    yield from statuses.routes()
    yield from media.routes()
    yield from polls.routes()
    yield from instance.routes()
    yield from push.routes()
    yield from stubs.routes()
    yield from account_lists.routes()
    yield from timelines.routes()
    yield from written.routes()
    yield from search.routes()
    yield from addresses.routes()
