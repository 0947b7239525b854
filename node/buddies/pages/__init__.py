"""The pages of buddies: all of them, one, asking, codes, being up, hard moments."""

from node.buddies.pages import asking, listing, moments, one
from node.web.http import RouteDef, get, post

__all__ = ["routes"]

_ONE = "/buddies/{id}"


def routes() -> list[RouteDef]:
    """All addresses of the room."""
    return [
        get("/buddies", listing.show),
        get("/buddies/ask", asking.show),
        post("/buddies/ask", asking.ask),
        get("/buddies/code", asking.show_code),
        post("/buddies/code", asking.make_code),
        get("/buddies/join", asking.show_join),
        post("/buddies/join", asking.join),
        post("/buddies/up", moments.be_up),
        get("/buddies/hard-moment", moments.show),
        post("/buddies/hard-moment", moments.press),
        get(_ONE, one.show),
        post(f"{_ONE}/answer", asking.answer),
        post(f"{_ONE}/days", one.agree_days),
        post(f"{_ONE}/renew", one.renew),
        post(f"{_ONE}/write", one.write_message),
        get(f"{_ONE}/end", one.show_end),
        post(f"{_ONE}/end", one.end),
    ]
