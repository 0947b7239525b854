"""The policy of special days and of being noticed: the author keeps one, and nobody else learns."""

from typing import Any

from node.remembering.rules import DayDraft
from tests.node.policy.language import SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World

DAY = {
    "title": "Jonas",
    "kind": "hard",
    "day": "1",
    "month": "12",
    "year": "",
    "ahead": "1",
}


async def day(world: World) -> Fill:
    """A day of the author's."""
    remembering, author = world.house.node.rooms.remembering, world.persona("author")
    draft = DayDraft("Jonas", "hard", 12, 1, None, 1)
    made = await world.write(lambda uow: remembering.keep(uow, author, draft))
    return {"id": str(made.id)}


THINGS = [Thing("day", day, {"readers": frozenset({"author"})})]

_GET: Any = {"readers": 200, "others": 404, "anonymous": SIGN_IN}
_POST: Any = {"readers": 303, "others": 404, "anonymous": 401}

ROUTES = [
    route("GET /days", signed_in=200, anonymous=SIGN_IN),
    route("POST /days", send=DAY, signed_in=303, anonymous=401),
    route("GET /days/{id}", "day", **_GET),
    route("GET /days/{id}/change", "day", **_GET),
    route("POST /days/{id}", "day", send=DAY, **_POST),
    route("POST /days/{id}/remove", "day", **_POST),
    route("GET /settings/quiet", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/quiet", send={"after_days": "7"}, signed_in=303, anonymous=401),
]
