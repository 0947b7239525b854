"""What erasing a person takes from tables of several topics: what their actor said, its face, the
row of the account, and the question who elsewhere ever heard of them.

Everything goes in bounded batches, and what is gone already is not found again: a batch that is
repeated does no harm.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Delete, Select, bindparam, exists, or_, select, union

from storage.personal import ACCOUNT_ROWS, PERSONA_ROWS
from storage.tables import (
    accounts,
    activities,
    actors,
    deletion_deliveries,
    deliveries,
    export_chunks,
    exports,
    groups,
    memberships,
    metadata,
    peers,
    personas,
    posts,
    private_keys,
    public_keys,
    reactions,
)
from storage.tables.metadata import WAITING, Id

Inbox = tuple[str, str]
"""(authority, inbox URL)"""

_ACTOR = bindparam("actor", type_=Id)
_OWN_POSTS = select(posts.c.uri).where(posts.c.author_id == _ACTOR)
_SAID = or_(activities.c.actor_id == _ACTOR, activities.c.object_uri.in_(_OWN_POSTS))

# A Delete is kept while it is a receipt; what is under way cannot be called back.
_UNSENT = (
    deliveries.update()
    .where(
        deliveries.c.state == WAITING,
        deliveries.c.locked_until.is_(None),
        deliveries.c.activity_id.in_(
            select(activities.c.id).where(_SAID, activities.c.type != "Delete")
        ),
        ~exists().where(deletion_deliveries.c.delivery_id == deliveries.c.id),
    )
    .values(state="cancelled", finished_at=bindparam("now"))
)
_SPEAKING = (
    select(deliveries.c.id)
    .join_from(deliveries, activities, activities.c.id == deliveries.c.activity_id)
    .where(
        _SAID,
        deliveries.c.state == WAITING,
        deliveries.c.locked_until.is_not(None),
        ~exists().where(deletion_deliveries.c.delivery_id == deliveries.c.id),
    )
    .limit(1)
)
_IS_KEPT = (
    exists()
    .where(deliveries.c.activity_id == activities.c.id)
    .where(
        or_(
            deliveries.c.state == WAITING,
            exists().where(deletion_deliveries.c.delivery_id == deliveries.c.id),
        )
    )
)


def _said(mine: Any) -> Select[Any]:
    return select(activities.c.id).where(mine, ~_IS_KEPT).limit(bindparam("limit"))


_SAID_BY = _said(activities.c.actor_id == _ACTOR)
_SAID_OF = _said(activities.c.object_uri.in_(_OWN_POSTS))
_IDS = bindparam("ids", type_=Id, expanding=True)
_DROP_DELIVERIES = deliveries.delete().where(deliveries.c.activity_id.in_(_IDS))
_DROP_ACTIVITIES = activities.delete().where(activities.c.id.in_(_IDS))

_REACTIONS = reactions.delete().where(
    reactions.c.id.in_(
        select(reactions.c.id).where(reactions.c.actor_id == _ACTOR).limit(bindparam("limit"))
    )
)

_TOLD_BY = (
    select(peers.c.authority, deliveries.c.inbox)
    .join_from(activities, deliveries, deliveries.c.activity_id == activities.c.id)
    .join(peers, peers.c.id == deliveries.c.peer_id)
    .where(activities.c.actor_id == _ACTOR)
)
_TOLD_OF = (
    select(peers.c.authority, deliveries.c.inbox)
    .join_from(deliveries, peers, peers.c.id == deliveries.c.peer_id)
    .where(deliveries.c.object_uri.in_(_OWN_POSTS))
)
_TOLD = union(_TOLD_BY, _TOLD_OF)
_WROTE_IN = select(posts.c.group_id).where(posts.c.author_id == _ACTOR)
_FELT_IN = (
    select(posts.c.group_id)
    .join_from(reactions, posts, posts.c.id == reactions.c.post_id)
    .where(reactions.c.actor_id == _ACTOR)
)
_BELONGS_TO = select(memberships.c.group_id).where(memberships.c.actor_id == _ACTOR)
_PLACES = select(groups.c.actor_id).where(
    groups.c.visibility == "public",
    groups.c.actor_id.in_(union(_WROTE_IN, _FELT_IN, _BELONGS_TO).subquery().select()),
)

_BLANK_ACTOR = (
    actors.update()
    .where(actors.c.id == _ACTOR)
    .values(
        name="",
        summary="",
        summary_source=None,
        icon_url=None,
        header_url=None,
        language=None,
        gone_at=bindparam("now"),
    )
)
_DROP_PERSONA = personas.delete().where(personas.c.actor_id == bindparam("owner"))
_DROP_PUBLIC_KEYS = public_keys.delete().where(public_keys.c.actor_id == _ACTOR)
_DROP_OLD_KEYS = private_keys.delete().where(
    private_keys.c.actor_id.in_(
        select(actors.c.id)
        .where(actors.c.is_local, actors.c.gone_at < bindparam("before"))
        .limit(bindparam("limit"))
    )
)
_BLANK_ACCOUNT = (
    accounts.update()
    .where(accounts.c.id == bindparam("account"))
    .values(
        email=None,
        email_key=None,
        name="",
        name_key=bindparam("nobody"),
        password_hash="",
        role="member",
        agreed=None,
    )
)


def _rows(table: str, column: str) -> Delete:
    owned = metadata.tables[table]
    return owned.delete().where(owned.c[column] == bindparam("owner"))


_OF_ACCOUNT = (
    export_chunks.delete().where(
        export_chunks.c.export_id.in_(
            select(exports.c.id).where(exports.c.account_id == bindparam("owner"))
        )
    ),
    exports.delete().where(exports.c.account_id == bindparam("owner")),
    *(_rows(*one) for one in ACCOUNT_ROWS),
)
_OF_PERSONA = tuple(_rows(*one) for one in PERSONA_ROWS)


class ErasureRepository:
    """Takes a person out of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def forget_said(self, actor_id: int, now: datetime, limit: int) -> int:
        """Drops up to `limit` activities by an actor, or about its posts, with what is known of
        their deliveries. What waits to be sent is cancelled, what is being sent and what is a
        receipt stays. How many were dropped."""
        key = {"actor": actor_id, "limit": limit}
        self._connection.execute(_UNSENT, {"actor": actor_id, "now": now})
        return self._drop(_SAID_BY, key) or self._drop(_SAID_OF, key)

    def is_speaking(self, actor_id: int) -> bool:
        """Whether anything by the actor, or about its posts, is being sent just now."""
        return self._connection.execute(_SPEAKING, {"actor": actor_id}).first() is not None

    def forget_account_rows(self, account_id: int) -> None:
        """All that is the account's and no persona's."""
        for statement in _OF_ACCOUNT:
            self._connection.execute(statement, {"owner": account_id})

    def forget_persona_rows(self, actor_id: int) -> None:
        """What is left of a persona in tables where it has few rows, and whose it is."""
        for statement in (*_OF_PERSONA, _DROP_PERSONA):
            self._connection.execute(statement, {"owner": actor_id})

    def forget_reactions(self, actor_id: int, limit: int) -> int:
        """Drops up to `limit` reactions of the actor; how many."""
        return self._connection.execute(_REACTIONS, {"actor": actor_id, "limit": limit}).rowcount

    def told(self, actor_id: int) -> list[Inbox]:
        """Where anything by this actor, or about its posts, is known to have gone."""
        rows = self._connection.execute(_TOLD, {"actor": actor_id})
        return [(authority, inbox) for authority, inbox in rows]

    def places(self, actor_id: int) -> list[int]:
        """The public groups in which the actor wrote, felt or belongs: their actors' ids."""
        return list(self._connection.execute(_PLACES, {"actor": actor_id}).scalars())

    def blank_actor(self, actor_id: int, now: datetime) -> None:
        """Only the name of the place stays, so that nobody else ever gets it. Its private keys
        stay until other nodes were told."""
        self._connection.execute(_BLANK_ACTOR, {"actor": actor_id, "now": now})
        self._connection.execute(_DROP_PUBLIC_KEYS, {"actor": actor_id})

    def blank_account(self, account_id: int) -> None:
        """Nobody can sign in to it or find it again. The row stays for what refers to it."""
        key = {"account": account_id, "nobody": f"deleted {account_id}"}
        self._connection.execute(_BLANK_ACCOUNT, key)

    def forget_keys(self, before: datetime, limit: int) -> int:
        """Drops the private keys of personas that went before then; how many."""
        key = {"before": before, "limit": limit}
        return self._connection.execute(_DROP_OLD_KEYS, key).rowcount

    def _drop(self, found: Select[Any], key: dict[str, int]) -> int:
        ids = list(self._connection.execute(found, key).scalars())
        for statement in (_DROP_DELIVERIES, _DROP_ACTIVITIES) if ids else ():
            dropped: Delete = statement
            self._connection.execute(dropped, {"ids": ids})
        return len(ids)
