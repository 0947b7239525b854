"""The personas of an account, each an actor of its own. Which account is behind one is private."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, false, func, or_, select, true

from storage.actors import ACTOR, Actor
from storage.shapes import Shape
from storage.tables import actors, circles, memberships, personas


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """What only its owner knows of a persona. A one-off one acts in the thread `thread_id` alone;
    a retired one acts no more, and with `deletes_posts` its posts go as well."""

    actor_id: int
    account_id: int
    created_at: datetime
    is_one_off: bool = False
    thread_id: int | None = None
    retired_at: datetime | None = None
    deletes_posts: bool = False


@dataclass(frozen=True, slots=True)
class OneOff:
    """A one-off persona, and where and since when it acts."""

    persona: Actor
    thread_id: int
    created_at: datetime


_PERSONA = Shape(Persona, personas)
_OF_ACCOUNT = personas.c.account_id == bindparam("account")
_STANDING = (personas.c.retired_at.is_(None), personas.c.is_one_off == false())
_THIS = personas.c.actor_id == bindparam("actor")
_ACTORS = select(*ACTOR.columns).join_from(personas, actors, personas.c.actor_id == actors.c.id)
_OLDEST_FIRST = (personas.c.created_at, personas.c.actor_id)

_GET = select(*_PERSONA.columns).where(_THIS)
_OF = _ACTORS.where(_OF_ACCOUNT, *_STANDING).order_by(*_OLDEST_FIRST)
_FIRST = (
    select(personas.c.actor_id).where(_OF_ACCOUNT, *_STANDING).order_by(*_OLDEST_FIRST).limit(1)
)
_TAKEN = (
    select(func.count())
    .select_from(personas)
    .where(
        _OF_ACCOUNT,
        personas.c.is_one_off == false(),
        or_(personas.c.retired_at.is_(None), personas.c.retired_at > bindparam("since")),
    )
)
_ONE_OFFS = (
    select(func.count())
    .select_from(personas)
    .where(_OF_ACCOUNT, personas.c.is_one_off == true(), personas.c.created_at > bindparam("since"))
)
_ONE_OFF_IN = _ACTORS.where(
    _OF_ACCOUNT,
    personas.c.thread_id == bindparam("thread"),
    personas.c.is_one_off == true(),
    personas.c.retired_at.is_(None),
).limit(1)
_SET_THREAD = personas.update().where(_THIS).values(thread_id=bindparam("thread"))
_RETIRE = (
    personas.update()
    .where(_THIS, personas.c.retired_at.is_(None))
    .values(retired_at=bindparam("now"), deletes_posts=bindparam("posts"))
)
_IN_GROUP = (
    _ACTORS.join(memberships, memberships.c.actor_id == personas.c.actor_id)
    .where(
        _OF_ACCOUNT,
        *_STANDING,
        memberships.c.group_id == bindparam("group"),
        memberships.c.state == "accepted",
    )
    .order_by(*_OLDEST_FIRST)
)
_PLACES = (
    select(personas.c.actor_id, *ACTOR.columns)
    .join_from(personas, memberships, memberships.c.actor_id == personas.c.actor_id)
    .join(actors, actors.c.id == memberships.c.group_id)
    .where(
        _OF_ACCOUNT,
        *_STANDING,
        memberships.c.state == "accepted",
        actors.c.type == "Group",
        actors.c.id.not_in(select(circles.c.id)),
    )
    .order_by(actors.c.handle_key, actors.c.id)
    .limit(bindparam("limit"))
)
_ONE_OFFS_OF = (
    _ACTORS.add_columns(personas.c.thread_id, personas.c.created_at)
    .where(_OF_ACCOUNT, personas.c.is_one_off == true(), personas.c.thread_id.is_not(None))
    .order_by(personas.c.created_at.desc(), personas.c.actor_id)
    .limit(bindparam("limit"))
)
_DELETING = (
    _ACTORS.where(personas.c.deletes_posts == true())
    .order_by(personas.c.retired_at)
    .limit(bindparam("limit"))
)
_DELETED = personas.update().where(_THIS).values(deletes_posts=False)


class PersonaRepository:
    """Personas by their account. To be asked on behalf of the account's owner alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, persona: Persona) -> None:
        """AlreadyThere when the actor is somebody's persona."""
        self._connection.execute(personas.insert(), _PERSONA.values(persona))

    def get(self, actor_id: int) -> Persona | None:
        row = self._connection.execute(_GET, {"actor": actor_id}).first()
        return _PERSONA.maybe(row)

    def of_account(self, account_id: int) -> list[Actor]:
        """The personas that the account can act as, oldest first; no one-off and no retired one."""
        rows = self._connection.execute(_OF, {"account": account_id})
        return [ACTOR.read(row) for row in rows]

    def first(self, account_id: int) -> int | None:
        """The oldest of them, which also bears what the account is to the node."""
        found: int | None = self._connection.execute(_FIRST, {"account": account_id}).scalar()
        return found

    def places_taken(self, account_id: int, since: datetime) -> int:
        """How many lasting personas there are, those retired after `since` among them."""
        key = {"account": account_id, "since": since}
        return int(self._connection.execute(_TAKEN, key).scalar_one())

    def one_offs(self, account_id: int, since: datetime) -> int:
        """How many one-off personas were made after `since`."""
        key = {"account": account_id, "since": since}
        return int(self._connection.execute(_ONE_OFFS, key).scalar_one())

    def one_off_in(self, account_id: int, thread_id: int) -> Actor | None:
        """The one-off persona with which the account wrote in this thread."""
        key = {"account": account_id, "thread": thread_id}
        return ACTOR.maybe(self._connection.execute(_ONE_OFF_IN, key).first())

    def set_thread(self, actor_id: int, thread_id: int) -> None:
        """Bind a one-off persona to the thread that it began or answered."""
        self._connection.execute(_SET_THREAD, {"actor": actor_id, "thread": thread_id})

    def retire(self, actor_id: int, now: datetime, *, deletes_posts: bool) -> bool:
        """False when it was retired before."""
        key = {"actor": actor_id, "now": now, "posts": deletes_posts}
        return self._connection.execute(_RETIRE, key).rowcount == 1

    def in_group(self, account_id: int, group_id: int) -> list[Actor]:
        """The personas with which the account belongs to a group, one-off ones left out."""
        rows = self._connection.execute(_IN_GROUP, {"account": account_id, "group": group_id})
        return [ACTOR.read(row) for row in rows]

    def places(self, account_id: int, limit: int = 500) -> dict[int, list[Actor]]:
        """The groups that each of the account's personas belongs to, by name."""
        rows = self._connection.execute(_PLACES, {"account": account_id, "limit": limit})
        found: dict[int, list[Actor]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(ACTOR.read_after(row, 1))
        return found

    def one_offs_of(self, account_id: int, limit: int) -> list[OneOff]:
        """The threads in which the account wrote anonymously, the latest first."""
        rows = self._connection.execute(_ONE_OFFS_OF, {"account": account_id, "limit": limit})
        return [OneOff(ACTOR.read(row), row[ACTOR.width], row[ACTOR.width + 1]) for row in rows]

    def deleting_posts(self, limit: int) -> list[Actor]:
        """Retired personas whose posts are still to be deleted."""
        return [ACTOR.read(row) for row in self._connection.execute(_DELETING, {"limit": limit})]

    def deleted_posts(self, actor_id: int) -> None:
        """They all are."""
        self._connection.execute(_DELETED, {"actor": actor_id})
