"""The pages of help, and of those who keep its list."""

from node.help.pages import keeping, show
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    one = "/moderation/helplines/{key}"
    return [
        get("/help", show.start),
        get("/help/in", show.chosen),
        get("/help/in/{country}", show.in_country),
        get("/help/card/{country}", show.card),
        get("/help/steps", show.steps),
        get("/help/worker.js", show.worker),
        get("/moderation/helplines", keeping.show_all),
        get("/moderation/helplines/new", keeping.show_new),
        post("/moderation/helplines/new", keeping.add),
        get(one, keeping.show_one),
        post(one, keeping.change),
        post(one + "/confirm", keeping.confirm),
        post(one + "/retire", keeping.retire),
    ]
