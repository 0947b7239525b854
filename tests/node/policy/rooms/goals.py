"""The policy of goals and buddies: a goal is there for its owner alone, a pair for its two."""

from typing import Any

from node.goals.rules import EntryDraft, GoalDraft
from storage.buddy_record import Agreed
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World


async def goal(world: World) -> Fill:
    """The author's, with a setback."""
    goals, author = world.house.node.rooms.goals, world.persona("author")

    def make(uow: UnitOfWork) -> Fill:
        made = goals.make(uow, author, GoalDraft(words="No drink"))
        entry = goals.write(uow, author, made.id, EntryDraft(note="It was hard."), "setback")
        return {"id": str(made.id), "entry": str(entry.id)}

    return await world.write(make)


async def pair(world: World) -> Fill:
    """The author's and the member's."""
    buddies = world.house.node.rooms.buddies
    author, member = world.persona("author"), world.persona("member")

    def make(uow: UnitOfWork) -> Fill:
        for old in uow.buddies.under_way(author.id, member.id):
            uow.buddies.end(old, world.clock.now())
        code = buddies.make_code(uow, author)
        return {"id": str(buddies.join(uow, member, code, Agreed()).id)}

    return await world.write(make)


THINGS = [
    Thing("goal", goal, {"readers": frozenset({"author"})}),
    Thing("buddy_pair", pair, {"readers": frozenset({"author", "member"})}),
]

ASK: Any = {"others": 404, "anonymous": SIGN_IN}
WRITE: Any = {"others": 404, "anonymous": 401}
MINE: Any = {"signed_in": 200, "anonymous": SIGN_IN}
_ONE, _ENTRY = "/goals/{id}", "/goals/{id}/entries/{entry}"
_PAIR = "/buddies/{id}"

ROUTES = [
    route("GET /goals", **MINE),
    route("GET /goals/new", **MINE),
    route("POST /goals/new", send={"words": ""}, signed_in=422, anonymous=401),
    route(f"GET {_ONE}", "goal", readers=200, **ASK),
    route(f"GET {_ONE}/edit", "goal", readers=200, **ASK),
    route(f"POST {_ONE}/edit", "goal", send={"words": "No wine"}, readers=303, **WRITE),
    route(f"POST {_ONE}/state", "goal", send={"act": "pause"}, readers=303, **WRITE),
    route(f"GET {_ONE}/reminder", "goal", readers=200, **ASK),
    route(f"POST {_ONE}/reminder", "goal", send={"time": "18:00"}, readers=303, **WRITE),
    route(f"GET {_ONE}/delete", "goal", readers=200, **ASK),
    route(f"POST {_ONE}/delete", "goal", readers=303, **WRITE),
    route(f"GET {_ONE}/check-in", "goal", readers=200, **ASK),
    route(f"POST {_ONE}/check-in", "goal", send={"mood": "3"}, readers=303, **WRITE),
    route(f"GET {_ONE}/setback", "goal", readers=200, **ASK),
    route(f"POST {_ONE}/setback", "goal", send={"note": "x"}, readers=303, **WRITE),
    route(f"GET {_ENTRY}", "goal", readers=200, **ASK),
    route(f"POST {_ENTRY}", "goal", send={"note": "y"}, readers=303, **WRITE),
    route(f"POST {_ENTRY}/delete", "goal", readers=303, **WRITE),
    route(f"GET {_ENTRY}/after", "goal", readers=200, **ASK),
    route(f"GET {_ONE}/milestones", "goal", readers=200, **ASK),
    route(f"GET {_ONE}/plot", "goal", readers=200, **ASK),
    route(f"GET {_ONE}/share", "goal", readers=200, **ASK),
    route(f"POST {_ONE}/share", "goal", send={"place": "1"}, readers=422, **WRITE),
    route("GET /buddies", **MINE),
    route("GET /buddies/ask", **MINE),
    route("POST /buddies/ask", send={"to": ""}, signed_in=422, anonymous=401),
    route("GET /buddies/code", **MINE),
    route("POST /buddies/code", signed_in=200, anonymous=401),
    route("GET /buddies/join", **MINE),
    route("POST /buddies/join", send={"code": "x"}, signed_in=422, anonymous=401),
    route("POST /buddies/up", send={"hours": "1"}, signed_in=303, anonymous=401),
    route("GET /buddies/hard-moment", **MINE),
    route("POST /buddies/hard-moment", signed_in=303, anonymous=401),
    route(f"GET {_PAIR}", "buddy_pair", readers=200, **ASK),
    # They are together already: there is nothing to answer.
    route(f"POST {_PAIR}/answer", "buddy_pair", send={"act": "accept"}, readers=403, **WRITE),
    route(f"POST {_PAIR}/days", "buddy_pair", send={"day-1": "yes"}, readers=303, **WRITE),
    route(f"POST {_PAIR}/renew", "buddy_pair", readers=403, **WRITE),
    route(f"POST {_PAIR}/write", "buddy_pair", send={"text": ""}, readers=422, **WRITE),
    route(f"GET {_PAIR}/end", "buddy_pair", readers=200, **ASK),
    route(f"POST {_PAIR}/end", "buddy_pair", readers=303, **WRITE),
]
