"""Who belongs to which group, or has asked to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, case, false, func, select, true
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.groups import GROUP, SELECT_GROUPS, GroupWithActor, read_group
from storage.lists import UNLIST
from storage.memo import memo_of
from storage.shapes import Shape
from storage.tables import actors, groups, memberships

MembershipState = Literal["pending", "accepted", "rejected"]
MemberRole = Literal["member", "moderator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One actor in one group. `follow_uri` is the id of the Follow that asked for it."""

    group_id: int
    actor_id: int
    state: MembershipState
    role: MemberRole
    follow_uri: str | None = None
    unlisted: bool = False
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedGroup(GroupWithActor):
    """A group and how one actor belongs to it."""

    state: MembershipState
    role: MemberRole


MEMBERSHIP = Shape(Membership, memberships)
_SELECT = select(*MEMBERSHIP.columns)
_OF_GROUP = memberships.c.group_id == bindparam("group")
_OF_PAIR = (_OF_GROUP, memberships.c.actor_id == bindparam("actor"))
_ACCEPTED = memberships.c.state == "accepted"

_GET = _SELECT.where(*_OF_PAIR)
_OF_ACTOR = _SELECT.where(memberships.c.actor_id == bindparam("actor"))
_BY_FOLLOW = _SELECT.where(memberships.c.follow_uri == bindparam("uri")).limit(1)
_INSERT = insert(memberships)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[memberships.c.group_id, memberships.c.actor_id],
    set_={name: _INSERT.excluded[name] for name in ("state", "role", "follow_uri", "changed_at")},
)
_REMOVE_ALL = memberships.delete().where(memberships.c.actor_id == bindparam("actor"))
_REMOVE = memberships.delete().where(*_OF_PAIR)
_SET_STATE = (
    memberships.update()
    .where(*_OF_PAIR)
    .values(state=bindparam("new"), changed_at=bindparam("now"))
)
_SET_ROLE = (
    memberships.update().where(*_OF_PAIR).values(role=bindparam("new"), changed_at=bindparam("now"))
)
_ACTORS = (
    select(*ACTOR.columns)
    .join_from(memberships, actors, memberships.c.actor_id == actors.c.id)
    .where(_OF_GROUP, _ACCEPTED)
    .order_by(actors.c.id)
    .limit(bindparam("limit"))
)
_MODERATORS = _ACTORS.where(memberships.c.role == "moderator")
_COUNT = select(func.count()).select_from(memberships).where(_OF_GROUP, _ACCEPTED)
_COUNT_LOCAL = (
    select(func.count())
    .select_from(memberships)
    .join(actors, memberships.c.actor_id == actors.c.id)
    .where(_OF_GROUP, _ACCEPTED, actors.c.is_local == true())
)
_GROUPS_OF = (
    SELECT_GROUPS.add_columns(memberships.c.state, memberships.c.role)
    .join(memberships, memberships.c.group_id == groups.c.actor_id)
    .where(memberships.c.actor_id == bindparam("actor"))
    .order_by(actors.c.handle_key, actors.c.id)
    .limit(bindparam("limit"))
)
_DOOR = func.coalesce(actors.c.shared_inbox, actors.c.inbox)
_FOLLOWER_INBOXES = (
    select(actors.c.authority, _DOOR)
    .join_from(memberships, actors, memberships.c.actor_id == actors.c.id)
    .where(
        _OF_GROUP,
        _ACCEPTED,
        actors.c.is_local == false(),
        actors.c.gone_at.is_(None),
        actors.c.suspended_at.is_(None),
    )
    .distinct()
)

_OTHER = memberships.alias("other")
_SHARED_SINCE = (
    select(
        func.min(
            case(
                (memberships.c.created_at > _OTHER.c.created_at, memberships.c.created_at),
                else_=_OTHER.c.created_at,
            )
        )
    )
    .select_from(memberships)
    .join(_OTHER, _OTHER.c.group_id == memberships.c.group_id)
    .join(groups, groups.c.actor_id == memberships.c.group_id)
    .where(
        groups.c.kind == "group",
        memberships.c.actor_id == bindparam("one"),
        _OTHER.c.actor_id == bindparam("other"),
        _ACCEPTED,
        _OTHER.c.state == "accepted",
    )
)


