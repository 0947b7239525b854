"""The policy of reading through the Mastodon API: what is public needs no token, what is not there
for the reader is not there."""

from node.clients.mastodon import stubs
from storage.lists import ReadingList
from tests.node.policy.language import EVERYONE, Fill, Route, Thing, route
from tests.node.policy.world import World

STATUS = "/api/v1/statuses/{id}"
ACCOUNT = "/api/v1/accounts/{id}"

TIMELINES = "/api/v1/timelines"


async def tag(_world: World) -> Fill:
    """A word that nobody has written."""
    return {"tag": "evenings"}


async def reading_list(world: World) -> Fill:
    """The author's own."""
    number = world.house.node.rooms.new_id()
    persona = world.persona("author").id
    one = ReadingList(id=number, persona_id=persona, title="Near", created_at=world.clock.now())
    await world.write(lambda uow: uow.lists.put(one))
    return {"id": str(number)}


THINGS = [
    Thing("any tag", tag, {"readers": EVERYONE}),
    Thing("own reading-list", reading_list, {"readers": frozenset({"author"})}),
]
INSTANCE = (
    *("/api/v1/instance", "/api/v2/instance", "/api/v1/instance/rules"),
    *("/api/v1/instance/extended_description", "/api/v1/instance/privacy_policy"),
    "/api/v1/instance/languages",
)


def stub(path: str) -> Route:
    """A list that is always empty, for whoever may ask."""
    _, who = (stubs.EMPTY | stubs.NOTHING)[path]
    about = "group" if "{id}" in path else "nothing"
    if who == "user":
        return route(f"GET {path}", about, signed_in=200, anonymous=401)
    return route(f"GET {path}", about, others=200)


ROUTES = [
    *(route(f"GET {path}", others=200) for path in INSTANCE),
    route("GET /api/v1/instance/terms_of_service", others=404),
    *(stub(path) for path in (*stubs.EMPTY, *stubs.NOTHING)),
    route(f"GET {STATUS}", "thread", readers=200, others=404),
    route(f"GET {STATUS}/context", "thread", readers=200, others=404),
    route(f"GET {STATUS}/card", "thread", readers=200, others=404),
    route("GET /api/v1/statuses", query="?id[]=1", others=200),
    route("GET /api/v1/accounts/verify_credentials", signed_in=200, anonymous=401),
    route("GET /api/v1/accounts/lookup", query="?acct=nobody-at-all", others=404),
    route("GET /api/v1/accounts", query="?id[]=1", others=200),
    route(f"GET {ACCOUNT}", "group", readers=200, others=404),
    *(
        route(f"GET {ACCOUNT}/{words}", "group", readers=200, others=404)
        for words in ("statuses", "followers", "following")
    ),
    *(
        route(f"GET {STATUS}/{words}", "thread", readers=200, others=404)
        for words in ("reblogged_by", "favourited_by")
    ),
    # They lead on without looking, so that a way tells nothing.
    route("GET /@{handle}", "group", others=302),
    route("GET /@{handle}/{id}", "group", others=302),
    route("GET /api/v2/search", query="?q=den_7", others=200),
    route("GET /api/v1/search", query="?q=den_7", others=200),
    route("GET /api/v1/accounts/search", query="?q=den_7", signed_in=200, anonymous=401),
    route(f"GET {TIMELINES}/home", signed_in=200, anonymous=401),
    route(f"GET {TIMELINES}/public", others=200),
    route(f"GET {TIMELINES}/tag/{{tag}}", "any tag", others=200),
    route(
        f"GET {TIMELINES}/list/{{id}}", "own reading-list", readers=200, anonymous=401, others=404
    ),
]
