"""What the owner of a persona reads through ActivityPub's client-to-server side: the ids of what
came in and of what went out, newest first, before a word of it is opened. It changes nothing.

A page of an inbox or outbox is put together from several of these lists, all of them by id, since
all ids come from one source and so tell what came first.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, select

from storage.activities import OutboxActivity
from storage.memberships import MEMBERSHIP, Membership
from storage.notifications import Notification
from storage.reactions import Reaction
from storage.shapes import NEWEST, Shape
from storage.tables import (
    activities,
    circles,
    memberships,
    message_copies,
    messages,
    notifications,
    posts,
    reactions,
)
from storage.tables.metadata import Id

_ACTIVITY = Shape(OutboxActivity, activities)
_NOTIFICATION = Shape(Notification, notifications)
_REACTION = Shape(Reaction, reactions)

_LIMIT = bindparam("limit", type_=Integer())
_BEFORE = bindparam("before", type_=Id)
_PERSONA = bindparam("persona", type_=Id)
_LIVE = (posts.c.deleted_at.is_(None), posts.c.removed_at.is_(None))

_OWN_POSTS = (
    select(posts.c.id)
    .where(posts.c.author_id == _PERSONA, posts.c.id < _BEFORE, *_LIVE)
    .order_by(posts.c.id.desc())
    .limit(_LIMIT)
)
# What made posts and shares is written anew from them, so that it tells of them as they are now.
_SENT = (
    select(*_ACTIVITY.columns)
    .where(
        activities.c.actor_id == _PERSONA,
        activities.c.type.not_in(["Create", "Announce"]),
        activities.c.id < _BEFORE,
    )
    .order_by(activities.c.id.desc())
    .limit(_LIMIT)
)
_NEWEST_SENT = (
    select(activities.c.id, activities.c.type)
    .where(activities.c.actor_id == _PERSONA, activities.c.id > bindparam("after"))
    .order_by(activities.c.id.desc())
    .limit(_LIMIT)
)
_COPIES = (
    select(message_copies.c.message_id)
    .join_from(message_copies, messages, messages.c.id == message_copies.c.message_id)
    .where(
        message_copies.c.persona_id == _PERSONA,
        message_copies.c.message_id < _BEFORE,
        messages.c.deleted_at.is_(None),
    )
    .order_by(message_copies.c.message_id.desc())
    .limit(_LIMIT)
)
_WRITTEN = _COPIES.where(messages.c.author_id == _PERSONA)
_RECEIVED = _COPIES.where(messages.c.author_id != _PERSONA)
# Apps are not shown what is said in circles, nor who belongs to one.
_NO_CIRCLE = memberships.c.group_id.not_in(select(circles.c.id))
_PLACES = select(memberships.c.group_id).where(
    memberships.c.actor_id == _PERSONA, memberships.c.state == "accepted", _NO_CIRCLE
)
_THREADS = (
    select(posts.c.id)
    .where(
        posts.c.group_id.in_(_PLACES),
        posts.c.parent_id.is_(None),
        posts.c.author_id != _PERSONA,
        posts.c.id < _BEFORE,
        *_LIVE,
    )
    .order_by(posts.c.id.desc())
    .limit(_LIMIT)
)
_OWN_NEWS = notifications.c.persona_id == _PERSONA
_NEWS = (
    select(*_NOTIFICATION.columns)
    .where(
        _OWN_NEWS,
        notifications.c.kind.in_(bindparam("kinds", expanding=True)),
        notifications.c.id < _BEFORE,
    )
    .order_by(notifications.c.id.desc())
    .limit(_LIMIT)
)
_ONE_NEWS = select(*_NOTIFICATION.columns).where(_OWN_NEWS, notifications.c.id == bindparam("id"))
_OWN_REACTIONS = select(*_REACTION.columns).where(reactions.c.actor_id == _PERSONA)
_REACTION_BY_ID = _OWN_REACTIONS.where(reactions.c.id == bindparam("id"))
_REACTIONS = (
    _OWN_REACTIONS.where(reactions.c.id < _BEFORE).order_by(reactions.c.id.desc()).limit(_LIMIT)
)
_URIS = select(posts.c.id, posts.c.uri).where(posts.c.id.in_(bindparam("ids", expanding=True)))
_ASKED = (
    select(*MEMBERSHIP.columns)
    .where(
        memberships.c.group_id == _PERSONA,
        memberships.c.state == "pending",
        memberships.c.actor_id < _BEFORE,
    )
    .order_by(memberships.c.actor_id.desc())
    .limit(_LIMIT)
)
_BONDS = (
    select(*MEMBERSHIP.columns)
    .where(
        memberships.c.actor_id == _PERSONA,
        memberships.c.state == bindparam("state"),
        _NO_CIRCLE,
        memberships.c.group_id < _BEFORE,
    )
    .order_by(memberships.c.group_id.desc())
    .limit(_LIMIT)
)


class ClientReading:
    """Lists by persona, those below an id `before`, never more than `limit`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def own_posts(self, persona_id: int, limit: int, before: int | None) -> list[int]:
        """What it wrote, in groups and on its profile."""
        return self._ids(_OWN_POSTS, persona_id, limit, before)

    def threads(self, persona_id: int, limit: int, before: int | None) -> list[int]:
        """Threads of its groups, and what those whom it follows wrote."""
        return self._ids(_THREADS, persona_id, limit, before)

    def written(self, persona_id: int, limit: int, before: int | None) -> list[int]:
        """Private messages that it wrote and still holds."""
        return self._ids(_WRITTEN, persona_id, limit, before)

    def received(self, persona_id: int, limit: int, before: int | None) -> list[int]:
        """Private messages that it was sent and still holds."""
        return self._ids(_RECEIVED, persona_id, limit, before)

    def sent(self, persona_id: int, limit: int, before: int | None) -> list[OutboxActivity]:
        """The activities that travelled, but for those that made posts and shares."""
        rows = self._connection.execute(_SENT, _key(persona_id, limit, before))
        return [_ACTIVITY.read(row) for row in rows]

    def sent_after(self, persona_id: int, after: int, limit: int) -> list[tuple[int, str]]:
        """Id and type of the newest activities that travelled, above an id."""
        key = {"persona": persona_id, "after": after, "limit": limit}
        return [(row[0], row[1]) for row in self._connection.execute(_NEWEST_SENT, key)]

    def news(
        self, persona_id: int, kinds: Collection[str], limit: int, before: int | None
    ) -> list[Notification]:
        """What it was told of these kinds."""
        key = _key(persona_id, limit, before) | {"kinds": list(kinds)}
        return [_NOTIFICATION.read(row) for row in self._connection.execute(_NEWS, key)]

    def told(self, number: int, persona_id: int) -> Notification | None:
        """One thing that it was told."""
        key = {"id": number, "persona": persona_id}
        return _NOTIFICATION.maybe(self._connection.execute(_ONE_NEWS, key).first())

    def reaction(self, number: int, persona_id: int) -> Reaction | None:
        """A reaction of its own."""
        key = {"id": number, "persona": persona_id}
        return _REACTION.maybe(self._connection.execute(_REACTION_BY_ID, key).first())

    def reactions(self, persona_id: int, limit: int, before: int | None) -> list[Reaction]:
        """Its own reactions."""
        rows = self._connection.execute(_REACTIONS, _key(persona_id, limit, before))
        return [_REACTION.read(row) for row in rows]

    def uris(self, ids: Collection[int]) -> dict[int, str]:
        """The ids of posts on the wire, by number."""
        rows = self._connection.execute(_URIS, {"ids": list(ids)})
        return {number: uri for number, uri in rows}  # noqa: C416 a Row is no pair

    def asked(self, persona_id: int, limit: int, before: int | None) -> list[Membership]:
        """Who waits to be let follow, by falling id of the person."""
        rows = self._connection.execute(_ASKED, _key(persona_id, limit, before))
        return [MEMBERSHIP.read(row) for row in rows]

    def bonds(
        self, persona_id: int, state: str, limit: int, before: int | None
    ) -> list[Membership]:
        """The people that it follows and the groups that it belongs to, or has asked, by falling
        id."""
        key = _key(persona_id, limit, before) | {"state": state}
        return [MEMBERSHIP.read(row) for row in self._connection.execute(_BONDS, key)]

    def _ids(
        self, statement: Select[Any], persona_id: int, limit: int, before: int | None
    ) -> list[int]:
        rows = self._connection.execute(statement, _key(persona_id, limit, before))
        return list(rows.scalars())


def _key(persona_id: int, limit: int, before: int | None) -> dict[str, Any]:
    before = NEWEST if before is None else before
    return {"persona": persona_id, "limit": limit, "before": before}
