"""What the queue does not show by itself: people whose last threads found hardly an answer, and how
long a group's own threads waited. Facts only; `node.replying.rules` says what they mean.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, bindparam, false, func, select, true

from storage.again import again
from storage.seals import Seals
from storage.tables import actors, groups, memberships, personas, posts
from storage.tables.metadata import UtcTime
from storage.waiting import (
    IS_WAITING,
    NOT_HIDDEN,
    OF_OWN_GROUPS,
    OWN_PERSONAS,
    WaitingThread,
    WaitingThreads,
    Wanted,
    with_places,
)


@dataclass(frozen=True, slots=True)
class Course:
    """A thread, when it began, and when each other person first answered it, earliest first; not
    who they are."""

    thread_id: int
    began: datetime
    answered: tuple[datetime, ...]


_SINCE, _UNTIL = bindparam("since", type_=UtcTime()), bindparam("until", type_=UtcTime())
_IN_TIME = (posts.c.created_at > _SINCE, posts.c.created_at < _UNTIL)
# Of one-off names each writes one thread; who left without a name is not to be found again.
_OF_MEMBERS = (
    actors.c.is_local == true(),
    personas.c.is_one_off == false(),
    personas.c.retired_at.is_(None),
    posts.c.author_hidden == false(),
    posts.c.author_id.not_in(OWN_PERSONAS),
)
_THREADS = (
    select(posts.c.id)
    .join_from(memberships, groups, groups.c.actor_id == memberships.c.group_id)
    .join(posts, posts.c.group_id == memberships.c.group_id)
    .join(actors, actors.c.id == posts.c.author_id)
    .join(personas, personas.c.actor_id == posts.c.author_id)
    .where(*OF_OWN_GROUPS, *NOT_HIDDEN, *_IN_TIME, *_OF_MEMBERS)
)
_OFTEN = (
    _THREADS.where(*IS_WAITING)
    .with_only_columns(posts.c.author_id)
    .group_by(posts.c.author_id)
    .having(func.count() >= 2)
    .order_by(func.min(posts.c.created_at))
    .limit(bindparam("people", type_=Integer()))
)
_OF_THEM = with_places(
    _THREADS.where(
        posts.c.author_id.in_(bindparam("authors", expanding=True, type_=BigInteger())),
        posts.c.id == posts.c.thread_id,
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
    )
    .order_by(posts.c.id.desc())
    .limit(bindparam("limit", type_=Integer()))
).order_by(posts.c.created_at.desc(), posts.c.id.desc())

_replies = again(posts, "replies")
_OF_GROUP = (
    select(posts.c.id, posts.c.created_at)
    .where(
        posts.c.group_id == bindparam("group", type_=BigInteger()),
        posts.c.parent_id.is_(None),
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
        posts.c.pinned_at.is_(None),
        *_IN_TIME,
    )
    .order_by(posts.c.id.desc())
    .limit(bindparam("limit", type_=Integer()))
)
_ANSWERS = (
    select(_replies.c.thread_id, func.min(_replies.c.created_at, type_=UtcTime()))
    .join_from(posts, _replies, _replies.c.thread_id == posts.c.id)
    .where(
        posts.c.id.in_(_OF_GROUP.with_only_columns(posts.c.id).subquery().select()),
        _replies.c.parent_id.is_not(None),
        _replies.c.author_id != posts.c.author_id,
        _replies.c.deleted_at.is_(None),
        _replies.c.removed_at.is_(None),
    )
    .group_by(_replies.c.thread_id, _replies.c.author_id)
)


class UnansweredRepository:
    """Threads of members by how they were answered."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._threads = WaitingThreads(connection, seals)

    def of_members(
        self, wanted: Wanted, until: datetime, people: int, limit: int
    ) -> list[WaitingThread]:
        """Threads of up to `people` members of this node who have two or more that wait, in the
        groups of `wanted.persona_id`, newest first, the answered ones among them. Two queries."""
        key = {
            "persona": wanted.persona_id,
            "since": wanted.since,
            "until": until,
            "without": sorted(wanted.without) or [0],
            "nodes": sorted(wanted.nodes) or [""],
        }
        authors = list(self._connection.execute(_OFTEN, key | {"people": people}).scalars())
        more: dict[str, Any] = {"authors": authors or [0], "limit": limit}
        return self._threads.with_places(_OF_THEM, key | more)

    def courses(self, group_id: int, since: datetime, until: datetime, limit: int) -> list[Course]:
        """How the group's threads of that time were answered, the newest `limit`. Two queries."""
        key = {"group": group_id, "since": since, "until": until, "limit": limit}
        answered: dict[int, list[datetime]] = {}
        for thread_id, at in self._connection.execute(_ANSWERS, key):
            answered.setdefault(thread_id, []).append(at)
        return [
            Course(thread_id, began, tuple(sorted(answered.get(thread_id, ()))))
            for thread_id, began in self._connection.execute(_OF_GROUP, key)
        ]
