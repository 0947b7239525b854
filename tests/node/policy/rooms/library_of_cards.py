"""The policy of coping cards: drafts and toolkits are their owner's alone; a published card shows
to the readers of its group, and so does a collection."""

from functools import partial
from typing import Any

from node.coping.cards import Card
from node.groups.belonging import Visibility
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, Circles, Fill, Thing, route
from tests.node.policy.rooms.groups import NAMES, circles
from tests.node.policy.world import World

MEDICAL = Card(
    title="Pills at the same hour",
    what="A box for each day.",
    effort="little",
    cost="little",
    medical=True,
    licence="cc-by",
)
FIELDS = {
    "title": "A box for each day",
    "what": "So that none is taken twice.",
    "effort": "little",
    "cost": "little",
    "licence": "cc-by",
    "medical": "yes",
}


async def draft(world: World) -> Fill:
    """The author's."""
    coping, author = world.house.node.rooms.coping, world.persona("author")
    return {"id": str((await world.write(lambda uow: coping.begin(uow, author, MEDICAL))).id)}


async def card(visibility: Visibility, world: World) -> Fill:
    """The author's, in one of the groups, where it waits for a moderator."""
    coping, author = world.house.node.rooms.coping, world.persona("author")

    def write(uow: UnitOfWork) -> Fill:
        group = uow.groups.by_handle(NAMES[visibility], world.house.authority)
        assert group is not None
        own = coping.begin(uow, author, MEDICAL)
        return {"id": str(coping.publish(uow, author, own.id, group.actor.id).id)}

    return await world.write(write)


async def collection(visibility: Visibility, world: World) -> Fill:
    """The author's, in one of the groups."""
    coping, author = world.house.node.rooms.coping, world.persona("author")

    def make(uow: UnitOfWork) -> Fill:
        group = uow.groups.by_handle(NAMES[visibility], world.house.authority)
        assert group is not None
        made = coping.make_collection(uow, author, group.actor.id, "For nights", "", "sleep")
        return {"id": str(made.id)}

    return await world.write(make)


async def kept(world: World) -> Fill:
    """What the author keeps at hand."""
    coping, author = world.house.node.rooms.coping, world.persona("author")

    def keep(uow: UnitOfWork) -> Fill:
        own = coping.begin(uow, author, MEDICAL)
        return {"id": str(coping.save_own(uow, author, own.id).id)}

    return await world.write(keep)


def authored(visibility: Visibility) -> Circles:
    """As in a group, and its author."""
    return {"writers": frozenset({"author"}), **circles(visibility)}


_ALL: tuple[Visibility, ...] = ("public", "local", "private")
_AUTHOR = {"readers": frozenset({"author"})}
THINGS = [
    Thing("card_draft", draft, _AUTHOR),
    Thing("kept_card", kept, _AUTHOR),
    *(Thing(f"{one} card", partial(card, one), authored(one)) for one in _ALL),
    *(Thing(f"{one} collection", partial(collection, one), authored(one)) for one in _ALL),
]

ASK: Any = {"others": 404, "anonymous": SIGN_IN}
WRITE: Any = {"others": 404, "anonymous": 401}
MINE: Any = {"signed_in": 200, "anonymous": SIGN_IN}
STAFF: Any = {"others": 403}
_DRAFT, _CARD, _KEPT = "/coping/drafts/{id}", "/coping/{id}", "/toolkit/{id}"
_COLLECTION = "/coping/collections/{id}"

ROUTES = [
    route("GET /coping", others=200),
    route("GET /coping/new", **MINE),
    route("POST /coping/new", send={"title": ""}, signed_in=422, anonymous=401),
    route("GET /coping/drafts", **MINE),
    route(f"GET {_DRAFT}", "card_draft", readers=200, **ASK),
    route(f"POST {_DRAFT}", "card_draft", send={"act": "keep"}, readers=303, **WRITE),
    route(f"GET {_DRAFT}/edit", "card_draft", readers=200, **ASK),
    route(f"POST {_DRAFT}/edit", "card_draft", send=FIELDS, readers=303, **WRITE),
    route(f"GET {_DRAFT}/publish", "card_draft", readers=200, **ASK),
    route(f"POST {_DRAFT}/publish", "card_draft", send={"group": ""}, readers=422, **WRITE),
    route("GET /coping/starters", administrators=200, anonymous=SIGN_IN, **STAFF),
    route(
        "POST /coping/starters",
        send={"group": ""},
        administrators=422,
        anonymous=401,
        **STAFF,
    ),
    route("GET /coping/waiting", **MINE),
    route("GET /coping/collections", others=200),
    route("GET /coping/collections/new", **MINE),
    route("POST /coping/collections/new", send={"title": ""}, signed_in=422, anonymous=401),
    route(f"GET {_COLLECTION}", "collection", readers=200, others=404),
    route(f"GET {_COLLECTION}/edit", "collection", writers=200, moderators=200, readers=403, **ASK),
    route(
        f"POST {_COLLECTION}/edit",
        "collection",
        send={"act": "describe", "title": "Nights"},
        writers=303,
        moderators=303,
        readers=403,
        **WRITE,
    ),
    route(f"GET {_CARD}", "card", readers=200, others=404),
    route(f"POST {_CARD}/save", "card", readers=303, **WRITE),
    route(f"GET {_CARD}/tell", "card", readers=200, **ASK),
    route(f"POST {_CARD}/tell", "card", send={"helped": "yes"}, readers=303, **WRITE),
    route(f"POST {_CARD}/remix", "card", readers=303, **WRITE),
    route(f"GET {_CARD}/edit", "card", writers=200, readers=403, **ASK),
    route(f"POST {_CARD}/edit", "card", send=FIELDS, writers=303, readers=403, **WRITE),
    route(f"GET {_CARD}/check", "card", moderators=200, readers=403, **ASK),
    route(
        f"POST {_CARD}/check",
        "card",
        send={"verdict": "check"},
        moderators=303,
        readers=403,
        **WRITE,
    ),
    # There is no such collection.
    route(f"POST {_CARD}/collect", "card", send={"collection": "1"}, readers=404, **WRITE),
    route("GET /toolkit", **MINE),
    route(f"GET {_KEPT}", "kept_card", readers=200, **ASK),
    route(f"POST {_KEPT}", "kept_card", send={"act": "up"}, readers=303, **WRITE),
]
