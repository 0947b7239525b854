"""Threads that still wait: fewer than two others have answered them."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Integer, bindparam, func, select

from storage.actors import ACTOR
from storage.post_record import POST, PostView
from storage.posts import PostRepository
from storage.tables import actors, memberships, posts
from storage.tables.metadata import UtcTime

ENOUGH: Final = 2
"""So many others who answered, and a thread waits no longer."""

_replies = posts.alias("replies")
_REPLIERS = (
    select(func.count(func.distinct(_replies.c.author_id)))
    .where(
        _replies.c.thread_id == posts.c.id,
        _replies.c.parent_id.is_not(None),
        _replies.c.author_id != posts.c.author_id,
        _replies.c.deleted_at.is_(None),
        _replies.c.removed_at.is_(None),
    )
    .correlate(posts)
    .scalar_subquery()
)
_WAITING = (
    select(*POST.columns, *ACTOR.columns)
    .join_from(posts, actors, posts.c.author_id == actors.c.id)
    .join(memberships, memberships.c.group_id == posts.c.group_id)
    .where(
        memberships.c.actor_id == bindparam("persona", type_=BigInteger()),
        memberships.c.state == "accepted",
        posts.c.parent_id.is_(None),
        posts.c.id > bindparam("after", type_=BigInteger()),
        posts.c.created_at > bindparam("since", type_=UtcTime()),
        posts.c.author_id != bindparam("persona", type_=BigInteger()),
        posts.c.author_id.not_in(bindparam("without", expanding=True)),
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
        posts.c.locked_at.is_(None),
        _REPLIERS < ENOUGH,
    )
    .order_by(posts.c.id)
    .limit(bindparam("limit", type_=Integer()))
)


class WaitingThreads(PostRepository):
    """Reads of threads that wait for an answer."""

    def for_persona(
        self,
        persona_id: int,
        since: datetime,
        limit: int,
        after: int = 0,
        without: Collection[int] = (),
    ) -> list[PostView]:
        """Threads of the persona's groups since then, the longest waits first, those above the id
        `after`; none of its own, of the authors `without`, or locked."""
        parameters = {
            "persona": persona_id,
            "since": since,
            "limit": limit,
            "after": after,
            # An empty list would be another statement.
            "without": sorted(without) or [0],
        }
        return self._views(_WAITING, parameters)
