"""The pages of private messages: the list, a conversation, requests, search, and choices."""

from node.messages.pages import (
    asking,
    belonging,
    changing,
    choices,
    conversation,
    events,
    listing,
    searching,
    starting,
)
from node.web.http import RouteDef, get, post

__all__ = ["routes"]

_ONE = "/messages/{id}"
_MESSAGE = "/messages/{id}/{message}"


def routes() -> list[RouteDef]:
    """All addresses of the room."""
    return [
        get("/messages", listing.show),
        get("/messages/new", starting.show),
        post("/messages/new", starting.start),
        get("/messages/requests", asking.show),
        post("/messages/requests/{id}", asking.answer),
        get("/messages/search", searching.show),
        post("/messages/search", searching.search),
        get("/messages/settings", choices.show),
        post("/messages/settings", choices.change),
        get(_ONE, conversation.show),
        post(_ONE, conversation.send),
        get(f"{_ONE}/events", events.listen),
        get(f"{_ONE}/people", belonging.show),
        post(f"{_ONE}/people", belonging.add),
        post(f"{_ONE}/leave", belonging.leave),
        get(f"{_ONE}/remove", belonging.show_removal),
        post(f"{_ONE}/remove", belonging.remove),
        get(f"{_MESSAGE}/edit", changing.show_edit),
        post(f"{_MESSAGE}/edit", changing.edit),
        get(f"{_MESSAGE}/delete", changing.show_deletion),
        post(f"{_MESSAGE}/delete", changing.delete),
    ]
