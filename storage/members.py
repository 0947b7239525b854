"""Lists of a group's members, for those who belong to it: page by page, by handle."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, Text, bindparam, false, select, true, tuple_

from storage.actors import ACTOR, Actor
from storage.memberships import MEMBERSHIP, Membership
from storage.tables import actors, memberships

Place = tuple[str, int]
"""Where a page of members starts: after (handle in small letters, id)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An accepted member and how it belongs."""

    actor: Actor
    membership: Membership


_MEMBERS = (
    select(*ACTOR.columns, *MEMBERSHIP.columns)
    .join_from(memberships, actors, memberships.c.actor_id == actors.c.id)
    .where(
        memberships.c.group_id == bindparam("group"),
        memberships.c.state == "accepted",
        actors.c.is_local == true(),
        actors.c.gone_at.is_(None),
        tuple_(actors.c.handle_key, actors.c.id)
        > tuple_(bindparam("handle", type_=Text()), bindparam("after", type_=BigInteger())),
    )
    .order_by(actors.c.handle_key, actors.c.id)
    .limit(bindparam("limit"))
)
_ONE = (
    select(*ACTOR.columns, *MEMBERSHIP.columns)
    .join_from(memberships, actors, memberships.c.actor_id == actors.c.id)
    .where(
        memberships.c.group_id == bindparam("group"),
        memberships.c.actor_id == bindparam("actor"),
        memberships.c.state == "accepted",
    )
)
_SET_UNLISTED = (
    memberships.update()
    .where(
        memberships.c.group_id == bindparam("group"), memberships.c.actor_id == bindparam("actor")
    )
    .values(unlisted=bindparam("is_unlisted"))
)
_DROP_REMOTE = memberships.delete().where(
    memberships.c.group_id == bindparam("group"),
    memberships.c.actor_id.in_(select(actors.c.id).where(actors.c.is_local == false())),
)


class MemberRepository:
    """Members of this node in one group."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self, group_id: int, limit: int, after: Place = ("", 0)) -> list[Member]:
        """Members of this node by handle, those who do not want to be listed among them."""
        key = {"group": group_id, "limit": limit, "handle": after[0], "after": after[1]}
        return [
            Member(actor=ACTOR.read(row), membership=MEMBERSHIP.read_after(row, ACTOR.width))
            for row in self._connection.execute(_MEMBERS, key)
        ]

    def get(self, group_id: int, actor_id: int) -> Member | None:
        """One accepted member, from wherever."""
        row = self._connection.execute(_ONE, {"group": group_id, "actor": actor_id}).first()
        if row is None:
            return None
        return Member(actor=ACTOR.read(row), membership=MEMBERSHIP.read_after(row, ACTOR.width))

    def set_unlisted(self, group_id: int, actor_id: int, unlisted: bool) -> None:
        """Whether the list of members leaves this one out."""
        key = {"group": group_id, "actor": actor_id, "is_unlisted": unlisted}
        self._connection.execute(_SET_UNLISTED, key)

    def drop_remote(self, group_id: int) -> int:
        """End the memberships of all who are not of this node; how many there were."""
        return self._connection.execute(_DROP_REMOTE, {"group": group_id}).rowcount