class MembershipRepository:
    """Memberships of groups, ours and others'."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._memo = memo_of(connection)

    def put(self, membership: Membership) -> None:
        """Adds the membership or replaces what was known of it, but for `created_at`."""
        self._connection.execute(_PUT, MEMBERSHIP.values(membership))

    def get(self, group_id: int, actor_id: int) -> Membership | None:
        row = self._memo.first(_GET, {"group": group_id, "actor": actor_id})
        return MEMBERSHIP.maybe(row)

    def of_actor(self, actor_id: int) -> dict[int, Membership]:
        """All memberships of an actor by their groups, in one question."""
        rows = self._connection.execute(_OF_ACTOR, {"actor": actor_id})
        return {one.group_id: one for one in map(MEMBERSHIP.read, rows)}

    def by_follow_uri(self, uri: str) -> Membership | None:
        return MEMBERSHIP.maybe(self._connection.execute(_BY_FOLLOW, {"uri": uri}).first())

    def remove(self, group_id: int, actor_id: int) -> bool:
        """False when there was none. Who is not followed any more is on no list of the actor's."""
        done = self._connection.execute(_REMOVE, {"group": group_id, "actor": actor_id})
        if done.rowcount == 0:
            return False
        self._connection.execute(UNLIST, {"persona": actor_id, "actor": group_id})
        return True

    def remove_all(self, actor_id: int) -> int:
        """End every membership of an actor that is gone; answers how many there were."""
        return self._connection.execute(_REMOVE_ALL, {"actor": actor_id}).rowcount

    def set_state(
        self, group_id: int, actor_id: int, state: MembershipState, now: datetime
    ) -> bool:
        """False when there is no such membership."""
        key = {"group": group_id, "actor": actor_id, "new": state, "now": now}
        return self._connection.execute(_SET_STATE, key).rowcount == 1

    def set_role(self, group_id: int, actor_id: int, role: MemberRole, now: datetime) -> bool:
        """False when there is no such membership."""
        key = {"group": group_id, "actor": actor_id, "new": role, "now": now}
        return self._connection.execute(_SET_ROLE, key).rowcount == 1

    def moderators(self, group_id: int, limit: int = 200) -> list[Actor]:
        """Accepted members who moderate."""
        rows = self._connection.execute(_MODERATORS, {"group": group_id, "limit": limit})
        return [ACTOR.read(row) for row in rows]

    def members(self, group_id: int, limit: int) -> list[Actor]:
        """Accepted members, moderators among them."""
        rows = self._connection.execute(_ACTORS, {"group": group_id, "limit": limit})
        return [ACTOR.read(row) for row in rows]

    def count(self, group_id: int) -> int:
        """Accepted members, near and far."""
        return int(self._connection.execute(_COUNT, {"group": group_id}).scalar_one())

    def local_followers(self, group_id: int) -> int:
        """Accepted members of this node."""
        return int(self._connection.execute(_COUNT_LOCAL, {"group": group_id}).scalar_one())

    def groups_of(self, actor_id: int, limit: int = 500) -> list[JoinedGroup]:
        """The groups that an actor belongs to or has asked to join, by name."""
        rows = self._connection.execute(_GROUPS_OF, {"actor": actor_id, "limit": limit})
        width = GROUP.width + ACTOR.width
        joined = []
        for row in rows:
            pair = read_group(row)
            joined.append(
                JoinedGroup(
                    group=pair.group, actor=pair.actor, state=row[width], role=row[width + 1]
                )
            )
        return joined

    def follower_inboxes(self, group_id: int) -> list[tuple[str, str]]:
        """Where a group's activities go: (authority, inbox) of its accepted remote members, each
        inbox once, the shared one where there is one."""
        rows = self._memo.all(_FOLLOWER_INBOXES, {"group": group_id})
        return [(authority, inbox) for authority, inbox in map(tuple, rows)]

    def shared_since(self, one: int, other: int) -> datetime | None:
        """Since when both of these actors are in a group together; None when they share none."""
        key = {"one": one, "other": other}
        found: datetime | None = self._connection.execute(_SHARED_SINCE, key).scalar()
        return found
