"""What it takes to show many posts at once: where they stand, for whom that place is open, and the
words of those that may be read. Each question is one statement, however many posts it is about.

Whether somebody may read is decided in `node/visibility.py`; nothing here opens a word before.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, bindparam, func, or_, select, union_all

from storage.actors import ACTOR, Actor
from storage.again import again
from storage.groups import GROUP, Group
from storage.memberships import MEMBERSHIP, Membership
from storage.post_record import POST, Audience, Post
from storage.sealed_posts import PostSeals
from storage.seals import Seals
from storage.tables import (
    actors,
    circles,
    detail_folds,
    groups,
    memberships,
    posts,
    veils,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a post stands and whose it is, without a word of it. What is said of a parent is None
    for a thread. `is_folded`: until a person has looked, it is for its author and the team."""

    id: int
    group_id: int
    thread_id: int
    parent_id: int | None
    author_id: int
    author_hidden: bool
    audience: Audience
    is_gone: bool
    is_folded: bool
    thread_author_id: int
    parent_author_id: int | None
    parent_author_hidden: bool
    parent_is_gone: bool


@dataclass(frozen=True, slots=True)
class PlaceOfPosts:
    """A group, or the profile of a person, with the actor that it is. `locked` says that who wants
    to follow a person is asked about first."""

    group: Group
    actor: Actor
    is_profile: bool
    locked: bool


@dataclass(frozen=True, slots=True)
class Twig:
    """A post in the tree of its thread, without a word of it."""

    id: int
    parent_id: int | None


_threads = again(posts, "threads")
_parents = again(posts, "parents")
_VEILED = (
    select(veils.c.post_id)
    .where(veils.c.post_id == posts.c.id, veils.c.lifted_at.is_(None))
    .correlate(posts)
    .scalar_subquery()
)
_FOLDED = (
    select(detail_folds.c.post_id)
    .where(detail_folds.c.post_id == posts.c.id, detail_folds.c.cleared_at.is_(None))
    .correlate(posts)
    .scalar_subquery()
)
_STANDING = (
    select(
        posts.c.id,
        posts.c.group_id,
        posts.c.thread_id,
        posts.c.parent_id,
        posts.c.author_id,
        posts.c.author_hidden,
        posts.c.audience,
        posts.c.deleted_at,
        posts.c.removed_at,
        _VEILED.label("veiled"),
        _FOLDED.label("folded"),
        _threads.c.author_id.label("thread_author_id"),
        _parents.c.author_id.label("parent_author_id"),
        _parents.c.author_hidden.label("parent_author_hidden"),
        _parents.c.deleted_at.label("parent_deleted_at"),
        _parents.c.removed_at.label("parent_removed_at"),
    )
    .join_from(posts, _threads, posts.c.thread_id == _threads.c.id)
    .outerjoin(_parents, posts.c.parent_id == _parents.c.id)
    .where(posts.c.id.in_(bindparam("ids", expanding=True)))
)
_PLACES = (
    select(*GROUP.columns, *ACTOR.columns, groups.c.locked)
    .join_from(groups, actors, groups.c.actor_id == actors.c.id)
    # What is said in a circle is read on the pages of its node, and in no app.
    .where(groups.c.kind != "circle", groups.c.actor_id.in_(bindparam("ids", expanding=True)))
)
_MEMBERSHIPS = select(*MEMBERSHIP.columns).where(
    memberships.c.actor_id == bindparam("reader"),
    memberships.c.group_id.in_(bindparam("ids", expanding=True)),
)
_FOLLOWING = (
    select(func.count())
    .select_from(memberships)
    .where(
        memberships.c.actor_id == bindparam("actor"),
        memberships.c.state == "accepted",
        memberships.c.group_id.not_in(select(circles.c.id)),
    )
)
_FOLLOWERS = (
    select(memberships.c.actor_id)
    .where(
        memberships.c.group_id == bindparam("place"),
        memberships.c.state == "accepted",
        memberships.c.actor_id < bindparam("below"),
    )
    .order_by(memberships.c.actor_id.desc())
    .limit(bindparam("limit", type_=Integer()))
)
_NEAR = (
    select(actors.c.id)
    .where(
        actors.c.id.in_(
            union_all(
                select(memberships.c.group_id).where(
                    memberships.c.actor_id == bindparam("reader"),
                    memberships.c.group_id.not_in(select(circles.c.id)),
                ),
                select(memberships.c.actor_id).where(memberships.c.group_id == bindparam("reader")),
            )
        ),
        actors.c.gone_at.is_(None),
        or_(
            actors.c.handle_key.like(bindparam("text"), escape="\\"),
            func.lower(actors.c.name).like(bindparam("text"), escape="\\"),
        ),
    )
    .order_by(actors.c.handle_key, actors.c.id)
    .limit(bindparam("limit", type_=Integer()))
)
_POSTS = select(*POST.columns).where(posts.c.id.in_(bindparam("ids", expanding=True)))
_TREE = (
    select(posts.c.id, posts.c.parent_id)
    .where(posts.c.thread_id == bindparam("thread"))
    .order_by(posts.c.id)
    .limit(bindparam("limit", type_=Integer()))
)


