"""The policy of personas: only their owner ever sees that there are several."""

from tests.node.policy.language import SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World


async def own_name(world: World) -> Fill:
    """The author's persona, as its owner finds it in the settings."""
    return {"handle": world.persona("author").handle}


THINGS = [
    Thing("own name", own_name, {"readers": frozenset({"author"})}),
]

_SURE = {"posts": "keep", "sure": "yes"}

ROUTES = [
    route("GET /settings/personas", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/personas", send={"persona": "nobody"}, signed_in=404, anonymous=401),
    route("GET /settings/personas/new", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/personas/new", send={"handle": "?"}, signed_in=422, anonymous=401),
    route(
        "GET /settings/personas/{handle}", "own name", readers=200, signed_in=404, anonymous=SIGN_IN
    ),
    route(
        "POST /settings/personas/{handle}",
        "own name",
        send={"display_name": "Me"},
        readers=303,
        signed_in=404,
        anonymous=401,
    ),
    route(
        "POST /settings/personas/{handle}/retire",
        "own name",
        send=_SURE,
        readers=403,
        signed_in=404,
        anonymous=401,
    ),
]
