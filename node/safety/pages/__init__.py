"""The pages of safety: blocking somebody, and the list of one's blocks."""

from node.safety.pages import blocking, listing, reading_less, vouching
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/personas/{handle}/block", blocking.show),
        post("/personas/{handle}/block", blocking.block),
        post("/personas/{handle}/vouch", vouching.vouch),
        get("/settings/filters", reading_less.show),
        post("/settings/filters", reading_less.make),
        post("/settings/filters/drop", reading_less.drop),
        post("/settings/filters/read-again", reading_less.unmute),
        get("/personas/{handle}/read-less", reading_less.show_mute),
        post("/personas/{handle}/read-less", reading_less.mute),
        get("/settings/blocks", listing.show),
        post("/settings/blocks/lift", listing.lift),
    ]
