"""Profiles: where a person writes outside groups, and who follows whom.

A profile is a row of `groups` with the id of its person and kind 'profile'; a follow is a
membership of it. Only this repository finds profiles: those of groups never do. A profile is made
when it is first needed, also for people of other nodes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Integer, bindparam, select, true
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.memberships import MEMBERSHIP, MembershipState
from storage.memo import memo_of
from storage.shapes import NEWEST, Shape
from storage.tables import actors, groups, memberships
from storage.tables.metadata import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """`locked`: who wants to follow is asked about first."""

    actor_id: int
    is_local: bool
    locked: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ProfileWithActor:
    """A profile and whose it is."""

    profile: Profile
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What two people are to each other: how far each one's follow of the other has come."""

    following: MembershipState | None = None
    followed_by: MembershipState | None = None


_PROFILE = Shape(Profile, groups)
_IS_PROFILE = groups.c.kind == "profile"
_LIMIT = bindparam("limit", type_=Integer())
_HERE = (actors.c.gone_at.is_(None), actors.c.suspended_at.is_(None))

_GET = (
    select(*_PROFILE.columns, *ACTOR.columns)
    .join_from(groups, actors, groups.c.actor_id == actors.c.id)
    .where(_IS_PROFILE, groups.c.actor_id == bindparam("id"))
)
_MAKE = insert(groups).on_conflict_do_nothing(index_elements=[groups.c.actor_id])
_SET_LOCKED = (
    groups.update()
    .where(_IS_PROFILE, groups.c.actor_id == bindparam("profile"))
    .values(locked=bindparam("is_locked", type_=Boolean()))
)
_FOLLOWERS = (
    select(*ACTOR.columns)
    .join_from(memberships, actors, memberships.c.actor_id == actors.c.id)
    .where(
        memberships.c.group_id == bindparam("profile"),
        memberships.c.state == bindparam("state"),
        memberships.c.actor_id < bindparam("before"),
        *_HERE,
    )
    .order_by(memberships.c.actor_id.desc())
    .limit(_LIMIT)
)
_FOLLOWED = (
    select(*ACTOR.columns)
    .join_from(memberships, groups, memberships.c.group_id == groups.c.actor_id)
    .join(actors, groups.c.actor_id == actors.c.id)
    .where(
        _IS_PROFILE,
        memberships.c.actor_id == bindparam("actor"),
        memberships.c.state == bindparam("state"),
        memberships.c.group_id < bindparam("before"),
        *_HERE,
    )
    .order_by(memberships.c.group_id.desc())
    .limit(_LIMIT)
)
_FOLLOWED_IDS = (
    select(memberships.c.group_id)
    .join_from(memberships, groups, memberships.c.group_id == groups.c.actor_id)
    .where(
        _IS_PROFILE,
        memberships.c.actor_id == bindparam("actor"),
        memberships.c.state == "accepted",
    )
)
_PEOPLE = bindparam("people", type_=Id, expanding=True)
_RELATIONS = (
    select(*MEMBERSHIP.columns)
    .join_from(memberships, groups, memberships.c.group_id == groups.c.actor_id)
    .where(
        _IS_PROFILE,
        ((memberships.c.actor_id == bindparam("one")) & memberships.c.group_id.in_(_PEOPLE))
        | ((memberships.c.group_id == bindparam("one")) & memberships.c.actor_id.in_(_PEOPLE)),
    )
)

_FOLLOWED_HERE = (
    select(memberships.c.actor_id)
    .join_from(memberships, actors, memberships.c.actor_id == actors.c.id)
    .where(
        memberships.c.group_id == bindparam("profile"),
        memberships.c.state == "accepted",
        actors.c.is_local == true(),
    )
    .limit(1)
)


_FORGET_FOLLOWERS = memberships.delete().where(
    memberships.c.group_id == bindparam("profile"),
    memberships.c.group_id.in_(select(groups.c.actor_id).where(_IS_PROFILE)),
)


