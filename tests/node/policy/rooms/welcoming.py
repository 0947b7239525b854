"""The policy of welcoming: what moderators set up, the rota of members, and reply sessions."""

from functools import partial
from typing import Any

from node.groups.belonging import Visibility
from node.welcoming.calling import SessionDraft
from node.welcoming.rules import When
from node.welcoming.weekly import WeeklyDraft
from storage.unit_of_work import UnitOfWork
from storage.welcomes import Wording
from tests.node.policy.language import SIGN_IN, SIGNED_IN, Circles, Fill, Thing, route
from tests.node.policy.rooms.groups import ASK, MEMBERS, NAMES, WRITE, circles
from tests.node.policy.rooms.joining import KEEP
from tests.node.policy.world import World

_ALL: tuple[Visibility, ...] = ("public", "local", "private")
CALLED: Circles = {"callers": frozenset({"moderator"}), "readers": MEMBERS}


async def weekly(visibility: Visibility, world: World) -> Fill:
    """A weekly thread that the moderator wrote."""
    rooms, handle = world.house.node.rooms, NAMES[visibility]

    def write(uow: UnitOfWork) -> int:
        found = uow.groups.by_handle(handle, world.house.authority)
        assert found is not None
        draft = WeeklyDraft(
            Wording(title="Small wins", text="Any."), When(weekday=0, hour=9, offset_minutes=0)
        )
        who = world.persona("moderator")
        return rooms.welcoming.add_weekly(uow, found.actor.id, who, draft).id

    return {"handle": handle, "id": str(await world.write(write))}


async def session(visibility: Visibility | None, world: World) -> Fill:
    """A reply session that the moderator called, for a group or for all."""
    rooms = world.house.node.rooms

    def write(uow: UnitOfWork) -> int:
        found = (
            uow.groups.by_handle(NAMES[visibility], world.house.authority) if visibility else None
        )
        draft = SessionDraft(
            group_id=found.actor.id if found else None,
            starts_at=world.clock.now(),
            minutes=60,
            invitation="Come, all of you.",
        )
        return rooms.welcoming.call(uow, world.persona("moderator"), draft).id

    return {"id": str(await world.write(write))}


THINGS = [
    *(Thing(f"{one} weekly", partial(weekly, one), circles(one)) for one in _ALL),
    Thing("private session", partial(session, "private"), CALLED),
    Thing(
        "node session",
        partial(session, None),
        {"callers": frozenset({"moderator"}), "readers": SIGNED_IN},
    ),
]

_GROUP, _AGREES = "/groups/{handle}", {"federate": "yes"}
_WORDS = {"title": "Hello", "text": "Say it.", "every": "week"} | _AGREES
_WEEK = _WORDS | {"weekday": "1", "hour": "9", "offset": "0"}
# An administrator who is no member keeps order, but posts nothing in a name of theirs.
_SAVE: Any = {"administrator": 403, "moderators": 303, "readers": 403, **WRITE}
_SAVE_PRIVATE: Any = {"moderators": 303, "readers": 403, **WRITE}


def _saved(line: str, of: str, send: dict[str, str]) -> list[Any]:
    return [
        route(line, f"public {of}", send=send, **_SAVE),
        route(line, f"local {of}", send=send, **_SAVE),
        route(line, f"private {of}", send=send, **_SAVE_PRIVATE),
    ]


ROUTES = [
    route("GET /welcome", signed_in=200, anonymous=SIGN_IN),
    route(f"GET {_GROUP}/welcome", "group", **KEEP),
    *_saved(f"POST {_GROUP}/welcome", "group", _WORDS),
    route(f"GET {_GROUP}/greeters", "group", members=200, moderators=200, readers=403, **ASK),
    route(f"POST {_GROUP}/greeters", "group", send={"act": "away"}, members=303, **WRITE),
    route(f"GET {_GROUP}/weekly", "group", **KEEP),
    route(f"GET {_GROUP}/weekly/new", "group", **KEEP),
    *_saved(f"POST {_GROUP}/weekly/new", "group", _WEEK),
    route(f"GET {_GROUP}/weekly/{{id}}", "weekly", **KEEP),
    *_saved(f"POST {_GROUP}/weekly/{{id}}", "weekly", _WEEK),
    route("GET /reply-sessions", signed_in=200, anonymous=SIGN_IN),
    route("GET /reply-sessions/new", signed_in=200, anonymous=SIGN_IN),
    route(
        "POST /reply-sessions/new",
        send={"act": "now", "minutes": "60"},
        moderator=303,
        administrator=303,
        signed_in=403,
        anonymous=401,
    ),
    route("GET /reply-sessions/{id}", "session", readers=200, **ASK),
    route("POST /reply-sessions/{id}", "session", send={"act": "come"}, readers=303, **WRITE),
]
