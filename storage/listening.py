"""Questions about many listeners at once: who of them a piece of news concerns, and whom it must
not reach or reaches in a form of its own. Each is one statement for several hundred listeners, and
costs what they are and not what the groups are.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, bindparam, or_, select, true

from storage.again import again
from storage.post_record import Audience
from storage.tables import (
    access_tokens,
    accounts,
    actors,
    blocks,
    filters,
    followed_tags,
    groups,
    list_accounts,
    lists,
    memberships,
    mentions,
    muted_nodes,
    mutes,
    personas,
    post_tags,
    posts,
    reactions,
)
from storage.tables.metadata import UtcTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a post stands, whose it and its thread are, and for whom, without a word of it.
    `group_id` is a group or, where `audience` is another one than 'group', a profile."""

    post_id: int
    group_id: int
    author_id: int
    thread_id: int
    thread_author_id: int
    parent_author_id: int | None
    audience: Audience
    visibility: str
    is_gone: bool

    @property
    def is_public_list(self) -> bool:
        """Whether it stands in the public timelines: a thread that is open to everybody."""
        if self.thread_id != self.post_id:
            return False
        return self.audience == "public" or self._in_group("public")

    @property
    def is_tagged_list(self) -> bool:
        """Whether people of this node find it by its hashtags."""
        return self.audience == "public" or self._in_group("public", "local")

    @property
    def is_public(self) -> bool:
        """Whether everybody finds it by its hashtags."""
        return self.audience == "public" or self._in_group("public")

    def _in_group(self, *visibilities: str) -> bool:
        return self.audience == "group" and self.visibility in visibilities


AT_ONCE: Final = 500
"""Listeners in one statement."""

_NOW = bindparam("now", type_=UtcTime())


def _ids(name: str) -> Any:
    return bindparam(name, type_=BigInteger(), expanding=True)


_threads = again(posts, "threads")
_parents = again(posts, "parents")
_PLACES = (
    select(
        posts.c.id,
        posts.c.group_id,
        posts.c.author_id,
        posts.c.thread_id,
        _threads.c.author_id,
        _parents.c.author_id,
        posts.c.audience,
        groups.c.visibility,
        posts.c.deleted_at.is_not(None) | posts.c.removed_at.is_not(None),
    )
    .join_from(posts, _threads, posts.c.thread_id == _threads.c.id)
    .join(groups, posts.c.group_id == groups.c.actor_id)
    .outerjoin(_parents, posts.c.parent_id == _parents.c.id)
    # Nobody hears of a circle through a stream: apps are not shown what is said there.
    .where(posts.c.id.in_(_ids("posts")), groups.c.kind != "circle")
)
_NAMED_IN = select(mentions.c.post_id, mentions.c.actor_id).where(
    mentions.c.post_id.in_(_ids("posts"))
)
_MEMBERS = select(memberships.c.group_id, memberships.c.actor_id, memberships.c.role).where(
    memberships.c.group_id.in_(_ids("groups")),
    memberships.c.actor_id.in_(_ids("personas")),
    memberships.c.state == "accepted",
)
# All four ways in which a block stands between a persona and one of these people.
_NAMED = select(blocks.c.persona_id).where(blocks.c.named_id.in_(_ids("people")))
_BEHIND = (
    select(blocks.c.persona_id)
    .join(personas, personas.c.account_id == blocks.c.account_id)
    .where(personas.c.actor_id.in_(_ids("people")))
)
_NAMED_BY = select(blocks.c.named_id).where(blocks.c.persona_id.in_(_ids("people")))
_BEHIND_BY = (
    select(personas.c.actor_id)
    .join(blocks, personas.c.account_id == blocks.c.account_id)
    .where(blocks.c.persona_id.in_(_ids("people")))
)
_MUTED = select(mutes.c.persona_id).where(
    mutes.c.muted_id.in_(_ids("people")),
    or_(mutes.c.expires_at.is_(None), mutes.c.expires_at > _NOW),
)
_CUT_OFF = _NAMED.union(_BEHIND, _NAMED_BY, _BEHIND_BY, _MUTED)
_OTHER_NODES = (
    select(muted_nodes.c.persona_id)
    .join(actors, actors.c.authority == muted_nodes.c.authority)
    .where(actors.c.id.in_(_ids("people")), muted_nodes.c.persona_id.in_(_ids("personas")))
)
_FILTERING = (
    select(filters.c.persona_id).where(filters.c.persona_id.in_(_ids("personas"))).distinct()
)
_REACTED = select(reactions.c.actor_id).where(
    reactions.c.post_id.in_(_ids("posts")), reactions.c.actor_id.in_(_ids("personas"))
)
_REPLIERS = select(posts.c.author_id).where(posts.c.parent_id.in_(_ids("posts"))).distinct()
_LISTED = (
    select(list_accounts.c.list_id, lists.c.persona_id, list_accounts.c.actor_id)
    .join(lists, lists.c.id == list_accounts.c.list_id)
    .where(list_accounts.c.list_id.in_(_ids("lists")), list_accounts.c.actor_id.in_(_ids("people")))
)
_TAG_FOLLOWERS = (
    select(post_tags.c.post_id, followed_tags.c.persona_id)
    .join(followed_tags, followed_tags.c.name == post_tags.c.tag)
    .where(post_tags.c.post_id.in_(_ids("posts")), followed_tags.c.persona_id.in_(_ids("personas")))
    .distinct()
)
_APART = (
    select(lists.c.persona_id, list_accounts.c.actor_id)
    .join(lists, lists.c.id == list_accounts.c.list_id)
    .where(
        lists.c.exclusive == true(),
        list_accounts.c.actor_id.in_(_ids("people")),
        lists.c.persona_id.in_(_ids("personas")),
    )
)
_ALIVE = (
    select(access_tokens.c.id)
    .join(actors, actors.c.id == access_tokens.c.persona_id)
    .join(personas, personas.c.actor_id == access_tokens.c.persona_id)
    .join(accounts, accounts.c.id == personas.c.account_id)
    .where(
        access_tokens.c.id.in_(_ids("tokens")),
        access_tokens.c.revoked_at.is_(None),
        actors.c.suspended_at.is_(None),
        actors.c.gone_at.is_(None),
        accounts.c.suspended_at.is_(None),
        accounts.c.leaving_at.is_(None),
    )
)


