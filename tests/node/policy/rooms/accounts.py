"""The policy of accounts: coming in, settings, and the public face of a person."""

from itertools import count

from tests.node.policy.language import EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World

SESSIONS = "tests/node/web/test_web_sessions.py"


async def persona(world: World) -> Fill:
    """The author's."""
    return {"handle": world.persona("author").handle}


THINGS = [
    Thing("good persona", persona, {"readers": EVERYONE}),
]

_NEWCOMER = {"name": "new-here", "handle": "newhere", "display_name": "New", "password": "x"}

_tries = count()


def wrong_name(world: World, _fill: Fill) -> dict[str, str]:
    """Somebody else each time and not too soon, or the door would ask for patience."""
    world.clock.advance(seconds=20)
    return {"name": f"nobody{next(_tries)}", "password": "wrong"}


ROUTES = [
    route("GET /sign-in", signed_in=303, others=200),
    route("POST /sign-in", send=wrong_name, others=422),
    route("POST /sign-out", others=303),
    route("GET /leave", others=303),
    route("GET /sign-up", signed_in=303, others=200),
    route("POST /sign-up", send=_NEWCOMER, others=422),
    route("GET /first-administrator", others=404),
    route("POST /first-administrator", send={"token": "never", **_NEWCOMER}, others=404),
    route("GET /settings", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/persona", send={"display_name": "Me"}, signed_in=303, anonymous=401),
    route("POST /settings/leaving", send={"signs_out": "yes"}, signed_in=303, anonymous=401),
    route("POST /settings/password", send={"current": "?"}, signed_in=422, anonymous=401),
    route("POST /settings/sessions/end", send={"session": "?"}, signed_in=404, anonymous=401),
    route("POST /settings/sessions/end-others", signed_in=303, anonymous=401),
]
