"""Where the handlers of this package find what they need in the application."""

from typing import Final

from aiohttp import web

from federation.fetch import Fetcher
from node.clients.c2s.acts.desk import Desk
from node.clients.c2s.proxy import PROXY, Proxy
from node.clients.c2s.reach import Reach
from node.clients.keys import POSTS
from node.clients.mastodon.site import site_of
from node.rooms import Rooms

DESK: Final = web.AppKey("client-desk", Desk)
REACH: Final = web.AppKey("client-reach", Reach)


def open_c2s(app: web.Application, rooms: Rooms, fetcher: Fetcher) -> None:
    """What the client-to-server side acts with, and how it reaches other nodes."""
    config = rooms.config
    is_trial = config.test_mode or bool(config.allowed_test_networks)
    app[DESK] = Desk(rooms, app[POSTS], site_of(app))
    app[REACH] = Reach(rooms.db, fetcher, rooms.now, config.origin)
    app[PROXY] = Proxy(fetcher, rooms.now, config.origin, may_be_http=is_trial)
