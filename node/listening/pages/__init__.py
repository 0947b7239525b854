"""The pages of listening: asking to be heard, offering to listen, and the session between."""

from node.listening.pages import asking, events, home, offering, session
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses; those with a name of their own come before those with an id."""
    return [
        get("/listening", home.show),
        get("/listening/ask", asking.show),
        post("/listening/ask", asking.ask),
        get("/listening/offer", offering.show),
        post("/listening/offer", offering.offer),
        post("/listening/offer/now", offering.switch),
        get("/listening/{id}", session.show),
        post("/listening/{id}", session.say),
        post("/listening/{id}/act", session.act),
        get("/listening/{id}/events", events.listen),
        get("/listening/{id}/moderator", session.moderator),
        post("/listening/{id}/moderator", session.call),
        get("/moderation/listening", home.overview),
    ]
