"""The addresses of the Mastodon client API."""

from collections.abc import Iterator

from aiohttp import web


def mastodon_routes() -> Iterator[web.RouteDef]:
    """Each topic lists its own; they are joined here."""
    yield from ()
