"""The policy of the client-to-server side: without a token its own addresses open nothing, whoever
is signed in with a browser. What a token opens is tried in tests/node/clients/c2s/.
"""

from collections.abc import Awaitable, Callable

from tests.node.policy.language import Fill, Thing, route
from tests.node.policy.world import World

OWN = ("pendingFollowers", "pendingFollowing", "blocked")
NOBODY: frozenset[str] = frozenset()


def some(**places: str) -> Callable[[World], Awaitable[Fill]]:
    """Whatever stands in the path: without a token it is not even looked for."""

    async def fill(_world: World) -> Fill:
        return places

    return fill


THINGS = [
    Thing("some numbered-thing", some(id="1000001"), {"readers": NOBODY}),
    Thing("some follow-of-two", some(followed="1000001", follower="1000002"), {"readers": NOBODY}),
    Thing("some named-one", some(named="1000001"), {"readers": NOBODY}),
]

ROUTES = [
    route("POST /personas/{handle}/outbox", "persona", send={}, others=401),
    *(route(f"GET /personas/{{handle}}/{name}", "persona", others=401) for name in OWN),
    route("GET /client/messages/{id}", "numbered-thing", others=401),
    route("GET /client/follows/{followed}/{follower}", "follow-of-two", others=401),
    route("GET /client/blocks/{named}", "named-one", others=401),
    route("GET /collections/{id}", "numbered-thing", others=401),
    route("GET /client/media/{id}", "numbered-thing", others=401),
    route("GET /client/events", others=401),
    route("POST /client/upload", send={}, others=401),
    route("POST /client/proxy", send={}, others=401),
]
