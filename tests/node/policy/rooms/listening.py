"""The policy of listening and of its training: the two of a session, and nobody else at all."""

from typing import Any

from node.listening.tools import Tools
from storage.listening_record import Intake, ListeningSession
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, Fill, Thing, route
from tests.node.policy.world import Here, World

STREAMS = "tests/node/listening/test_streams.py"
ASKED = Intake(topics=("sleep",))


def asked(uow: UnitOfWork, world: World, seeker: Here, helper: Here | None) -> ListeningSession:
    """A request, which a helper is asked for if there is one."""
    listening = world.house.node.rooms.listening
    session = listening.ask(uow, world.persona(seeker), ASKED, "A few words.")
    if helper is None:
        return session
    return Tools.move(
        listening, uow, session, "offer", is_letter=False, helper_id=world.persona(helper).id
    )


async def waiting(world: World) -> Fill:
    """The moderator waits."""
    made = await world.write(lambda uow: asked(uow, world, "moderator", None))
    return {"id": str(made.id)}


async def offered(world: World) -> Fill:
    """The author is asked to listen to the pending one."""
    made = await world.write(lambda uow: asked(uow, world, "pending", "author"))
    return {"id": str(made.id)}


async def talk(world: World) -> Fill:
    """The member listens to the author."""
    listening = world.house.node.rooms.listening

    def act(uow: UnitOfWork) -> Fill:
        session = asked(uow, world, "author", "member")
        listening.accept(uow, world.persona("member"), session.id)
        listening.begin(uow, world.persona("author"), session.id)
        listening.say(uow, world.persona("author"), session.id, "Hello.", all_the_same=False)
        return {"id": str(session.id)}

    return await world.write(act)


THINGS = [
    Thing("waiting hearing", waiting, {"readers": frozenset({"moderator"})}),
    Thing("offered hearing", offered, {"readers": frozenset({"pending", "author"})}),
    Thing("begun hearing", talk, {"readers": frozenset({"author", "member"})}),
]
_ALL, _BEGUN, _WAITING = "hearing", "begun hearing", "waiting hearing"
_ONE = "/listening/{id}"
_GET: Any = {"others": 404, "anonymous": SIGN_IN}
_POST: Any = {"others": 404, "anonymous": 401}
_OPEN: Any = {"signed_in": 200, "anonymous": SIGN_IN}

ROUTES = [
    route("GET /listening", **_OPEN),
    route("GET /listening/ask", **_OPEN),
    route("POST /listening/ask", send={"wish": "listen"}, signed_in=422, anonymous=401),
    route("GET /listening/offer", **_OPEN),
    route("POST /listening/offer", send={"live": "1"}, signed_in=422, anonymous=401),
    route("POST /listening/offer/now", send={"act": "off"}, signed_in=303, anonymous=401),
    route(f"GET {_ONE}", _ALL, readers=200, **_GET),
    route(f"POST {_ONE}", _BEGUN, send={"text": "Hello."}, readers=303, **_POST),
    route(f"POST {_ONE}", _WAITING, send={"text": "Hello."}, readers=403, **_POST),
    route(f"POST {_ONE}/act", _BEGUN, send={"act": "pause"}, readers=303, **_POST),
    route(f"POST {_ONE}/act", _WAITING, send={"act": "withdraw"}, readers=303, **_POST),
    # It never ends for those who may wait.
    route(f"GET {_ONE}/events", _ALL, readers=0, elsewhere=STREAMS, **_GET),
    route(f"GET {_ONE}/moderator", _BEGUN, readers=200, **_GET),
    route(f"POST {_ONE}/moderator", _BEGUN, send={"act": "call"}, readers=303, **_POST),
    route("GET /moderation/listening", administrator=200, signed_in=404, anonymous=SIGN_IN),
    route("GET /training", **_OPEN),
    route("POST /training/badges", send={"shows": "yes"}, signed_in=303, anonymous=401),
    route("GET /training/{unit}", "unit", **_OPEN),
    route("POST /training/{unit}", "unit", send={"act": "try"}, signed_in=422, anonymous=401),
    route("GET /training/topics/{topic}", "lesson", **_OPEN),
    route(
        "POST /training/topics/{topic}",
        "lesson",
        send={"act": "earn"},
        signed_in=403,
        anonymous=401,
    ),
]


async def _unit(_world: World) -> Fill:
    return {"unit": "listening"}


async def _lesson(_world: World) -> Fill:
    return {"topic": "sleep"}


THINGS += [Thing("unit", _unit, {}), Thing("lesson", _lesson, {})]
