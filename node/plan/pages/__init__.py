"""The pages of one's own plan."""

from node.plan.pages import own
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/plan", own.show),
        get("/plan/change", own.show_form),
        post("/plan/change", own.keep),
        post("/plan/step", own.add_step),
        post("/plan/remove", own.remove),
    ]
