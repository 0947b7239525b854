"""The policy of the directory: what is in it is for everybody, looking after it is for staff, and
what somebody chose is theirs."""

from typing import Any

from tests.node.policy.language import EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World

STAFF = frozenset({"administrator"})
WRITTEN = {"name": "Lantern Line", "organization": "Lantern House", "city": "Tidewater"}


async def service(world: World) -> Fill:
    """One that staff wrote."""
    by_hand = world.house.node.rooms.directory.by_hand
    return {"id": await world.write(lambda uow: by_hand.write(uow, None, WRITTEN))}


async def withdrawn(world: World) -> Fill:
    """One that staff wrote and took out again."""
    directory, made = world.house.node.rooms.directory, await service(world)
    await world.write(lambda uow: directory.keeping.decide(uow, made["id"], "withdraw"))
    return made


async def chosen(world: World) -> Fill:
    """One that the author has in their plan."""
    choosing, made = world.house.node.rooms.directory.choosing, await service(world)
    account = world.people["author"].account.id
    await world.write(lambda uow: choosing.choose(uow, account, made["id"]))
    return made


async def suggestion(world: World) -> Fill:
    """A tip of the author's."""
    choosing, made = world.house.node.rooms.directory.choosing, await service(world)
    author = world.persona("author").id
    await world.write(lambda uow: choosing.suggest(uow, author, made["id"], "tip", "Ring twice."))
    found = await world.read(lambda uow: uow.directory_suggestions.of_persona(author))
    return {"id": str(found[-1].id)}


async def data_set(world: World) -> Fill:
    """What was written here by hand."""
    await service(world)
    found = await world.read(lambda uow: uow.directory_sets.list())
    return {"id": str(found[0].id)}


async def number(_world: World) -> Fill:
    """Of a post that is answered; the page shows nothing of it."""
    return {"id": "7000002"}


THINGS = [
    Thing("open service", service, {"readers": EVERYONE}),
    Thing("withdrawn service", withdrawn, {"readers": frozenset()}),
    Thing("kept", service, {"readers": STAFF}),
    Thing("chosen service_of_author", chosen, {"readers": EVERYONE}),
    Thing("suggestion", suggestion, {"readers": STAFF}),
    Thing("data set", data_set, {"readers": STAFF}),
    Thing("any number", number, {"readers": EVERYONE}),
]

_ONE, _KEPT = "/directory/services/{id}", "/moderation/directory/services/{id}"
_GET: Any = {"readers": 200, "others": 404}
_ASK: Any = {"anonymous": SIGN_IN, "readers": 200, "others": 404}
_WRITE: Any = {"anonymous": 401, "readers": 303, "others": 404}
_STAFF: Any = {"administrators": 200, "signed_in": 404, "anonymous": SIGN_IN}
_ACT: Any = {"administrators": 303, "signed_in": 404, "anonymous": 401}
_WRONG: Any = {"administrators": 404, "signed_in": 404, "anonymous": 401}
_SUGGEST = {"text": "Ring twice."}

ROUTES = [
    route("GET /directory", query="?words=lantern&place=tidewater&open=yes", others=200),
    route("GET /directory/chosen", signed_in=200, anonymous=SIGN_IN),
    route(f"GET {_ONE}", "service", **_GET),
    route(f"POST {_ONE}/choose", "service", **_WRITE),
    route(f"POST {_ONE}/let-go", "service_of_author", author=303, signed_in=404, anonymous=401),
    route(f"GET {_ONE}/tip", "service", **_ASK),
    route(f"POST {_ONE}/tip", "service", send=_SUGGEST, **_WRITE),
    route(f"GET {_ONE}/correct", "service", **_ASK),
    route(f"POST {_ONE}/correct", "service", send=_SUGGEST, **_WRITE),
    route("POST /directory/for-reply/{id}", "any number", signed_in=200, anonymous=401),
    route("GET /moderation/directory", **_STAFF),
    route("GET /moderation/directory/check", **_STAFF),
    route("GET /moderation/directory/duplicates", **_STAFF),
    route("GET /moderation/directory/import", **_STAFF),
    route("POST /moderation/directory/import", administrators=422, signed_in=404, anonymous=401),
    route(
        "POST /moderation/directory/subscribe",
        send={"url": "?"},
        administrators=422,
        signed_in=404,
        anonymous=401,
    ),
    route("GET /moderation/directory/new", **_STAFF),
    route("POST /moderation/directory/new", send=WRITTEN, **_ACT),
    route("GET /moderation/directory/sets/{id}", "data set", **_STAFF),
    route("POST /moderation/directory/sets/{id}", "data set", send={"act": "?"}, **_WRONG),
    route("POST /moderation/directory/suggestions/{id}", "suggestion", send={"act": "x"}, **_ACT),
    route(f"GET {_KEPT}", "kept", **_STAFF),
    route(f"POST {_KEPT}", "kept", send=WRITTEN, **_ACT),
    route(f"POST {_KEPT}/state", "kept", send={"event": "doubt"}, **_ACT),
    route(
        f"POST {_KEPT}/place",
        "kept",
        send={"location": "?"},
        administrators=422,
        signed_in=404,
        anonymous=401,
    ),
    route(f"POST {_KEPT}/tip", "kept", send={"tip": "1"}, **_ACT),
    *(
        route(f"GET /hsds{path}", others=200)
        for path in (
            *("", "/services", "/organizations", "/service_at_locations"),
            *("/taxonomies", "/taxonomy_terms"),
        )
    ),
    *(
        route(f"GET /hsds/{kind}/{{id}}", "any number", others=404)
        for kind in ("organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
    ),
    route("GET /hsds/services/{id}", "service", **_GET),
]
