"""The owner's pages of their personas: list and switch, make, rename, retire."""

from node.personas.pages import changing, making, own
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses. They lie below /settings: nobody but the owner ever opens one."""
    return [
        get("/settings/personas", own.show),
        post("/settings/personas", own.switch),
        get("/settings/personas/new", making.show),
        post("/settings/personas/new", making.make),
        get("/settings/personas/{handle}", changing.show),
        post("/settings/personas/{handle}", changing.rename),
        post("/settings/personas/{handle}/retire", changing.retire),
    ]
