"""The owner's pages of their personas: list and switch, make, rename, retire, write unnamed."""

from node.personas.pages import changing, making, own, unnamed
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses. What is below /settings nobody but the owner ever opens."""
    return [
        get("/settings/personas", own.show),
        post("/settings/personas", own.switch),
        get("/settings/personas/new", making.show),
        post("/settings/personas/new", making.make),
        get("/settings/personas/{handle}", changing.show),
        post("/settings/personas/{handle}", changing.rename),
        post("/settings/personas/{handle}/retire", changing.retire),
        get("/groups/{handle}/anonymous", unnamed.show_thread),
        post("/groups/{handle}/anonymous", unnamed.start_thread),
        get("/posts/{id}/anonymous", unnamed.show_reply),
        post("/posts/{id}/anonymous", unnamed.reply),
    ]
