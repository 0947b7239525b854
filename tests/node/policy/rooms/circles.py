"""The policy of circles: there for their members, and for nobody else; who cares for the door does
what others may not; the library is everybody's to read and the administrators' to change."""

from typing import Any

from node.circles.forming import CircleDraft
from node.circles.scripts import chosen
from storage.circle_ends import KeptScript
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, SIGNED_IN, Fill, Thing, route
from tests.node.policy.world import Here, World

DRAFT = CircleDraft(name="Den", topics=("sleep",), language="en", days=28, part="evening")
KNOCKS: Here = "pending"
SCRIPT = "Name: Quiet weeks\n\n" + "\n".join(f"Which is day {n}?" for n in range(28))


async def circle(world: World) -> Fill:
    """The author started it, the member came in, and one is at the door; another has left."""
    circles, author = world.house.node.rooms.circles, world.persona("author")

    def make(uow: UnitOfWork) -> tuple[int, int]:
        made = circles.start(uow, author, DRAFT, chosen(uow, "hundred-days"))
        code = circles.invite(uow, made.id, author, 9)
        coming: tuple[Here, ...] = ("member", "ex_member")
        for role in (*coming, KNOCKS):
            circles.ask(uow, code, world.persona(role))
        for role in coming:
            circles.let_in(uow, made.id, author, world.persona(role).id)
        circles.leave(uow, made.id, world.persona("ex_member"), takes_words=False)
        [kept] = uow.circle_doors.codes_of(made.id, world.clock.now())
        return made.id, kept.id

    number, code = await world.write(make)
    waits = str(world.persona("pending").id)
    return {"id": str(number), "code": str(code), "who": waits}


async def way_in(world: World) -> Fill:
    """A code of a circle that the author started."""
    circles, author = world.house.node.rooms.circles, world.persona("author")

    def make(uow: UnitOfWork) -> str:
        made = circles.start(uow, author, DRAFT, chosen(uow, "hundred-days"))
        return circles.invite(uow, made.id, author, 9)

    return {"code": await world.write(make)}


async def kept_script(world: World) -> Fill:
    """A script that an administrator added."""
    number, now = world.house.node.rooms.new_id(), world.clock.now()
    kept = KeptScript(id=number, text=SCRIPT, created_at=now, changed_at=now)
    await world.write(lambda uow: uow.circle_ends.put_script(kept))
    return {"key": str(number)}


_HOST = frozenset({"author"})
_IN = frozenset({"author", "member"})
THINGS = [
    Thing("circle", circle, {"hosts": _HOST, "members": _IN, "readers": _IN | {"pending"}}),
    Thing("way-in", way_in, {"readers": SIGNED_IN}),
    Thing("kept-script", kept_script, {"readers": SIGNED_IN}),
]
_AT = "/circles/{id}"
_READ: Any = {"others": 404, "anonymous": SIGN_IN}
_WRITE: Any = {"others": 404, "anonymous": 401}
_OPEN: Any = {"signed_in": 200, "anonymous": SIGN_IN}
_NEW = {
    "name": "Quiet",
    "topic-sleep": "yes",
    "script": "hundred-days",
    "days": "28",
    "part": "evening",
    "language": "en",
}
_WISH = {"topic-sleep": "yes", "days": "28", "part": "evening", "language": "en"}
ROUTES = [
    route("GET /circles", **_OPEN),
    route("GET /circles/new", **_OPEN),
    route("POST /circles/new", send=_NEW, signed_in=303, anonymous=401),
    route("GET /circles/wait", **_OPEN),
    route("POST /circles/wait", send=_WISH, signed_in=303, anonymous=401),
    route("POST /circles/wait/stop", signed_in=303, anonymous=401),
    route("GET /circles/join/{code}", "way-in", **_OPEN),
    route("POST /circles/join/{code}", "way-in", signed_in=303, anonymous=401),
    route("GET /circles/scripts", **_OPEN),
    route(
        "POST /circles/scripts",
        send={"text": SCRIPT},
        administrator=303,
        signed_in=403,
        anonymous=401,
    ),
    route("GET /circles/scripts/{key}", "kept-script", **_OPEN),
    route(
        "POST /circles/scripts/{key}/remove",
        "kept-script",
        administrator=303,
        signed_in=403,
        anonymous=401,
    ),
    route(f"GET {_AT}", "circle", readers=200, **_READ),
    route(f"POST {_AT}", "circle", send={"act": "give-up"}, hosts=303, members=409, **_WRITE),
    # Nobody is asked while there are enough.
    route(f"POST {_AT}/voice", "circle", send={"voice": "close"}, members=409, **_WRITE),
    route(f"POST {_AT}/choices", "circle", send={"days": "yes"}, members=303, **_WRITE),
    route(f"POST {_AT}/codes", "circle", send={"uses": "2"}, hosts=200, members=409, **_WRITE),
    route(f"POST {_AT}/codes/{{code}}/end", "circle", hosts=303, members=403, **_WRITE),
    route(
        f"POST {_AT}/people/{{who}}",
        "circle",
        send={"act": "let-in"},
        hosts=303,
        members=409,
        **_WRITE,
    ),
    route(f"GET {_AT}/write", "circle", members=200, **_READ),
    route(
        f"POST {_AT}/write",
        "circle",
        send={"title": "Hello", "text": "It is quiet here."},
        members=303,
        **_WRITE,
    ),
    route(f"GET {_AT}/goodbye", "circle", members=200, **_READ),
    # Its last days have not come.
    route(f"POST {_AT}/goodbye", "circle", send={"text": "Farewell."}, members=409, **_WRITE),
    route(f"GET {_AT}/mine", "circle", members=200, **_READ),
    route(f"GET {_AT}/leave", "circle", readers=200, **_READ),
    route(f"POST {_AT}/leave", "circle", readers=303, **_WRITE),
    route(f"GET {_AT}/questions", "circle", hosts=200, members=403, **_READ),
    route(
        f"POST {_AT}/questions",
        "circle",
        send={"text": SCRIPT.partition("\n\n")[2]},
        hosts=303,
        members=403,
        **_WRITE,
    ),
]
