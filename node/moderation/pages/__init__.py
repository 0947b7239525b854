"""The pages of moderation: reporting, what came of it, appeals, and the rooms of the staff."""

from node.moderation.pages import (
    appeal,
    audit,
    case,
    group,
    links,
    mine,
    queue,
    reporting,
    roles,
    suspended,
)
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses. To be added before /groups/{handle}, which the wire shares."""
    return [
        get("/report/post/{id}", reporting.show_post),
        post("/report/post/{id}", reporting.send_post),
        get("/report/persona/{handle}", reporting.show_persona),
        post("/report/persona/{handle}", reporting.send_persona),
        get("/report/message/{id}", reporting.show_message),
        post("/report/message/{id}", reporting.send_message),
        get("/reports", mine.reports),
        get("/decisions", mine.decisions),
        get("/appeal", appeal.show),
        post("/appeal", appeal.send),
        get("/groups/{handle}/reports", group.show),
        get("/moderation", queue.show),
        post("/moderation/next", queue.take_next),
        get("/moderation/reports/{id}", case.show),
        post("/moderation/reports/{id}/claim", case.claim),
        post("/moderation/reports/{id}/open", case.look),
        post("/moderation/reports/{id}/decide", case.decide),
        get("/moderation/suspended", suspended.show),
        post("/moderation/suspended", suspended.suspend),
        post("/moderation/suspended/restore", suspended.restore),
        get("/moderation/roles", roles.show),
        post("/moderation/roles", roles.give),
        get("/moderation/log", audit.show),
        get("/moderation/links", links.show),
        post("/moderation/links", links.ask),
        post("/moderation/links/{id}/answer", links.answer),
        post("/moderation/links/{id}/look", links.look),
    ]
