"""The pages of the queue and of those who answer."""

from node.replying.pages import giving, helping, queue, times
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses. To be added before /groups/{handle}, which the wire shares."""
    return [
        get("/needs-a-reply", queue.show),
        get("/needs-a-reply/next", queue.next_one),
        post("/needs-a-reply/again", queue.meet_again),
        post("/needs-a-reply/helping", helping.change),
        get("/needs-a-reply/kind-words", helping.show),
        get("/needs-a-reply/given", giving.show),
        post("/needs-a-reply/{id}/not-now", queue.skip),
        post("/posts/{id}/helped", giving.say),
        get("/groups/{handle}/answers", times.show),
    ]
