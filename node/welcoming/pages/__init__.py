"""The pages of welcoming: of a group its welcome thread, its greeters and its weekly threads; and
reply sessions."""

from node.web.http import RouteDef, get, post
from node.welcoming.pages import rota, sessions, weekly, welcome

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/welcome", rota.show_own),
        get("/groups/{handle}/welcome", welcome.show),
        post("/groups/{handle}/welcome", welcome.save),
        get("/groups/{handle}/greeters", rota.show),
        post("/groups/{handle}/greeters", rota.change),
        get("/groups/{handle}/weekly", weekly.show_all),
        get("/groups/{handle}/weekly/new", weekly.show_new),
        post("/groups/{handle}/weekly/new", weekly.add),
        get("/groups/{handle}/weekly/{id}", weekly.show_one),
        post("/groups/{handle}/weekly/{id}", weekly.change),
        get("/reply-sessions", sessions.show_all),
        get("/reply-sessions/new", sessions.show_new),
        post("/reply-sessions/new", sessions.call),
        get("/reply-sessions/{id}", sessions.show_one),
        post("/reply-sessions/{id}", sessions.act),
    ]
