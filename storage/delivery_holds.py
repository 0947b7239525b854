"""Posts that wait here before other nodes hear of them: new ones ("create"), other words for one
that they know ("update"), and what somebody elsewhere wrote in a group of ours ("announce").

One row for each post. What leaves in the end is the post as it is then, so that words which were
taken out while it waited have never been sent. The reasons are a life cycle in
`node/safety/hold_rules.py`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Text, bindparam, exists, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import delivery_holds, posts
from storage.tables.metadata import UtcTime

HoldAct = Literal["create", "update", "announce"]
HoldReason = Literal["risk", "first", "pause", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryHold:
    """Why a post waits. `release_at` counts once the reason is "pause"."""

    post_id: int
    author_id: int
    act: HoldAct
    reason: HoldReason
    release_at: datetime
    created_at: datetime


_HOLD = Shape(DeliveryHold, delivery_holds)
_SELECT = select(*_HOLD.columns)
_INSERT = insert(delivery_holds)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[delivery_holds.c.post_id],
    set_={name: _INSERT.excluded[name] for name in ("act", "reason", "release_at")},
)
_THIS = delivery_holds.c.post_id == bindparam("post")
_GET = _SELECT.where(_THIS)
_DROP = delivery_holds.delete().where(_THIS)
_OF_POSTS = _SELECT.where(delivery_holds.c.post_id.in_(bindparam("posts", expanding=True)))

# Written into the statement: the planner must see the condition of the index.
_IS_PAUSE = delivery_holds.c.reason == literal_column("'pause'", Text)
_NOW = bindparam("now", type_=UtcTime())
_above = delivery_holds.alias("above")
_ANSWERS_WHAT_WAITS = exists().where(
    _above.c.post_id == posts.c.parent_id, _above.c.act != literal_column("'update'", Text)
)
_DUE = (
    _SELECT.join_from(delivery_holds, posts, posts.c.id == delivery_holds.c.post_id)
    .where(
        _IS_PAUSE,
        delivery_holds.c.release_at <= _NOW,
        posts.c.removed_at.is_(None),
        ~_ANSWERS_WHAT_WAITS,
    )
    .order_by(delivery_holds.c.post_id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=delivery_holds)
)
_NEXT_DUE = select(func.min(delivery_holds.c.release_at)).where(
    _IS_PAUSE, delivery_holds.c.release_at > _NOW
)
_FOR_PEOPLE = (
    _SELECT.where(delivery_holds.c.reason == literal_column("'first'", Text))
    .order_by(delivery_holds.c.created_at, delivery_holds.c.post_id)
    .limit(bindparam("limit"))
)
_OF_AUTHOR = (
    _SELECT.where(delivery_holds.c.author_id == bindparam("author"))
    .order_by(delivery_holds.c.post_id.desc())
    .limit(bindparam("limit"))
)
_SENT = (
    select(posts.c.id)
    .where(
        posts.c.author_id.in_(bindparam("authors", expanding=True)), posts.c.create_uri.is_not(None)
    )
    .limit(bindparam("limit"))
)


class DeliveryHoldRepository:
    """What waits, by post."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, hold: DeliveryHold) -> None:
        """Keeps a hold, or another reason for it; since when it waits stays."""
        self._connection.execute(_PUT, _HOLD.values(hold))

    def get(self, post_id: int) -> DeliveryHold | None:
        return _HOLD.maybe(self._connection.execute(_GET, {"post": post_id}).first())

    def drop(self, post_id: int) -> None:
        """The post waits no more: it has gone out, or never will."""
        self._connection.execute(_DROP, {"post": post_id})

    def of_posts(self, post_ids: Collection[int]) -> dict[int, DeliveryHold]:
        """Those of the posts that wait, by post."""
        if not post_ids:
            return {}
        found = self._connection.execute(_OF_POSTS, {"posts": list(post_ids)})
        return {hold.post_id: hold for hold in map(_HOLD.read, found)}

    def due(self, now: datetime, limit: int) -> list[DeliveryHold]:
        """Those that may go now, the oldest post first; an answer not before what it answers, and
        nothing that a moderator took out of sight. Locked until the transaction ends."""
        found = self._connection.execute(_DUE, {"now": now, "limit": limit})
        return [_HOLD.read(row) for row in found]

    def next_due(self, now: datetime) -> datetime | None:
        """When, after now, the next pause ends."""
        due: datetime | None = self._connection.execute(_NEXT_DUE, {"now": now}).scalar()
        return due

    def first_posts(self, limit: int) -> list[DeliveryHold]:
        """First posts that wait for a person, the longest wait first."""
        return [_HOLD.read(row) for row in self._connection.execute(_FOR_PEOPLE, {"limit": limit})]

    def of_author(self, author_id: int, limit: int) -> list[DeliveryHold]:
        """What waits of one author, the newest first."""
        found = self._connection.execute(_OF_AUTHOR, {"author": author_id, "limit": limit})
        return [_HOLD.read(row) for row in found]

    def sent_by(self, authors: Collection[int], limit: int) -> int:
        """How many posts of these authors have gone out, at most `limit`."""
        found = self._connection.execute(_SENT, {"authors": list(authors), "limit": limit})
        return len(found.all())
