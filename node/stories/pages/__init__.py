"""The pages of stories: reading, telling and taking back, and gathering them for a group."""

from node.stories.pages import gathering, reading, taking_back, telling
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses; those that name something by its id come last."""
    return [
        get("/stories", reading.show_shelf),
        get("/stories/new", telling.show_new),
        post("/stories/new", telling.begin),
        get("/stories/take-back", taking_back.show),
        post("/stories/take-back", taking_back.send),
        get("/stories/mine", telling.show_own),
        get("/stories/mine/{id}", telling.show_one),
        post("/stories/mine/{id}", telling.act),
        get("/stories/mine/{id}/edit", telling.show_edit),
        post("/stories/mine/{id}/edit", telling.edit),
        get("/stories/collections/{id}", reading.show_collection),
        get("/stories/collections/{id}/edit", gathering.show_edit),
        post("/stories/collections/{id}/edit", gathering.edit),
        get("/groups/{handle}/stories", gathering.show),
        post("/groups/{handle}/stories", gathering.change),
        get("/stories/{id}", reading.show_story),
    ]
