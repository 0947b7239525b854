"""Every address of the OAuth server."""

from collections.abc import Iterator

from node.clients.oauth import app_doors, doors, metadata
from node.web.http import RouteDef


def oauth_routes() -> Iterator[RouteDef]:
    """The doors for programs. The pages for people are in `pages.routes`."""
    yield from app_doors.routes()
    yield from doors.routes()
    yield from metadata.routes()
