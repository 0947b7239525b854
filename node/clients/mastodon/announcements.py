"""Announcements of who runs the node. There are none: an operator who has something to say says it
in a group, where people can answer. The list is empty, and what is done to one finds nothing.

    GET /api/v1/announcements · POST /api/v1/announcements/:id/dismiss
    PUT|DELETE /api/v1/announcements/:id/reactions/:name
"""

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.errors import NotFound


def routes() -> list[web.RouteDef]:
    """The list needs any token, the rest a person's."""
    here = "/api/v1/announcements"
    reaction = f"{here}/{{id}}/reactions/{{name}}"
    return [
        door("GET", here, listed, scope=None, who="app"),
        door("POST", f"{here}/{{id}}/dismiss", nothing, scope="write:accounts", who="user"),
        door("PUT", reaction, nothing, scope="write:favourites", who="user"),
        door("DELETE", reaction, nothing, scope="write:favourites", who="user"),
    ]


async def listed(call: Call) -> Response:
    """GET /api/v1/announcements"""
    del call
    return answer([])


async def nothing(call: Call) -> Response:
    """There is none that something could be done to. Raises NotFound."""
    del call
    raise NotFound
