"""Groups, ours and those of other nodes, each with its actor.

The table also holds the profiles of people (`storage.profiles`) and the places where circles talk
(`storage.circles`). No statement here finds them but the one of `place`, so that nothing which is
made for groups ever meets one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, and_, bindparam, exists, false, or_, select, true

from storage.actors import ACTOR, Actor
from storage.memo import memo_of
from storage.shapes import NEWEST, Shape
from storage.tables import actors, groups, memberships

Visibility = Literal["public", "local", "private"]
ReplyPolicy = Literal["members", "anyone"]
PostingPolicy = Literal["members", "moderators"]
JoinPolicy = Literal["open", "approval", "invitation"]
PlaceKind = Literal["group", "profile", "circle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a group has beside its actor's profile. `guidelines` are Markdown.

    `host_id` is the moderator who answers for the group. `left_public_at` is when it went from
    public to local or private: what was written before then was sent to other nodes.
    """

    actor_id: int
    visibility: Visibility
    is_local: bool
    guidelines: str
    created_by: int | None = None
    host_id: int | None = None
    join_policy: JoinPolicy = "open"
    allows_anonymous: bool = False
    reply_policy: ReplyPolicy
    posting_policy: PostingPolicy
    backfilled_at: datetime | None = None
    archived_at: datetime | None = None
    left_public_at: datetime | None = None
    created_at: datetime
    kind: PlaceKind = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWithActor:
    """A group and the actor that speaks for it."""

    group: Group
    actor: Actor


GROUP = Shape(Group, groups)
_SELECT_PLACES = select(*GROUP.columns, *ACTOR.columns).join_from(
    groups, actors, groups.c.actor_id == actors.c.id
)
SELECT_GROUPS = _SELECT_PLACES.where(groups.c.kind == "group")
GET_PLACE = _SELECT_PLACES.where(
    groups.c.kind.in_(["group", "circle"]), groups.c.actor_id == bindparam("id")
)

_CHANGEABLE = {
    "visibility",
    "guidelines",
    "reply_policy",
    "posting_policy",
    "join_policy",
    "allows_anonymous",
    "host_id",
    "archived_at",
    "left_public_at",
}

_GET_GROUP = SELECT_GROUPS.where(groups.c.actor_id == bindparam("id"))
_BY_URI = SELECT_GROUPS.where(actors.c.uri == bindparam("uri"))
_BY_HANDLE = (
    SELECT_GROUPS.where(
        actors.c.authority == bindparam("authority"), actors.c.handle_key == bindparam("handle")
    )
    .order_by(actors.c.gone_at.is_not(None), actors.c.id.desc())
    .limit(1)
)
_LOCAL = (
    SELECT_GROUPS.where(
        groups.c.is_local == true(),
        groups.c.actor_id < bindparam("before"),
        groups.c.visibility.in_(bindparam("visibilities", expanding=True)),
    )
    .order_by(groups.c.actor_id.desc())
    .limit(bindparam("limit"))
)
_REMOTE = (
    SELECT_GROUPS.where(groups.c.is_local == false())
    .order_by(groups.c.actor_id.desc())
    .limit(bindparam("limit"))
)
_SET_BACKFILLED = (
    groups.update()
    .where(groups.c.actor_id == bindparam("group"))
    .values(backfilled_at=bindparam("now"))
)

