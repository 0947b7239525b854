"""Every address for client apps."""

from collections.abc import Iterator

from aiohttp import web

from node.clients.c2s.routes import c2s_routes
from node.clients.mastodon.routes import mastodon_routes
from node.clients.oauth.routes import oauth_routes
from node.clients.own.routes import own_routes
from node.clients.streaming.routes import stream_routes


def client_routes() -> Iterator[web.RouteDef]:
    """The doors of all of them. A part that is added lists its routes here."""
    yield from oauth_routes()
    yield from mastodon_routes()
    yield from stream_routes()
    yield from own_routes()
    yield from c2s_routes()
