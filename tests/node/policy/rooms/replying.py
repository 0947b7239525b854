"""The policy of answering: the queue is everybody's own, a reply helped whoever asked, and how a
group answers is for those who keep it."""

from functools import partial
from typing import Any

from node.groups.belonging import Visibility
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, Circles, Fill, Thing, route
from tests.node.policy.rooms.groups import ASK, WRITE, circles, thread
from tests.node.policy.world import World

_ALL: tuple[Visibility, ...] = ("public", "local", "private")


async def answer(visibility: Visibility, world: World) -> Fill:
    """The member's reply in the author's thread."""
    number = int((await thread(visibility, world))["id"])

    def read(uow: UnitOfWork) -> int:
        return max(view.post.id for view in uow.posts.thread(number))

    return {"id": str(await world.read(read))}


def _asked(visibility: Visibility) -> Circles:
    """Only who asked says what helped."""
    return {"askers": frozenset({"author"}), **circles(visibility)}


THINGS = [Thing(f"{one} answer", partial(answer, one), _asked(one)) for one in _ALL]

_OWN: Any = {"signed_in": 200, "anonymous": SIGN_IN}
_ACTS: Any = {"signed_in": 303, "anonymous": 401}
_WORDS: Any = {"administrator": 200, "signed_in": 403, "anonymous": SIGN_IN}
_NOT: Any = {"others": 404, "anonymous": 401}

ROUTES = [
    route("GET /needs-a-reply", **_OWN),
    route("GET /needs-a-reply/next", signed_in=303, anonymous=SIGN_IN),
    route("GET /needs-a-reply/given", **_OWN),
    route("GET /needs-a-reply/kind-words", **_OWN),
    route("POST /needs-a-reply/again", **_ACTS),
    route("POST /needs-a-reply/helping", send={"act": "withdraw"}, **_ACTS),
    route("POST /needs-a-reply/{id}/not-now", "thread", readers=303, **WRITE),
    route("POST /posts/{id}/helped", "answer", askers=303, **_NOT),
    route("GET /groups/{handle}/answers", "group", moderators=200, readers=403, **ASK),
    route("GET /moderation/reply-words", **_WORDS),
    route(
        "POST /moderation/reply-words",
        send={"language": "en", "text": "you should"},
        administrator=422,
        signed_in=403,
        anonymous=401,
    ),
]
