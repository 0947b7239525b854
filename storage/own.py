"""What a person did, for their own copy of it: lists that no page asks for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Integer, bindparam, or_, select

from storage.invitations import InvitationRow
from storage.personas import Persona
from storage.polls import chosen
from storage.shapes import Shape
from storage.tables import actors as by
from storage.tables import (
    invitations,
    newcomers,
    notifications,
    personas,
    poll_ballots,
    polls,
    posts,
    reactions,
)
from storage.tables import shares as shared
from storage.tables.metadata import Id


@dataclass(frozen=True, slots=True)
class OwnReaction:
    """A reaction to the post at `post_uri`."""

    id: int
    post_uri: str
    kind: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OwnShare:
    """The post at `post_uri`, handed on."""

    id: int
    post_uri: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """Places of the chosen options in the poll of the post at `post_uri`, which may be gone."""

    id: int
    post_id: int
    post_uri: str
    is_gone: bool
    choices: tuple[int, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OwnNotification:
    """What the persona was told: something that the actor at `by_uri` did."""

    id: int
    kind: str
    by_uri: str
    created_at: datetime
    read_at: datetime | None


_ACTOR = bindparam("actor", type_=Id)
_AFTER = bindparam("after", type_=Id)
_LIMIT = bindparam("limit", type_=Integer())
_REACTIONS = (
    select(reactions.c.id, posts.c.uri, reactions.c.kind, reactions.c.created_at)
    .join_from(reactions, posts, posts.c.id == reactions.c.post_id)
    .where(reactions.c.actor_id == _ACTOR, reactions.c.id > _AFTER)
    .order_by(reactions.c.id)
    .limit(_LIMIT)
)
_SHARES = (
    select(shared.c.id, posts.c.uri, shared.c.created_at)
    .join_from(shared, posts, posts.c.id == shared.c.post_id)
    .where(shared.c.actor_id == _ACTOR, shared.c.id > _AFTER)
    .order_by(shared.c.id)
    .limit(_LIMIT)
)
_BALLOTS = (
    select(
        poll_ballots.c.id,
        posts.c.id,
        posts.c.uri,
        or_(posts.c.deleted_at.is_not(None), posts.c.removed_at.is_not(None)),
        poll_ballots.c.choices,
        poll_ballots.c.created_at,
    )
    .join_from(poll_ballots, polls, polls.c.id == poll_ballots.c.poll_id)
    .join(posts, posts.c.id == polls.c.post_id)
    .where(poll_ballots.c.actor_id == _ACTOR, poll_ballots.c.id > _AFTER)
    .order_by(poll_ballots.c.id)
    .limit(_LIMIT)
)
_NOTIFICATIONS = (
    select(
        notifications.c.id,
        notifications.c.kind,
        by.c.uri,
        notifications.c.created_at,
        notifications.c.read_at,
    )
    .join_from(notifications, by, by.c.id == notifications.c.by_id)
    .where(notifications.c.persona_id == _ACTOR, notifications.c.id > _AFTER)
    .order_by(notifications.c.id)
    .limit(_LIMIT)
)
_INVITATION = Shape(InvitationRow, invitations)
_INVITATIONS = (
    select(*_INVITATION.columns)
    .where(invitations.c.created_by == _ACTOR)
    .order_by(invitations.c.id)
    .limit(_LIMIT)
)
_PERSONA = Shape(Persona, personas)
_PERSONAS = (
    select(*_PERSONA.columns)
    .where(personas.c.account_id == bindparam("account"))
    .order_by(personas.c.created_at, personas.c.actor_id)
)
_THREADS_READ = select(newcomers.c.threads_read).where(
    newcomers.c.account_id == bindparam("account")
)


class OwnRepository:
    """Lists of one actor, oldest first, those above the id `after`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def personas(self, account_id: int) -> list[Persona]:
        """All of the account, one-off and retired ones among them."""
        rows = self._connection.execute(_PERSONAS, {"account": account_id})
        return [_PERSONA.read(row) for row in rows]

    def threads_read(self, account_id: int) -> int | None:
        """How many threads a newcomer has read, where that is counted."""
        found: int | None = self._connection.execute(
            _THREADS_READ, {"account": account_id}
        ).scalar()
        return found

    def reactions(self, actor_id: int, limit: int, after: int) -> list[OwnReaction]:
        key = {"actor": actor_id, "limit": limit, "after": after}
        return [OwnReaction(*row) for row in self._connection.execute(_REACTIONS, key)]

    def shares(self, actor_id: int, limit: int, after: int) -> list[OwnShare]:
        key = {"actor": actor_id, "limit": limit, "after": after}
        return [OwnShare(*row) for row in self._connection.execute(_SHARES, key)]

    def ballots(self, actor_id: int, limit: int, after: int) -> list[OwnBallot]:
        key = {"actor": actor_id, "limit": limit, "after": after}
        rows = self._connection.execute(_BALLOTS, key)
        return [
            OwnBallot(number, post_id, uri, bool(gone), chosen(choices), at)
            for number, post_id, uri, gone, choices, at in rows
        ]

    def notifications(self, actor_id: int, limit: int, after: int) -> list[OwnNotification]:
        key = {"actor": actor_id, "limit": limit, "after": after}
        return [OwnNotification(*row) for row in self._connection.execute(_NOTIFICATIONS, key)]

    def invitations(self, actor_id: int, limit: int) -> list[InvitationRow]:
        """Those that the actor made; nothing that opens a door is kept of them."""
        rows = self._connection.execute(_INVITATIONS, {"actor": actor_id, "limit": limit})
        return [_INVITATION.read(row) for row in rows]
