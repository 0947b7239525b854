"""Where the story is played: two sides, the group that both read, the posts by their names."""

import asyncio
from typing import Any

from node.demo.client import Api
from node.demo.seed import Settled
from node.demo.views import Seen, difference, find, seen


class Side:
    """One node, as one of its members reads it."""

    def __init__(self, settled: Settled, reader: str) -> None:
        self.key = settled.community.key
        self.authority = settled.node.authority
        self.personas = settled.personas
        self.reader = settled.personas[reader]
        self.group_id = ""
        self._ids: dict[str, str] = {}

    async def threads(self) -> list[dict[str, Any]]:
        """Every thread that the reader finds in the group."""
        path = f"/api/kith/v1/groups/{self.group_id}/threads"
        page = await self.reader.get(path)
        found: list[dict[str, Any]] = [*page["pinned"], *page["threads"]]
        while page["next"]:
            page = await self.reader.get(f"{path}?before={page['next']}")
            found += page["threads"]
        return found

    async def tree(self, uri: str) -> dict[str, Any] | None:
        """The thread with this URI as the reader gets it, or None while it is not here."""
        if uri not in self._ids:
            self._ids |= {one["uri"]: one["id"] for one in await self.threads()}
        if uri not in self._ids:
            return None
        page = await self.reader.get(f"/api/kith/v1/threads/{self._ids[uri]}")
        tree: dict[str, Any] = page["thread"]
        return tree

    async def id_of(self, thread: str, post: str) -> str:
        """This node's id of the post with the URI `post`, in the thread with the URI `thread`."""
        tree = await self.tree(thread)
        found = find(tree, post) if tree else None
        if found is None:
            raise LookupError(f"{self.key} does not show {post}")
        number: str = found["id"]
        return number


class Stage:
    """Both sides. `posts` are (thread URI, post URI) by the names that the story gives them."""

    def __init__(self, harbour: Side, meadow: Side) -> None:
        self.sides = {side.key: side for side in (harbour, meadow)}
        self.harbour = harbour
        self.meadow = meadow
        self.posts: dict[str, tuple[str, str]] = {}
        self.members = 0

    def persona(self, side: str, handle: str) -> Api:
        return self.sides[side].personas[handle]

    async def id_on(self, side: str, name: str) -> str:
        """The id on one side of a post that the story has named."""
        return await self.sides[side].id_of(*self.posts[name])

    async def compare(self, thread_uri: str, *, reactions: bool = True) -> tuple[Seen, str | None]:
        """What Harbour shows of a thread, and in what Meadow differs."""
        both = (self.harbour, self.meadow)
        trees = await asyncio.gather(*(side.tree(thread_uri) for side in both))
        views = []
        for side, tree in zip(both, trees, strict=True):
            if tree is None:
                return {}, f"{side.key} does not show {thread_uri}"
            views.append(seen(tree, reactions=reactions))
        names = (self.harbour.key, self.meadow.key)
        return views[0], difference(names, views[0], views[1])
