"""Who may not come back into a group.

A ban names one persona. It holds for every persona of the same account, but nobody is told so: the
account is a number that only the question "may this one come in?" reads.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.tables import actors, group_bans, personas

_ADD = insert(group_bans).on_conflict_do_nothing(
    index_elements=[group_bans.c.group_id, group_bans.c.actor_id]
)
_REMOVE = group_bans.delete().where(
    group_bans.c.group_id == bindparam("group"), group_bans.c.actor_id == bindparam("actor")
)
_ACCOUNT = (
    select(personas.c.account_id).where(personas.c.actor_id == bindparam("actor")).scalar_subquery()
)
_HOLDS = (
    select(group_bans.c.actor_id)
    .where(
        group_bans.c.group_id == bindparam("group"),
        or_(group_bans.c.actor_id == bindparam("actor"), group_bans.c.account_id == _ACCOUNT),
    )
    .limit(1)
)
_LIST = (
    select(*ACTOR.columns)
    .join_from(group_bans, actors, group_bans.c.actor_id == actors.c.id)
    .where(group_bans.c.group_id == bindparam("group"))
    .order_by(actors.c.handle_key, actors.c.id)
    .limit(bindparam("limit"))
)


class GroupBanRepository:
    """Bans of groups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, group_id: int, actor_id: int, account_id: int | None, now: datetime) -> None:
        """Keep a persona out, and silently the account behind it. Twice changes nothing."""
        self._connection.execute(
            _ADD,
            {
                "group_id": group_id,
                "actor_id": actor_id,
                "account_id": account_id,
                "created_at": now,
            },
        )

    def holds(self, group_id: int, actor_id: int) -> bool:
        """Whether this persona may not come in."""
        key = {"group": group_id, "actor": actor_id}
        return self._connection.execute(_HOLDS, key).first() is not None

    def named(self, group_id: int, limit: int) -> list[Actor]:
        """The personas that moderators named, and none of their others."""
        rows = self._connection.execute(_LIST, {"group": group_id, "limit": limit})
        return [ACTOR.read(row) for row in rows]

    def remove(self, group_id: int, actor_id: int) -> bool:
        """Let them come back. False when there was no such ban."""
        key = {"group": group_id, "actor": actor_id}
        return self._connection.execute(_REMOVE, key).rowcount == 1