_members = memberships.alias("members")
_member_actors = actors.alias("member_actors")
_IS_MEMBER = exists().where(
    _members.c.group_id == groups.c.actor_id,
    _members.c.actor_id == bindparam("persona"),
    _members.c.state == "accepted",
)
_FOLLOWED_FROM_HERE = exists(
    select(_members.c.actor_id)
    .join(_member_actors, _member_actors.c.id == _members.c.actor_id)
    .where(
        _members.c.group_id == groups.c.actor_id,
        _members.c.state == "accepted",
        _member_actors.c.is_local == true(),
    )
)
_VISIBLE_TO_ALL = groups.c.visibility == "public"
_VISIBLE_TO_THE_HOUSE = groups.c.visibility.in_(["public", "local"])
_OURS_OR_FOLLOWED = or_(groups.c.is_local == true(), _FOLLOWED_FROM_HERE)
_BY_NAME = SELECT_GROUPS.where(actors.c.gone_at.is_(None)).order_by(
    groups.c.is_local.desc(), actors.c.handle_key, groups.c.actor_id
)
_FOR_VISITORS = _BY_NAME.where(_VISIBLE_TO_ALL, _OURS_OR_FOLLOWED).limit(bindparam("limit"))
_FOR_PERSONA = _BY_NAME.where(
    or_(and_(_VISIBLE_TO_THE_HOUSE, _OURS_OR_FOLLOWED), _IS_MEMBER)
).limit(bindparam("limit"))


class GroupRepository:
    """Groups by id, uri and handle, and the lists of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._memo = memo_of(connection)

    def add(self, group: Group) -> None:
        """The group's actor must be there (NotThere). AlreadyThere when it is a group already."""
        self._connection.execute(groups.insert(), GROUP.values(group))

    def get(self, actor_id: int) -> GroupWithActor | None:
        return self._one(_GET_GROUP, {"id": actor_id})

    def place(self, actor_id: int) -> GroupWithActor | None:
        """The group or the circle whose posts stand there: for what is done to a post by whoever
        may read it. Everything else asks for groups."""
        return self._one(GET_PLACE, {"id": actor_id})

    def by_uri(self, uri: str) -> GroupWithActor | None:
        return self._one(_BY_URI, {"uri": uri})

    def by_handle(self, handle: str, authority: str) -> GroupWithActor | None:
        """The group `!handle@authority`, whatever the case of either."""
        key = {"handle": handle.lower(), "authority": authority.lower()}
        return self._one(_BY_HANDLE, key)

    def local_list(
        self,
        limit: int,
        before: int | None = None,
        visibilities: Sequence[Visibility] = ("public",),
    ) -> list[GroupWithActor]:
        """Our groups, newest first, those below id `before`. Without `visibilities` only public
        ones, so that a list of others is always asked for in so many words."""
        return self._list(
            _LOCAL,
            {
                "limit": limit,
                "before": NEWEST if before is None else before,
                "visibilities": list(visibilities),
            },
        )

    def known_remote(self, limit: int) -> list[GroupWithActor]:
        """Groups of other nodes that we have met, newest first."""
        return self._list(_REMOTE, {"limit": limit})

    def list_for(self, persona_id: int | None, limit: int) -> list[GroupWithActor]:
        """The groups that a persona may see listed, ours first, by name: public and local ones,
        private ones that it belongs to, and remote ones that somebody here follows. A visitor
        (None) sees the public ones."""
        if persona_id is None:
            return self._list(_FOR_VISITORS, {"limit": limit})
        return self._list(_FOR_PERSONA, {"limit": limit, "persona": persona_id})

    def update(self, actor_id: int, **changes: Any) -> None:
        """Sets what is in `_CHANGEABLE`, such as `visibility`; ValueError for anything else."""
        if unknown := changes.keys() - _CHANGEABLE:
            raise ValueError(f"cannot be changed: {', '.join(sorted(unknown))}")
        self._connection.execute(
            groups.update().where(groups.c.actor_id == actor_id).values(**changes)
        )

    def set_backfilled(self, actor_id: int, now: datetime) -> None:
        self._connection.execute(_SET_BACKFILLED, {"group": actor_id, "now": now})

    def _one(self, statement: Any, parameters: dict[str, Any]) -> GroupWithActor | None:
        row = self._memo.first(statement, parameters)
        return None if row is None else read_group(row)

    def _list(self, statement: Any, parameters: dict[str, Any]) -> list[GroupWithActor]:
        return [read_group(row) for row in self._connection.execute(statement, parameters)]


def read_group(row: Sequence[Any]) -> GroupWithActor:
    """The group in a row of `SELECT_GROUPS`."""
    return GroupWithActor(group=GROUP.read(row), actor=ACTOR.read_after(row, GROUP.width))
