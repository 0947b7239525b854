"""The addresses of streams, and what stands behind them."""

from collections.abc import Iterator

from aiohttp import web

from node.clients.doors import door
from node.clients.streaming.hub import Hub
from node.clients.streaming.keys import EVENTS, HUB
from node.clients.streaming.reader import EventReader
from node.clients.streaming.shows import telling_of
from node.clients.streaming.socket import socket
from node.clients.streaming.sse import PATHS, health, lines
from node.notifications.apps import NewsOfApps
from node.web.keys import CONFIG, DB

ROOT = "/api/v1/streaming"


def stream_routes() -> Iterator[web.RouteDef]:
    """A token may come in other ways than a header here, so each looks for it itself."""
    yield door("GET", ROOT, socket, who="anyone", scope=None, reads_body=False)
    yield door("GET", f"{ROOT}/health", health, who="anyone", scope=None, reads_body=False)
    for path in PATHS:
        yield door("GET", f"{ROOT}/{path}", lines, who="anyone", scope=None, reads_body=False)


def open_streams(app: web.Application, news: NewsOfApps) -> None:
    """Furnish the application with its hub and its reader, which end before it does."""
    config = app[CONFIG]
    app[HUB] = Hub(config.client_streams, config.client_streams_each)
    app[EVENTS] = EventReader(app[DB], app[HUB], telling_of(app, news))
    app.on_shutdown.append(app[HUB].close)
    app.on_shutdown.append(app[EVENTS].close)
