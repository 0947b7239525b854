"""The pages of the training: what there is, a unit, a topic."""

from node.training.pages import course, topic, unit
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses; those with a name of their own come before those with a slug."""
    return [
        get("/training", course.show),
        post("/training/badges", course.show_badges),
        get("/training/topics/{topic}", topic.show),
        post("/training/topics/{topic}", topic.act),
        get("/training/{unit}", unit.show),
        post("/training/{unit}", unit.act),
    ]
