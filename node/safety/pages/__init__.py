"""The pages of safety: blocking somebody, and the list of one's blocks."""

from node.safety.pages import blocking, listing, vouching
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/personas/{handle}/block", blocking.show),
        post("/personas/{handle}/block", blocking.block),
        post("/personas/{handle}/vouch", vouching.vouch),
        get("/settings/blocks", listing.show),
        post("/settings/blocks/lift", listing.lift),
    ]
