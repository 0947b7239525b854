"""The addresses of our own API, its description, and the page that shows it to people."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from aiohttp import web

from node.clients.answers import answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.own.description import description
from node.clients.own.doors import own_door
from node.clients.own.table import TABLE
from node.web.http import Request, Response
from node.web.page import page

VERSION: Final = "1.0.0"
"""Of the API, not of the node: it says which addresses there are."""
_CACHED: Final = {"Cache-Control": "public, max-age=300"}


def own_routes() -> Iterator[web.RouteDef]:
    """All of them; `/api` is a page."""
    for one in TABLE:
        yield own_door(one)
    yield door("GET", "/openapi.json", described, who="anyone", scope=None)
    yield web.get("/api", shown)


async def described(call: Call) -> web.Response:
    """GET /openapi.json"""
    return answer(description(TABLE, call.origin, VERSION), headers=_CACHED)


async def shown(request: Request) -> Response:
    """GET /api: the same for people, in one page."""
    topics = [(topic, list(rows)) for topic, rows in groupby(TABLE, key=lambda one: one.topic)]
    return page(request, "clients/api.html", topics=topics)
