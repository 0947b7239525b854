"""The policy of help: open to everybody. What is worried about is for the team; what waits is its
author's."""

from typing import Any

from node.profiles.drafts import ProfileDraft
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World

STAFF = frozenset({"administrator"})
_ENTRY = {"country": "GB", "name": "Line", "audience": "everyone", "call_as": "1", "source": "x"}


async def signal(world: World) -> Fill:
    """About a post on the author's own profile, in which a rule found something."""
    profiles, author = world.house.node.rooms.profiles, world.persona("author")
    draft = ProfileDraft(text="I want to die", audience="public")

    def say(uow: UnitOfWork) -> int:
        post = profiles.post(uow, author, draft)
        found = uow.risk_signals.unsettled(post.id)
        assert found is not None
        return found.id

    return {"id": str(await world.write(say))}


async def first_post(_world: World) -> Fill:
    """A post that does not wait: nodes of tests hold none."""
    return {"id": "7000002"}


async def line(_world: World) -> Fill:
    """One of those that came along."""
    return {"key": "gb-shout"}


async def country(_world: World) -> Fill:
    """Anybody may ask for any."""
    return {"country": "GB"}


THINGS = [
    Thing("signal", signal, {"readers": STAFF}),
    Thing("unheld", first_post, {"readers": frozenset()}),
    Thing("line", line, {"readers": STAFF}),
    Thing("country", country, {"readers": EVERYONE}),
]

_TEAM: Any = {"administrators": 200, "moderator": 200, "signed_in": 404, "anonymous": SIGN_IN}
_KEEPERS: Any = {"administrators": 200, "signed_in": 404, "anonymous": SIGN_IN}
_WRITES: Any = {"signed_in": 404, "anonymous": 401}
_GET: Any = {"readers": 200, "others": 404, "anonymous": SIGN_IN}
_POST: Any = {"readers": 303, "others": 404, "anonymous": 401}
_CLAIMED: Any = {"readers": 403, "others": 404, "anonymous": 401}
_ONE = "/moderation/risk/{id}"
_LINE = "/moderation/helplines/{key}"

ROUTES = [
    route("GET /help", others=200),
    route("GET /help/in", others=303),
    route("GET /help/in/{country}", "country", others=200),
    route("GET /help/card/{country}", "country", others=200),
    route("GET /help/steps", others=200),
    route("GET /help/worker.js", others=200),
    route("GET /help/for-you", signed_in=200, anonymous=SIGN_IN),
    route("GET /waiting", signed_in=200, anonymous=SIGN_IN),
    route("GET /plan", signed_in=200, anonymous=SIGN_IN),
    route("GET /plan/file", signed_in=200, anonymous=SIGN_IN),
    route("POST /plan/here", send={"keep": "yes"}, signed_in=303, anonymous=401),
    route("GET /plan/change", signed_in=200, anonymous=SIGN_IN),
    route("POST /plan/change", send={"signs": "x"}, signed_in=303, anonymous=401),
    route("POST /plan/step", send={"step": "call-now"}, signed_in=303, anonymous=401),
    route("POST /plan/remove", signed_in=303, anonymous=401),
    route("POST /waiting/{id}/send", "unheld", **_WRITES),
    route("GET /worried/{id}", "thread", author=404, **_GET, knows=("author",)),
    route("POST /worried/{id}", "thread", author=404, **_POST, knows=("author",)),
    route("GET /moderation/first-posts", **_TEAM),
    route("POST /moderation/first-posts/{id}", "unheld", send={"goes": "yes"}, **_WRITES),
    route("GET /moderation/helplines", **_KEEPERS),
    route("GET /moderation/helplines/new", **_KEEPERS),
    route("POST /moderation/helplines/new", send=_ENTRY, administrators=303, **_WRITES),
    route(f"GET {_LINE}", "line", **_GET),
    route(f"POST {_LINE}", "line", send=_ENTRY, **_POST),
    route(f"POST {_LINE}/confirm", "line", send={"looked": "yes"}, **_POST),
    route(f"POST {_LINE}/retire", "line", **_POST),
    route("GET /moderation/risk", **_TEAM),
    route("GET /moderation/risk/break", **_TEAM),
    route("POST /moderation/risk/next", administrators=303, moderator=303, **_WRITES),
    route("GET /moderation/risk/words", **_KEEPERS),
    route("POST /moderation/risk/words", send={"text": "x"}, administrators=422, **_WRITES),
    route(f"GET {_ONE}", "signal", **_GET),
    route(f"POST {_ONE}/claim", "signal", **_POST),
    route(f"POST {_ONE}/open", "signal", **_CLAIMED),
    route(f"POST {_ONE}/let-go", "signal", **_CLAIMED),
    route(f"POST {_ONE}/hand-over", "signal", **_CLAIMED),
    route(f"POST {_ONE}/settle", "signal", **_CLAIMED),
]
