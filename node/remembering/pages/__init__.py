"""The pages of special days, and of being noticed."""

from node.remembering.pages import days, quiet
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/days", days.show),
        post("/days", days.keep),
        get("/days/{id}", days.show_one),
        post("/days/{id}", days.change),
        post("/days/{id}/remove", days.remove),
        get("/days/{id}/change", days.show_change),
        get("/settings/quiet", quiet.show),
        post("/settings/quiet", quiet.choose),
    ]
