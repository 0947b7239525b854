"""The policy of how people come into groups, belong to them, and keep them."""

from functools import partial
from typing import Any

from node.groups.belonging import Visibility
from storage.applications import Application, Words
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, SIGNED_IN, Fill, Thing, route
from tests.node.policy.rooms.groups import ASK, NAMES, WRITE, circles
from tests.node.policy.world import World


async def membership(visibility: Visibility, world: World) -> Fill:
    """The member's place in a group."""
    return {"handle": NAMES[visibility], "id": str(world.persona("member").id)}


async def invitation(world: World) -> Fill:
    """A link into the private group."""
    groups = world.house.node.rooms.groups

    def make(uow: UnitOfWork) -> str:
        found = uow.groups.by_handle(NAMES["private"], world.house.authority)
        assert found is not None
        return groups.invite(uow, found.actor.id, world.persona("moderator"), days=7, uses=9)

    return {"code": await world.write(make)}


async def listed_invitation(world: World) -> Fill:
    """The same as its moderators find it."""

    def read(uow: UnitOfWork) -> int:
        found = uow.groups.by_handle(NAMES["private"], world.house.authority)
        assert found is not None
        [one] = uow.invitations.of_group(found.actor.id, 9)
        return one.id

    return {"handle": NAMES["private"], "id": str(await world.read(read))}


async def application(world: World) -> Fill:
    """The outsider asks to be let into the private group."""
    number = world.house.node.rooms.new_id()

    def ask(uow: UnitOfWork) -> None:
        found = uow.groups.by_handle(NAMES["private"], world.house.authority)
        assert found is not None
        asked = Application(
            id=number,
            group_id=found.actor.id,
            actor_id=world.persona("outsider").id,
            state="pending",
            created_at=world.clock.now(),
        )
        uow.applications.put(asked, Words("Den"))

    await world.write(ask)
    return {"handle": NAMES["private"], "id": str(number)}


_ALL: tuple[Visibility, ...] = ("public", "local", "private")
THINGS = [
    *(Thing(f"{one} membership", partial(membership, one), circles(one)) for one in _ALL),
    Thing(
        "invitation", invitation, {"readers": SIGNED_IN, "members": circles("private")["members"]}
    ),
    Thing("private listed-invitation", listed_invitation, circles("private")),
    Thing("private application", application, circles("private")),
]

_GROUP = "/groups/{handle}"
KEEP: Any = {"moderators": 200, "readers": 403, **ASK}
KEPT: Any = {"moderators": 303, "readers": 403, **WRITE}
_SETTINGS = {
    "name": "Evenings",
    "join_policy": "",
    "posting_policy": "members",
    "reply_policy": "members",
}
_INVITATION = {"days": "7", "uses": "1"}
_NARROW = {"visibility": "private", "sure": "yes"}

ROUTES = [
    route(f"GET {_GROUP}/join", "group", readers=200, **ASK),
    route(f"GET {_GROUP}/leave", "group", members=200, **ASK),
    # Administrators keep order, but who belongs is for members alone.
    route(f"GET {_GROUP}/members", "group", members=200, **ASK),
    route(f"POST {_GROUP}/members", "group", send={"listed": "no"}, members=303, **WRITE),
    route(f"GET {_GROUP}/members/{{id}}", "membership", **KEEP),
    route(f"POST {_GROUP}/members/{{id}}", "membership", send={"act": "moderate"}, **KEPT),
    route(f"GET {_GROUP}/manage", "group", **KEEP),
    route(f"GET {_GROUP}/settings", "group", **KEEP),
    *(
        route(
            f"POST {_GROUP}/settings", f"{one} group", send=_SETTINGS | {"join_policy": way}, **KEPT
        )
        for one, way in (("public", "open"), ("local", "approval"), ("private", "invitation"))
    ),
    route(f"POST {_GROUP}/archive", "group", send={"act": "archive"}, **KEPT),
    route(f"GET {_GROUP}/openness", "group", **KEEP),
    route(f"POST {_GROUP}/openness", "public group", send=_NARROW, **KEPT),
    route(f"POST {_GROUP}/openness", "local group", send=_NARROW, **KEPT),
    # There is nothing more closed than a private group.
    route(f"POST {_GROUP}/openness", "private group", send=_NARROW, readers=403, **WRITE),
    route(f"GET {_GROUP}/invitations", "group", **KEEP),
    route(
        f"POST {_GROUP}/invitations",
        "group",
        send=_INVITATION,
        moderators=200,
        readers=403,
        **WRITE,
    ),
    route(f"POST {_GROUP}/invitations/{{id}}/revoke", "listed-invitation", **KEPT),
    route(f"GET {_GROUP}/applications", "group", **KEEP),
    route(f"POST {_GROUP}/applications/{{id}}", "application", send={"act": "let-in"}, **KEPT),
    route("GET /api/kith/v1/groups/{id}/questions", "group", readers=200, **WRITE),
    route("GET /api/kith/v1/groups/{id}/members", "group", members=200, **WRITE),
    route("GET /applications", signed_in=200, anonymous=SIGN_IN),
    # Who asked may take it back, also where the group itself is closed to them.
    route(
        "POST /applications/{id}/withdraw",
        "application",
        outsider=303,
        others=404,
        anonymous=401,
        knows=("outsider",),
    ),
    route("GET /invitations/{code}", "invitation", members=303, signed_in=200, anonymous=SIGN_IN),
    route("POST /invitations/{code}", "invitation", signed_in=303, anonymous=401),
]
