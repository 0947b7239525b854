"""The addresses of what a person writes, marks, follows and says of itself through apps."""

from collections.abc import Iterator

from aiohttp import web

from node.clients.mastodon import (
    following,
    history,
    marking,
    own_profile,
    registering,
    scheduled,
    writing,
)


def routes() -> Iterator[web.RouteDef]:
    """Each topic lists its own."""
    yield from writing.routes()
    yield from marking.routes()
    yield from history.routes()
    yield from scheduled.routes()
    yield from following.routes()
    yield from own_profile.routes()
    yield from registering.routes()
