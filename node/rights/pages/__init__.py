"""The pages on which people see to their data: consents, a copy of everything, leaving."""

from node.rights.pages import consents, copies, leaving
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses of this room."""
    return [
        get("/settings/consents", consents.show),
        post("/settings/consents/taking-part", consents.take_part),
        post("/settings/consents/stop", consents.stop_taking_part),
        post("/settings/consents/stop-sharing", consents.stop_sharing),
        get("/settings/data", copies.show),
        post("/settings/data", copies.order),
        get("/settings/data/copy", copies.fetch),
        get("/settings/leave", leaving.show),
        post("/settings/leave", leaving.ask),
        post("/settings/leave/stay", leaving.stay),
        get("/deletion/{code}", leaving.receipts),
    ]
