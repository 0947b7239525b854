"""The pages of one's own plan."""

from node.plan.pages import own, saving
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/plan", own.show),
        get("/plan/file", saving.as_file),
        post("/plan/here", saving.in_this_browser),
        get("/plan/change", own.show_form),
        post("/plan/change", own.keep),
        post("/plan/step", own.add_step),
        post("/plan/remove", own.remove),
    ]
