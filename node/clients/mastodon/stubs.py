"""What Kith does not have, answered as if there were none of it, because clients ask for it.

Trends, suggestions, a directory and counts by day would all push what is much looked at, or tell
who is here; docs/clients.md says so, and a test keeps the two lists the same.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from node.clients.access import Who
from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door

EMPTY: Final[dict[str, tuple[str | None, Who]]] = {
    "/api/v1/custom_emojis": (None, "anyone"),
    "/api/v1/trends": (None, "anyone"),
    "/api/v1/trends/tags": (None, "anyone"),
    "/api/v1/trends/statuses": (None, "anyone"),
    "/api/v1/trends/links": (None, "anyone"),
    "/api/v1/suggestions": ("read:accounts", "user"),
    "/api/v2/suggestions": ("read:accounts", "user"),
    "/api/v1/directory": (None, "anyone"),
    "/api/v1/endorsements": ("read:accounts", "user"),
    "/api/v1/accounts/{id}/endorsements": (None, "anyone"),
    "/api/v1/accounts/{id}/identity_proofs": (None, "anyone"),
    "/api/v1/accounts/familiar_followers": ("read:follows", "user"),
    "/api/v1/timelines/link": ("read:statuses", "anyone"),
    "/api/v1/instance/peers": (None, "anyone"),
    "/api/v1/instance/activity": (None, "anyone"),
    "/api/v1/instance/domain_blocks": (None, "anyone"),
}
"""Lists that are always empty, with the scope and the caller that they take."""

NOTHING: Final[dict[str, tuple[str | None, Who]]] = {
    "/api/v1/instance/translation_languages": (None, "anyone"),
}
"""Objects that never hold anything."""


def routes() -> list[web.RouteDef]:
    """All of them."""
    return [
        door("GET", path, handle, scope=scope, who=who)
        for table, handle in ((EMPTY, _none), (NOTHING, _nothing))
        for path, (scope, who) in table.items()
    ]


Handle = Callable[[Call], Awaitable[Response]]


async def _none(_call: Call) -> Response:
    return answer([])


async def _nothing(_call: Call) -> Response:
    return answer({})
