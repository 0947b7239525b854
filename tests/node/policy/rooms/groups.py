"""The policy of groups, threads and posts: pages and API."""

from functools import partial
from typing import Any

from node.groups.belonging import Visibility
from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.membership import State, new_membership
from storage.unit_of_work import UnitOfWork
from tests import lemmy
from tests.node.policy.language import EVERYONE, SIGN_IN, SIGNED_IN, Circles, Fill, Thing, route
from tests.node.policy.world import Here, World
from tests.world import next_keys

JOINED: tuple[Here, ...] = ("member", "author", "suspended", "ex_member")
OTHERS: tuple[tuple[Here, State], ...] = (("pending", "pending"), ("blocked", "rejected"))
MEMBERS = frozenset({"member", "author", "moderator"})
NAMES: dict[Visibility, str] = {"public": "lounge_7", "local": "hall_7", "private": "den_7"}
READERS = {"public": EVERYONE, "local": SIGNED_IN, "private": MEMBERS}


def circles(visibility: Visibility) -> Circles:
    """Administrators keep order where they may read; a private group is closed to them, too."""
    readers = READERS[visibility]
    return {
        "moderators": frozenset({"moderator", "administrator"}) & readers,
        "members": MEMBERS,
        "readers": readers,
    }


async def group(visibility: Visibility, world: World) -> Fill:
    """A group that the moderator founded, with somebody of every kind."""
    groups, handle = world.house.node.rooms.groups, NAMES[visibility]

    def people(uow: UnitOfWork) -> int:
        made = groups.create(
            uow,
            handle=handle,
            name=handle.title(),
            visibility=visibility,
            founder=world.persona("moderator"),
            keys=next_keys(),
        )
        number = made.actor.id
        for who in JOINED:
            uow.memberships.put(new_membership(number, world.persona(who).id, world.clock.now()))
        for who, state in OTHERS:
            person = world.persona(who)
            uow.memberships.put(new_membership(number, person.id, world.clock.now(), state=state))
        groups.leave(uow, number, world.persona("ex_member"))
        return number

    number = await world.write(people)
    if visibility == "public":
        await zoe_joins(world, handle)
    return {"handle": handle, "id": str(number), "persona": str(world.persona("member").id)}


async def zoe_joins(world: World, handle: str) -> None:
    """The stranger's person becomes a member, as anybody from elsewhere does."""
    follow = lemmy.follow(world.zoe, f"{world.house.origin}/groups/{handle}")
    letter = world.zoe.seal(f"{world.house.origin}/inbox", follow)
    assert await world.zoe.home.send(letter) == 202
    while await world.house.turn():
        pass


async def thread(visibility: Visibility, world: World) -> Fill:
    """The author's thread, with the member's reply below it."""
    groups, handle = world.house.node.rooms.groups, NAMES[visibility]

    def write(uow: UnitOfWork) -> int:
        found = uow.groups.by_handle(handle, world.house.authority)
        assert found is not None
        draft = ThreadDraft(title="A long year", text="The evenings are long.")
        made = groups.post_thread(uow, found.actor.id, world.persona("author"), draft)
        groups.reply(uow, made.id, world.persona("member"), ReplyDraft(text="With you."))
        return made.id

    return {"id": str(await world.write(write))}


_ALL: tuple[Visibility, ...] = ("public", "local", "private")
THINGS = [
    *(Thing(f"{one} group", partial(group, one), circles(one)) for one in _ALL),
    *(Thing(f"{one} thread", partial(thread, one), circles(one)) for one in _ALL),
]

WORDS = {"title": "First winter", "text": "Hello."}
REPLY = {"text": "Hello."}
AGREES = {"federate": "yes"}
"""To copies on other nodes, as the pages ask where a group is public."""
ASK: Any = {"others": 404, "anonymous": SIGN_IN}
WRITE: Any = {"others": 404, "anonymous": 401}

