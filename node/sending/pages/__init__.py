"""Pages about posts that wait before other nodes hear of them."""

from node.sending.pages import waiting
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/waiting", waiting.own),
        post("/waiting/{id}/send", waiting.send_now),
        get("/moderation/first-posts", waiting.first_posts),
        post("/moderation/first-posts/{id}", waiting.decide),
    ]
