"""What stands on profiles: whom it names, and what decides who may read it.

The words of a post are opened for a reader only when `node.visibility` has judged its `Sight`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, exists, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.again import again
from storage.post_record import POST, Audience, Post
from storage.sealed_posts import PostSeals
from storage.seals import Seals
from storage.shapes import NEWEST
from storage.tables import actors, memberships, mentions, posts
from storage.tables.metadata import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What decides whether one reader may read a post (`node.visibility`), without a word of it."""

    post_id: int
    author_id: int
    audience: Audience
    thread_author_id: int
    thread_audience: Audience
    follows_author: bool
    follows_thread_author: bool
    is_named: bool
    is_named_in_thread: bool


_LIMIT = bindparam("limit", type_=Integer())
_threads = again(posts, "threads")
_READER = bindparam("reader", type_=Id)


def _follows(person: Any) -> Any:
    follow = memberships.alias()
    return exists().where(
        follow.c.group_id == person,
        follow.c.actor_id == _READER,
        follow.c.state == "accepted",
    )


def _named_in(post_id: Any) -> Any:
    name = mentions.alias()
    return exists().where(name.c.post_id == post_id, name.c.actor_id == _READER)


_SIGHTS = (
    select(
        posts.c.id,
        posts.c.author_id,
        posts.c.audience,
        _threads.c.author_id,
        _threads.c.audience,
        _follows(posts.c.author_id),
        _follows(_threads.c.author_id),
        _named_in(posts.c.id),
        _named_in(_threads.c.id),
    )
    .join_from(posts, _threads, posts.c.thread_id == _threads.c.id)
    .where(posts.c.id.in_(bindparam("ids", expanding=True)))
)
_NAME = insert(mentions).on_conflict_do_nothing()
_UNNAME = mentions.delete().where(mentions.c.post_id == bindparam("post"))
_NAMED = (
    select(mentions.c.post_id, *ACTOR.columns)
    .join_from(mentions, actors, mentions.c.actor_id == actors.c.id)
    .where(mentions.c.post_id.in_(bindparam("ids", expanding=True)))
    .order_by(mentions.c.post_id, mentions.c.actor_id)
)
_LATEST = (
    select(*POST.columns)
    .where(
        posts.c.group_id == bindparam("profile"),
        posts.c.author_id == bindparam("profile"),
        posts.c.audience.in_(bindparam("audiences", expanding=True)),
        posts.c.id < bindparam("before"),
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
    )
    .order_by(posts.c.id.desc())
    .limit(_LIMIT)
)


class ProfilePosts:
    """Posts outside groups."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = PostSeals(connection, seals)

    def sights(self, post_ids: Iterable[int], reader_id: int | None) -> dict[int, Sight]:
        """For each of these posts what decides whether the reader (None: a visitor) may read it.
        One query."""
        key = {"ids": list(post_ids), "reader": 0 if reader_id is None else reader_id}
        names = Sight.__dataclass_fields__
        rows = self._connection.execute(_SIGHTS, key)
        return {row[0]: Sight(**dict(zip(names, row, strict=True))) for row in rows}

    def name(self, post_id: int, people: Iterable[int]) -> None:
        """Remember whom a post names, in place of whom it named before."""
        self._connection.execute(_UNNAME, {"post": post_id})
        rows = [{"post_id": post_id, "actor_id": one} for one in dict.fromkeys(people)]
        if rows:
            self._connection.execute(_NAME, rows)

    def named(self, post_ids: Iterable[int]) -> dict[int, list[Actor]]:
        """The people whom these posts name, for those that name any."""
        found: dict[int, list[Actor]] = {}
        for row in self._connection.execute(_NAMED, {"ids": list(post_ids)}):
            found.setdefault(row[0], []).append(ACTOR.read_after(row, 1))
        return found

    def latest(
        self,
        profile_id: int,
        audiences: Iterable[Audience],
        limit: int,
        before: int | None = None,
    ) -> list[Post]:
        """What stands on a profile for these audiences, newest first, below id `before`; answers
        to others among it."""
        key = {"profile": profile_id, "audiences": list(audiences), "limit": limit}
        key["before"] = NEWEST if before is None else before
        rows = self._connection.execute(_LATEST, key)
        return self._seals.opened([POST.read(row) for row in rows])
