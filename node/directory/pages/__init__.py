"""The pages of the directory: for everybody, for members, for staff."""

from node.directory.pages import asking, finding, handing_in, own, referring, staff, writing
from node.web.http import RouteDef, get, post

__all__ = ["routes"]

_ONE = "/directory/services/{id}"
_STAFF = "/moderation/directory"
_KEPT = f"{_STAFF}/services/{{id}}"


def routes() -> list[RouteDef]:
    """All addresses of the room."""
    return [
        get("/directory", finding.show),
        get("/directory/chosen", own.show),
        get(_ONE, finding.service),
        post(f"{_ONE}/choose", own.choose),
        post(f"{_ONE}/let-go", own.let_go),
        get(f"{_ONE}/tip", asking.show_tip),
        post(f"{_ONE}/tip", asking.tip),
        get(f"{_ONE}/correct", asking.show_correction),
        post(f"{_ONE}/correct", asking.correct),
        post("/directory/for-reply/{id}", referring.pick),
        get(_STAFF, staff.show),
        get(f"{_STAFF}/check", staff.old),
        get(f"{_STAFF}/duplicates", staff.duplicates),
        post(f"{_STAFF}/suggestions/{{id}}", staff.answer),
        get(f"{_STAFF}/import", handing_in.show),
        post(f"{_STAFF}/import", handing_in.hand_in),
        get(f"{_STAFF}/sets/{{id}}", handing_in.one),
        post(f"{_STAFF}/sets/{{id}}", handing_in.change),
        post(f"{_STAFF}/subscribe", handing_in.subscribe),
        get(f"{_STAFF}/new", writing.show_new),
        post(f"{_STAFF}/new", writing.make),
        get(_KEPT, writing.show),
        post(_KEPT, writing.change),
        post(f"{_KEPT}/state", staff.decide),
        post(f"{_KEPT}/place", staff.place),
        post(f"{_KEPT}/tip", staff.drop_tip),
    ]