class ListeningRepository:
    """Reads only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def places(self, post_ids: Collection[int]) -> dict[int, Place]:
        """Where those posts stand that there are, gone ones among them."""
        rows = self._connection.execute(_PLACES, {"posts": list(post_ids)})
        return {row[0]: _place(tuple(row)) for row in rows}

    def named(self, post_ids: Collection[int]) -> list[tuple[int, int]]:
        """(post, who is named in it)."""
        rows = self._connection.execute(_NAMED_IN, {"posts": list(post_ids)})
        return [(row[0], row[1]) for row in rows]

    def members(
        self, groups: Collection[int], people: Collection[int]
    ) -> dict[tuple[int, int], str]:
        """How those of the people who belong to the groups, or follow these profiles, belong:
        (group, person) to the role."""
        found: dict[tuple[int, int], str] = {}
        for some in _portions(people if groups else ()):
            rows = self._connection.execute(_MEMBERS, {"groups": list(groups), "personas": some})
            found |= {(row[0], row[1]): row[2] for row in rows}
        return found

    def apart_from(
        self, people: Collection[int], listeners: Collection[int], now: datetime
    ) -> frozenset[int]:
        """Everybody between whom and one of the people a block or a mute stands, in whichever
        direction, and those of the listeners who read nothing of the node of one of them."""
        if not people:
            return frozenset()
        rows = self._connection.execute(_CUT_OFF, {"people": list(people), "now": now})
        found = set(rows.scalars())
        for some in _portions(listeners):
            key = {"people": list(people), "personas": some}
            found.update(self._connection.execute(_OTHER_NODES, key).scalars())
        return frozenset(found)

    def filtering(self, listeners: Collection[int]) -> frozenset[int]:
        """Those who have a filter, in use or not."""
        found: set[int] = set()
        for some in _portions(listeners):
            found.update(self._connection.execute(_FILTERING, {"personas": some}).scalars())
        return frozenset(found)

    def reacted(self, post_ids: Collection[int], listeners: Collection[int]) -> frozenset[int]:
        """Those who reacted to one of the posts."""
        found: set[int] = set()
        for some in _portions(listeners if post_ids else ()):
            key = {"posts": list(post_ids), "personas": some}
            found.update(self._connection.execute(_REACTED, key).scalars())
        return frozenset(found)

    def repliers(self, post_ids: Collection[int]) -> frozenset[int]:
        """Who answered one of the posts directly."""
        rows = self._connection.execute(_REPLIERS, {"posts": list(post_ids)})
        return frozenset(rows.scalars())

    def listed(
        self, list_ids: Collection[int], people: Collection[int]
    ) -> list[tuple[int, int, int]]:
        """(list, whose it is, who is on it), for those of the people who are on these lists."""
        found: list[tuple[int, int, int]] = []
        for some in _portions(list_ids if people else ()):
            rows = self._connection.execute(_LISTED, {"lists": some, "people": list(people)})
            found += [(row[0], row[1], row[2]) for row in rows]
        return found

    def tag_followers(
        self, post_ids: Collection[int], listeners: Collection[int]
    ) -> list[tuple[int, int]]:
        """(post, listener who follows one of its hashtags)."""
        found: list[tuple[int, int]] = []
        for some in _portions(listeners if post_ids else ()):
            key = {"posts": list(post_ids), "personas": some}
            found += [(row[0], row[1]) for row in self._connection.execute(_TAG_FOLLOWERS, key)]
        return found

    def read_apart(
        self, people: Collection[int], listeners: Collection[int]
    ) -> frozenset[tuple[int, int]]:
        """(listener, who is on a list of it that keeps them out of its home)."""
        found: set[tuple[int, int]] = set()
        for some in _portions(listeners if people else ()):
            key = {"people": list(people), "personas": some}
            found.update((row[0], row[1]) for row in self._connection.execute(_APART, key))
        return frozenset(found)

    def alive(self, tokens: Collection[int]) -> frozenset[int]:
        """Those of the tokens that still open something, as `Sessions.caller_of` has it."""
        found: set[int] = set()
        for some in _portions(tokens):
            found.update(self._connection.execute(_ALIVE, {"tokens": some}).scalars())
        return frozenset(found)


def _place(row: tuple[Any, ...]) -> Place:
    return Place(
        post_id=row[0],
        group_id=row[1],
        author_id=row[2],
        thread_id=row[3],
        thread_author_id=row[4],
        parent_author_id=row[5],
        audience=row[6],
        visibility=row[7],
        is_gone=bool(row[8]),
    )


def _portions(numbers: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(set(numbers))
    for first in range(0, len(every), AT_ONCE):
        yield every[first : first + AT_ONCE]
