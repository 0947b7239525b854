"""What was handed on: each thread by its group, and what people boosted.

A share has an id from the same source as posts and messages have theirs, so that a list can hold
all three in the order in which they came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Integer, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.events import notes_of
from storage.shapes import NEWEST, Shape
from storage.tables import actors, shares
from storage.tables.metadata import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`actor_id`, a group or a person, handed a post on. `uri` is the id of the Announce, where
    there was one."""

    id: int
    actor_id: int
    post_id: int
    uri: str | None = None
    created_at: datetime


SHARE = Shape(Share, shares)
_SELECT = select(*SHARE.columns)
_PAIR = (shares.c.actor_id == bindparam("actor"), shares.c.post_id == bindparam("post"))
_IDS = bindparam("ids", type_=Id, expanding=True)
_LIMIT = bindparam("limit", type_=Integer())
_BEFORE = shares.c.id < bindparam("before")

_ADD = (
    insert(shares)
    .on_conflict_do_nothing(index_elements=[shares.c.actor_id, shares.c.post_id])
    .returning(shares.c.id)
)
_GET_MANY = _SELECT.where(shares.c.id.in_(_IDS))
_OF_PAIR = _SELECT.where(*_PAIR)
_BY_URI = _SELECT.where(shares.c.uri == bindparam("uri")).limit(1)
_SET_URI = shares.update().where(shares.c.id == bindparam("share")).values(uri=bindparam("new_uri"))
_REMOVE = delete(shares).where(*_PAIR).returning(shares.c.id)
_OF_POSTS = _SELECT.where(shares.c.post_id.in_(_IDS))
_OF_ACTOR = select(shares.c.post_id, shares.c.id).where(
    shares.c.post_id.in_(_IDS), shares.c.actor_id == bindparam("actor")
)
_BY = (
    _SELECT.where(shares.c.actor_id == bindparam("actor"), _BEFORE)
    .order_by(shares.c.id.desc())
    .limit(_LIMIT)
)
_SHARERS = (
    select(shares.c.id, *ACTOR.columns)
    .join_from(shares, actors, shares.c.actor_id == actors.c.id)
    .where(
        shares.c.post_id == bindparam("post"),
        _BEFORE,
        actors.c.type != "Group",
        actors.c.gone_at.is_(None),
        actors.c.suspended_at.is_(None),
    )
    .order_by(shares.c.id.desc())
    .limit(_LIMIT)
)
_DROP_SOME = delete(shares).where(
    shares.c.id.in_(
        select(shares.c.id).where(shares.c.actor_id == bindparam("actor")).limit(_LIMIT)
    )
)


class ShareRepository:
    """Shares by id, by who made them, and by post."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._notes = notes_of(connection)

    def add(self, share: Share) -> bool:
        """False when the actor shared the post before; then nothing changes."""
        if self._connection.execute(_ADD, SHARE.values(share)).first() is None:
            return False
        self._notes.add("share", share.id, share.actor_id, share.post_id)
        return True

    def get(self, share_id: int) -> Share | None:
        return self.get_many([share_id]).get(share_id)

    def get_many(self, ids: Iterable[int]) -> dict[int, Share]:
        """Those that exist, by id."""
        rows = self._connection.execute(_GET_MANY, {"ids": list(ids)})
        return {share.id: share for share in map(SHARE.read, rows)}

    def of(self, actor_id: int, post_id: int) -> Share | None:
        """The share of one post by one actor."""
        key = {"actor": actor_id, "post": post_id}
        return SHARE.maybe(self._connection.execute(_OF_PAIR, key).first())

    def of_posts(self, post_ids: Iterable[int]) -> list[Share]:
        """Every share of these posts."""
        rows = self._connection.execute(_OF_POSTS, {"ids": list(post_ids)})
        return [SHARE.read(row) for row in rows]

    def by_uri(self, uri: str) -> Share | None:
        """The share that an Announce made."""
        return SHARE.maybe(self._connection.execute(_BY_URI, {"uri": uri}).first())

    def set_uri(self, share_id: int, uri: str) -> None:
        """Note under which id the share was announced."""
        self._connection.execute(_SET_URI, {"share": share_id, "new_uri": uri})

    def remove(self, actor_id: int, post_id: int) -> bool:
        """False when there was none."""
        key = {"actor": actor_id, "post": post_id}
        share_id = self._connection.execute(_REMOVE, key).scalar()
        if share_id is None:
            return False
        self._notes.add("unshare", share_id, actor_id, post_id)
        return True

    def shared_by(self, actor_id: int, post_ids: Iterable[int]) -> dict[int, int]:
        """The id of the actor's share, for those of the posts that it shared."""
        rows = self._connection.execute(_OF_ACTOR, {"actor": actor_id, "ids": list(post_ids)})
        return {post_id: share_id for post_id, share_id in rows}  # noqa: C416 a Row is no pair

    def by(self, actor_id: int, limit: int, before: int | None = None) -> list[Share]:
        """What an actor shared, newest first, below id `before`."""
        key = {"actor": actor_id, "before": NEWEST if before is None else before, "limit": limit}
        rows = self._connection.execute(_BY, key)
        return [SHARE.read(row) for row in rows]

    def sharers(self, post_id: int, limit: int, before: int | None = None) -> dict[int, Actor]:
        """The people who shared a post by the id of their share, newest first, below `before`."""
        key = {"post": post_id, "before": NEWEST if before is None else before, "limit": limit}
        rows = self._connection.execute(_SHARERS, key)
        return {row[0]: ACTOR.read_after(row, 1) for row in rows}

    def forget_some(self, actor_id: int, limit: int) -> int:
        """Drops up to `limit` shares of an actor that is erased; how many."""
        return self._connection.execute(_DROP_SOME, {"actor": actor_id, "limit": limit}).rowcount
