"""The page on which an administrator changes the rules."""

from node.hints.pages import words
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    return [
        get("/moderation/reply-words", words.show),
        post("/moderation/reply-words", words.save),
    ]
