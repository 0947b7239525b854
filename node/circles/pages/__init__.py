"""The pages of circles. A circle of others is not there; only `circles/join` needs no more than a
link."""

from node.circles.pages import circle, door, founding, overview, questions, talking, waiting
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/circles", overview.show),
        get("/circles/new", founding.show),
        post("/circles/new", founding.start),
        get("/circles/wait", waiting.show),
        post("/circles/wait", waiting.wait),
        post("/circles/wait/stop", waiting.stop),
        get("/circles/join/{code}", door.show),
        post("/circles/join/{code}", door.ask),
        get("/circles/scripts", questions.library_page),
        post("/circles/scripts", questions.add),
        get("/circles/scripts/{key}", questions.export),
        post("/circles/scripts/{key}/remove", questions.remove),
        get("/circles/{id}", circle.show),
        post("/circles/{id}", circle.act),
        post("/circles/{id}/voice", circle.voice),
        post("/circles/{id}/choices", circle.choices),
        post("/circles/{id}/codes", door.invite),
        post("/circles/{id}/codes/{code}/end", door.end),
        post("/circles/{id}/people/{who}", door.decide),
        get("/circles/{id}/write", talking.show_write),
        post("/circles/{id}/write", talking.write),
        get("/circles/{id}/goodbye", talking.show_goodbye),
        post("/circles/{id}/goodbye", talking.goodbye),
        get("/circles/{id}/mine", talking.mine),
        get("/circles/{id}/leave", talking.show_leave),
        post("/circles/{id}/leave", talking.leave),
        get("/circles/{id}/questions", questions.show),
        post("/circles/{id}/questions", questions.change),
    ]