ROUTES = [
    route("GET /", readers=200, others=200),
    route("GET /groups", others=200),
    route(
        "POST /groups/look-up",
        send={"handle": "!lounge_7"},
        signed_in=303,
        anonymous=401,
    ),
    route("GET /groups/new", administrators=200, anonymous=SIGN_IN, others=403),
    route(
        "POST /groups/new",
        send={"handle": "walks", "name": "Walks", "visibility": "public"},
        administrators=303,
        anonymous=401,
        others=403,
    ),
    route("POST /groups/{handle}/join", "group", readers=303, **WRITE),
    # Who hosts a group hands it on first.
    route("POST /groups/{handle}/leave", "group", moderator=403, readers=303, **WRITE),
    route("GET /groups/{handle}/new", "group", members=200, readers=403, **ASK),
    route(
        "POST /groups/{handle}/new", "group", send=WORDS | AGREES, members=303, readers=403, **WRITE
    ),
    route("GET /threads/{id}", "thread", readers=200, others=404),
    # The reply policy of a new public group is "anyone".
    route("GET /posts/{id}/reply", "public thread", readers=200, **ASK),
    route("POST /posts/{id}/reply", "public thread", send=REPLY | AGREES, readers=303, **WRITE),
    *(
        line
        for what in ("local thread", "private thread")
        for line in (
            route("GET /posts/{id}/reply", what, members=200, readers=403, **ASK),
            route(
                "POST /posts/{id}/reply",
                what,
                send=REPLY | AGREES,
                members=303,
                readers=403,
                **WRITE,
            ),
        )
    ),
    route("GET /posts/{id}/edit", "thread", author=200, readers=403, **ASK),
    route("POST /posts/{id}/edit", "thread", send=WORDS, author=303, readers=403, **WRITE),
    route("GET /posts/{id}/delete", "thread", author=200, readers=403, **ASK),
    route("POST /posts/{id}/delete", "thread", author=303, readers=403, **WRITE),
    route("POST /posts/{id}/react", "thread", send={"kind": "proud"}, readers=303, **WRITE),
    route("GET /posts/{id}/moderate", "thread", moderators=200, readers=403, **ASK),
    route(
        "POST /posts/{id}/moderate",
        "thread",
        send={"act": "pin"},
        moderators=303,
        readers=403,
        **WRITE,
    ),
]

_GROUP, _POST = "/api/kith/v1/groups/{id}", "/api/kith/v1/posts/{id}"
_REASON = {"reason": "Off topic."}
ROUTES += [
    route("GET /api/kith/v1/me", signed_in=200, anonymous=401),
    route("GET /api/kith/v1/groups", others=200),
    route(
        "POST /api/kith/v1/groups/look-up",
        send={"handle": "!lounge_7"},
        signed_in=200,
        anonymous=401,
    ),
    route(f"GET {_GROUP}", "group", readers=200, others=404),
    route(f"GET {_GROUP}/threads", "group", readers=200, others=404),
    route(f"POST {_GROUP}/join", "group", send={}, readers=200, **WRITE),
    # Whoever asked to join may take it back, also where the group is closed to them.
    route(
        f"POST {_GROUP}/leave",
        "group",
        send={},
        anonymous=401,
        moderator=403,
        others=204,
        knows=("pending", "blocked"),
    ),
    route(f"POST {_GROUP}/threads", "group", send=WORDS, members=201, readers=403, **WRITE),
    route(
        f"POST {_GROUP}/moderators",
        "group",
        send=lambda world, _fill: {"persona": str(world.persona("member").id)},
        moderators=204,
        readers=403,
        **WRITE,
    ),
    route(f"DELETE {_GROUP}/moderators/{{persona}}", "group", moderators=204, readers=403, **WRITE),
    route("GET /api/kith/v1/threads/{id}", "thread", readers=200, others=404),
    route(f"PATCH {_POST}", "thread", send=REPLY, author=200, readers=403, **WRITE),
    route(f"DELETE {_POST}", "thread", author=204, readers=403, **WRITE),
    route(f"POST {_POST}/replies", "public thread", send=REPLY, readers=201, **WRITE),
    *(
        route(f"POST {_POST}/replies", what, send=REPLY, members=201, readers=403, **WRITE)
        for what in ("local thread", "private thread")
    ),
    route(f"PUT {_POST}/reaction", "thread", send={"kind": "proud"}, readers=204, **WRITE),
    route(f"DELETE {_POST}/reaction", "thread", readers=204, **WRITE),
    *(
        route(f"POST {_POST}/{act}", "thread", send=send, moderators=204, readers=403, **WRITE)
        for act, send in (
            ("remove", _REASON),
            ("restore", {}),
            ("lock", _REASON),
            ("unlock", {}),
            ("pin", {}),
            ("unpin", {}),
        )
    ),
]
