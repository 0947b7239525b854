"""The policy of personas: only their owner ever sees that there are several."""

from typing import Any

from tests.node.policy.language import SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World


async def own_name(world: World) -> Fill:
    """The author's persona, as its owner finds it in the settings."""
    return {"handle": world.persona("author").handle}


THINGS = [
    Thing("own name", own_name, {"readers": frozenset({"author"})}),
]

_ASK: Any = {"anonymous": SIGN_IN, "others": 404}
_WRITE: Any = {"anonymous": 401, "others": 404}
_WORDS = {"title": "Awake", "text": "Again."}
UNNAMED = "tests/node/personas/test_unnamed.py"
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
    # Groups let nobody write anonymously unless their host says so; UNNAMED shows what comes then.
    route("GET /groups/{handle}/anonymous", "group", readers=403, elsewhere=UNNAMED, **_ASK),
    route("POST /groups/{handle}/anonymous", "group", send=_WORDS, readers=403, **_WRITE),
    route("GET /posts/{id}/anonymous", "thread", readers=403, elsewhere=UNNAMED, **_ASK),
    route("POST /posts/{id}/anonymous", "thread", send=_WORDS, readers=403, **_WRITE),
]
