"""The policy of private messages: who is in a conversation sees it, and nobody else at all."""

from functools import partial
from typing import Any

from node.messages.writing import Letter
from storage.memberships import Membership
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, Fill, Thing, route
from tests.node.policy.world import Here, World
from tests.world import next_keys

GROUP = "quiet_7"
IN_IT: tuple[Here, ...] = ("author", "member", "moderator")
STREAMS = "tests/node/messages/test_streams.py"


async def share_a_group(world: World) -> None:
    """The people of the conversations have been in one group for as long as it takes."""
    groups = world.house.node.rooms.groups
    since = world.clock.now().replace(year=2025)

    def join(uow: UnitOfWork) -> None:
        found = uow.groups.by_handle(GROUP, world.house.authority)
        if found is None:
            founder = world.persona("moderator")
            found = groups.create(
                uow,
                handle=GROUP,
                name="Quiet",
                visibility="local",
                founder=founder,
                keys=next_keys(),
            )
        for who in IN_IT:
            uow.memberships.remove(found.actor.id, world.persona(who).id)
            uow.memberships.put(
                Membership(
                    group_id=found.actor.id,
                    actor_id=world.persona(who).id,
                    state="accepted",
                    role="moderator" if who == "moderator" else "member",
                    created_at=since,
                    changed_at=since,
                )
            )

    await world.write(join)


async def conversation(people: tuple[Here, ...], world: World) -> Fill:
    """The author's, which all have read to its end: reading on would be news to others."""
    await share_a_group(world)
    messages = world.house.node.rooms.messages
    to = " ".join(world.persona(who).handle for who in people)

    def talk(uow: UnitOfWork) -> Fill:
        letter = Letter(to=to, text="Between us.")
        sent = messages.start(uow, world.persona("author"), letter)
        for who in people:
            messages.mark_read(uow, world.persona(who), sent.conversation_id)
        return {"id": str(sent.conversation_id), "message": str(sent.id)}

    return await world.write(talk)


async def request(world: World) -> Fill:
    """The member asks the outsider, who lets anyone ask."""
    messages = world.house.node.rooms.messages
    member, asked = world.persona("member"), world.persona("outsider")

    def ask(uow: UnitOfWork) -> Fill:
        messages.choose(uow, asked, "anyone", True, "")
        return {"id": str(messages.ask(uow, member, asked.handle, "May I write to you?").id)}

    return await world.write(ask)


_TWO: tuple[Here, ...] = ("member",)
_THREE: tuple[Here, ...] = ("member", "moderator")
THINGS = [
    Thing(
        "pair conversation",
        partial(conversation, _TWO),
        {"readers": frozenset({"author", *_TWO})},
    ),
    Thing(
        "small conversation",
        partial(conversation, _THREE),
        {"readers": frozenset({"author", *_THREE})},
    ),
    Thing("message request", request, {"readers": frozenset({"outsider"})}),
]

ASK: Any = {"others": 404, "anonymous": SIGN_IN}
WRITE: Any = {"others": 404, "anonymous": 401}
WORDS = {"text": "Hello.", "act": "send"}
_ONE, _MESSAGE = "/messages/{id}", "/messages/{id}/{message}"
_ALL, _SMALL, _PAIR = "conversation", "small conversation", "pair conversation"

ROUTES = [
    route("GET /messages", signed_in=200, anonymous=SIGN_IN),
    route("GET /messages/new", signed_in=200, anonymous=SIGN_IN),
    route("POST /messages/new", send={"act": "send"}, signed_in=422, anonymous=401),
    route("GET /messages/requests", signed_in=200, anonymous=SIGN_IN),
    route(
        "POST /messages/requests/{id}",
        "message request",
        send={"act": "decline"},
        readers=303,
        **WRITE,
    ),
    route("GET /messages/search", signed_in=200, anonymous=SIGN_IN),
    route("POST /messages/search", send={"words": "x"}, signed_in=200, anonymous=401),
    route("GET /messages/settings", signed_in=200, anonymous=SIGN_IN),
    route("POST /messages/settings", send={"who": "all"}, signed_in=422, anonymous=401),
    route(f"GET {_ONE}", _ALL, readers=200, **ASK),
    route(f"POST {_ONE}", _ALL, send=WORDS, readers=303, **WRITE),
    # It never ends for those who may wait.
    route(f"GET {_ONE}/events", _ALL, readers=0, elsewhere=STREAMS, **ASK),
    route(f"GET {_ONE}/people", _ALL, readers=200, **ASK),
    route(f"POST {_ONE}/people", _SMALL, send={"to": "nobody"}, readers=422, **WRITE),
    route(f"POST {_ONE}/people", _PAIR, send={"to": "nobody"}, readers=403, **WRITE),
    route(f"POST {_ONE}/leave", _SMALL, readers=303, **WRITE),
    route(f"POST {_ONE}/leave", _PAIR, readers=403, **WRITE),
    route(f"GET {_ONE}/remove", _ALL, readers=200, **ASK),
    route(f"POST {_ONE}/remove", _ALL, readers=303, **WRITE),
    route(f"GET {_MESSAGE}/edit", _ALL, knows=_THREE, author=200, **ASK),
    route(f"POST {_MESSAGE}/edit", _ALL, send=WORDS, knows=_THREE, author=303, **WRITE),
    route(f"GET {_MESSAGE}/delete", _ALL, readers=200, **ASK),
    route(f"POST {_MESSAGE}/delete", _ALL, send={"act": "me"}, readers=303, **WRITE),
]