class ProfileRepository:
    """Profiles and follows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._memo = memo_of(connection)

    def get(self, actor_id: int) -> ProfileWithActor | None:
        row = self._memo.first(_GET, {"id": actor_id})
        if row is None:
            return None
        return ProfileWithActor(_PROFILE.read(row), ACTOR.read_after(row, _PROFILE.width))

    def ensure(self, actor: Actor, now: datetime, *, locked: bool | None = None) -> Profile:
        """The person's profile, made when there is none. Ours start locked, those of other nodes
        as their actor says (`locked`), which None leaves as it is known. ValueError for a group."""
        if actor.type == "Group":
            raise ValueError("a group has no profile")
        known = self.get(actor.id)
        if known is not None and locked in (None, known.profile.locked):
            return known.profile
        if known is not None:
            self.set_locked(actor.id, bool(locked))
            return Profile(
                actor_id=actor.id,
                is_local=known.profile.is_local,
                locked=bool(locked),
                created_at=known.profile.created_at,
            )
        made = Profile(
            actor_id=actor.id,
            is_local=actor.is_local,
            locked=actor.is_local if locked is None else locked,
            created_at=now,
        )
        self._connection.execute(_MAKE, _PROFILE.values(made) | _NO_GROUP)
        return made

    def set_locked(self, actor_id: int, locked: bool) -> None:
        """Whether follows wait to be accepted. Where there is no profile yet, nothing changes."""
        self._connection.execute(_SET_LOCKED, {"profile": actor_id, "is_locked": locked})

    def forget_followers(self, actor_id: int) -> None:
        """Nobody follows an actor any more: it is erased."""
        self._connection.execute(_FORGET_FOLLOWERS, {"profile": actor_id})

    def followers(
        self,
        profile_id: int,
        limit: int,
        before: int | None = None,
        state: MembershipState = "accepted",
    ) -> list[Actor]:
        """Who follows, or asks to with state "pending", by falling id, below id `before`."""
        key = {"profile": profile_id, "state": state, "limit": limit}
        rows = self._connection.execute(_FOLLOWERS, key | _from(before))
        return [ACTOR.read(row) for row in rows]

    def following(
        self,
        actor_id: int,
        limit: int,
        before: int | None = None,
        state: MembershipState = "accepted",
    ) -> list[Actor]:
        """The people whom an actor follows, or has asked, by falling id, below id `before`."""
        key = {"actor": actor_id, "state": state, "limit": limit}
        rows = self._connection.execute(_FOLLOWED, key | _from(before))
        return [ACTOR.read(row) for row in rows]

    def following_ids(self, actor_id: int) -> frozenset[int]:
        """The people whom an actor follows. One query, however often a transaction asks."""
        rows = self._memo.all(_FOLLOWED_IDS, {"actor": actor_id})
        return frozenset(row[0] for row in rows)

    def is_followed_here(self, actor_id: int) -> bool:
        """Whether anybody of this node follows the person."""
        return self._memo.first(_FOLLOWED_HERE, {"profile": actor_id}) is not None

    def relations(self, actor_id: int, people: Iterable[int]) -> dict[int, Relation]:
        """What an actor and each of these people are to each other; those without any left out."""
        found: dict[int, dict[str, MembershipState]] = {}
        key = {"one": actor_id, "people": list(people)}
        for row in map(MEMBERSHIP.read, self._connection.execute(_RELATIONS, key)):
            is_own = row.actor_id == actor_id
            other = row.group_id if is_own else row.actor_id
            way = "following" if is_own else "followed_by"
            found.setdefault(other, {})[way] = row.state
        return {other: Relation(**ways) for other, ways in found.items()}


_NO_GROUP: dict[str, Any] = {
    "kind": "profile",
    # What is nearest to a profile for whatever would take it for a group: nobody gets in.
    "visibility": "private",
    "guidelines": "",
    "join_policy": "invitation",
    "allows_anonymous": False,
    "reply_policy": "members",
    "posting_policy": "moderators",
}


def _from(before: int | None) -> dict[str, int]:
    return {"before": NEWEST if before is None else before}
