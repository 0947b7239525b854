"""Bring a thread and its replies home, from whichever nodes they live on.

`context` names every post of a thread at once (FEP-7888); where there is none, `replies` is
followed from post to post. A collection's own host is believed for the posts that stand in it
inline and live there too; all others are fetched from where they live.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import Final

from activitypub.errors import WireError
from activitypub.parse import parse_post
from activitypub.vocabulary import POST_TYPES, Post
from federation.errors import FetchError
from federation.fetch import FetchedPost, Fetcher, fetched_post
from federation.limits import FetchBudget
from federation.origins import same_authority

REPLIES: Final = 200
"""Replies that one thread brings at most."""
AT_ONCE: Final = 4
"""Posts that are fetched at the same time."""

Member = str | dict[str, object]


class Conversations:
    """Reads threads of other nodes. Built inside the event loop that uses it."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def post(self, member: Member, listed_by: str, budget: FetchBudget) -> FetchedPost | None:
        """The post that a member of a collection is or names; None if it is not to be had.

        Activities around it are taken off: an outbox lists Announces of Creates of posts.
        `listed_by` is the collection, whose host is believed for its own posts.
        """
        named = post_in(member)
        if isinstance(named, dict):
            inline = _inline(named, listed_by)
            if inline is not None:
                return inline
        uri = named.get("id") if isinstance(named, dict) else named
        if not isinstance(uri, str):
            return None
        try:
            async with self._slots:
                found = await self._fetcher.pointed_at(uri, budget)
            if isinstance(found, FetchedPost):
                return found
            pointed = post_in(found.raw)
            inner = pointed.get("id") if isinstance(pointed, dict) else pointed
            return await self._fetcher.post(inner, budget) if isinstance(inner, str) else None
        except FetchError:
            return None

    async def replies(self, root: Post, budget: FetchBudget) -> list[FetchedPost]:
        """At most REPLIES posts below `root`, each after what it answers, with authors stored."""
        found = await self._in_context(root, budget) or await self._below(root, budget)
        return in_order(root.id, found)[:REPLIES]

    async def with_authors(
        self, posts: Iterable[FetchedPost], budget: FetchBudget
    ) -> list[FetchedPost]:
        """Those of the posts whose authors are stored, once what is missing was fetched."""
        posts = list(posts)
        authors = list(dict.fromkeys(one.post.attributed_to for one in posts))
        known = await asyncio.gather(*(self._author(uri, budget) for uri in authors))
        there = {uri for uri, stored in zip(authors, known, strict=True) if stored}
        return [one for one in posts if one.post.attributed_to in there]

    async def _author(self, uri: str, budget: FetchBudget) -> bool:
        try:
            async with self._slots:
                await self._fetcher.actor(uri, budget)
        except FetchError:
            return False
        return True

    async def _in_context(self, root: Post, budget: FetchBudget) -> list[FetchedPost]:
        if root.context is None:
            return []
        return await self._members(root.context, root, budget, REPLIES + 1)

    async def _below(self, root: Post, budget: FetchBudget) -> list[FetchedPost]:
        found: dict[str, FetchedPost] = {}
        open_ends = deque([root])
        while open_ends and len(found) < REPLIES:
            post = open_ends.popleft()
            if post.replies is None:
                continue
            for reply in await self._members(post.replies, root, budget, REPLIES - len(found)):
                if reply.post.id not in found:
                    found[reply.post.id] = reply
                    open_ends.append(reply.post)
        return list(found.values())

    async def _members(
        self, uri: str, root: Post, budget: FetchBudget, limit: int
    ) -> list[FetchedPost]:
        try:
            members = await self._fetcher.collection(uri, budget, limit)
        except FetchError:
            return []
        wanted = [one for one in members if one != root.id]
        posts = await asyncio.gather(*(self.post(one, uri, budget) for one in wanted))
        return [post for post in posts if post is not None]


def post_in(member: object) -> Member | None:
    """The post, inline or by id, inside the activities that may be around it."""
    for _ in range(3):
        if isinstance(member, list) and len(member) == 1:
            member = member[0]
        if isinstance(member, str):
            return member
        if not isinstance(member, dict):
            return None
        if member.get("type") in POST_TYPES:
            return member
        if member.get("type") not in ("Announce", "Create", "Update", "Add"):
            return None
        member = member.get("object")
    return member if isinstance(member, str | dict) else None


def in_order(root: str, posts: list[FetchedPost]) -> list[FetchedPost]:
    """The posts that hang together with `root`, parents first, siblings by time."""
    answers: dict[str, list[FetchedPost]] = {}
    for one in sorted(posts, key=lambda one: (str(one.post.published or ""), one.post.id)):
        answers.setdefault(one.post.in_reply_to or "", []).append(one)
    ordered: list[FetchedPost] = []
    ends = deque([root])
    seen = {root}
    while ends:
        for one in answers.get(ends.popleft(), ()):
            if one.post.id not in seen:
                seen.add(one.post.id)
                ordered.append(one)
                ends.append(one.post.id)
    return ordered


def _inline(document: dict[str, object], listed_by: str) -> FetchedPost | None:
    """A post that stands in a collection of its own host, or None if it must be fetched."""
    try:
        found = fetched_post(parse_post(document))
    except (WireError, FetchError):
        return None
    return found if same_authority(found.post.id, listed_by) else None