class StatusRepository:
    """Reads for `node/clients/mastodon/shown.py`. It changes nothing."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = PostSeals(connection, seals)

    def standing(self, ids: Collection[int]) -> dict[int, Standing]:
        """Where those posts stand that there are, by id."""
        if not ids:
            return {}
        found = {}
        for row in self._connection.execute(_STANDING, {"ids": list(ids)}):
            found[row.id] = Standing(
                id=row.id,
                group_id=row.group_id,
                thread_id=row.thread_id,
                parent_id=row.parent_id,
                author_id=row.author_id,
                author_hidden=row.author_hidden,
                audience=row.audience,
                is_gone=any(
                    one is not None for one in (row.deleted_at, row.removed_at, row.veiled)
                ),
                is_folded=row.folded is not None,
                thread_author_id=row.thread_author_id,
                parent_author_id=row.parent_author_id,
                parent_author_hidden=bool(row.parent_author_hidden),
                parent_is_gone=bool(row.parent_deleted_at or row.parent_removed_at),
            )
        return found

    def places(self, ids: Iterable[int]) -> dict[int, PlaceOfPosts]:
        """The groups and profiles with these ids."""
        rows = self._connection.execute(_PLACES, {"ids": list(ids)})
        found = {}
        for row in rows:
            group, actor = GROUP.read(row), ACTOR.read_after(row, GROUP.width)
            place = PlaceOfPosts(group, actor, group.kind == "profile", row.locked)
            found[place.group.actor_id] = place
        return found

    def memberships(self, reader_id: int, ids: Iterable[int]) -> dict[int, Membership]:
        """How the reader belongs to these groups and follows these people, by their ids."""
        rows = self._connection.execute(_MEMBERSHIPS, {"reader": reader_id, "ids": list(ids)})
        return {one.group_id: one for one in map(MEMBERSHIP.read, rows)}

    def following(self, actor_id: int) -> int:
        """How many groups somebody belongs to and people they follow."""
        return int(self._connection.execute(_FOLLOWING, {"actor": actor_id}).scalar_one())

    def near(self, reader_id: int, text: str, limit: int) -> list[int]:
        """Those whose name or handle has `text` in it, of the groups of the reader, the people it
        follows and those who follow it."""
        plain = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        key = {"reader": reader_id, "text": f"%{plain}%", "limit": limit}
        return list(self._connection.execute(_NEAR, key).scalars())

    def followers(self, place_id: int, limit: int, below: int) -> list[int]:
        """Who follows somebody or belongs to a group: ids below `below`, the highest first."""
        key = {"place": place_id, "below": below, "limit": limit}
        return list(self._connection.execute(_FOLLOWERS, key).scalars())

    def posts(self, ids: Collection[int]) -> dict[int, Post]:
        """These posts with their words, by id: ask for what may be read alone."""
        if not ids:
            return {}
        rows = self._connection.execute(_POSTS, {"ids": list(ids)})
        return {post.id: post for post in self._seals.opened([POST.read(row) for row in rows])}

    def tree(self, thread_id: int, limit: int) -> list[Twig]:
        """The thread and what stands in it, oldest first."""
        rows = self._connection.execute(_TREE, {"thread": thread_id, "limit": limit})
        return [Twig(*row) for row in rows]
