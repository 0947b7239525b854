"""People who write while nodes are killed under them, and who remember what they were promised.

An answer of 2xx is a promise. A request that a kill cut off may or may not have been carried out:
what it would have made may be there or not, and its words may stand or not.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from node.demo.client import Api, ApiError
from node.demo.processes import DemoError
from tests.faults.processes import Victim

LOOK_EVERY = 6
"""Posts that somebody writes between two looks at what others wrote."""


@dataclass
class Said:
    """One post: its words begin with `mark`, which no other has. `uri` is known once promised;
    `words` are those that may stand, the last promise and what was tried since."""

    mark: str
    words: set[str]
    uri: str | None = None

    def promised(self, words: str) -> None:
        self.words = {words}


@dataclass
class Book:
    """What all writers together were promised. `tick` is called before each write is sent."""

    wanted: int
    tick: Callable[[], None]
    said: dict[str, Said] = field(default_factory=dict)
    promised: int = 0
    cut: int = 0

    @property
    def full(self) -> bool:
        return self.promised >= self.wanted


@dataclass
class Writer:
    """One connection of somebody to their own node."""

    name: str
    node: Victim
    api: Api
    group_id: str
    book: Book
    random: Random
    seen: list[str] = field(default_factory=list)

    async def write(self) -> None:
        """Threads, replies and edits, until the book is full."""
        number = 0
        while not self.book.full:
            number += 1
            if number % LOOK_EVERY == 1:
                await self._look_round()
            made = await self._say(f"{self.name}-{number}")
            while made is not None and self.random.random() < 0.25:
                await self._edit(made)

    async def _say(self, mark: str) -> str | None:
        """A thread or a reply; the mark, once that is promised."""
        words = f"{mark} v1"
        said = self.book.said[mark] = Said(mark, {words})
        answer = None
        if not self.seen or self.random.random() < 0.1:
            body = {"title": mark, "text": words}
            answer = await self._try("POST", f"/api/kith/v1/groups/{self.group_id}/threads", body)
        else:
            path = f"/api/kith/v1/posts/{self.random.choice(self.seen)}/replies"
            answer = await self._try("POST", path, {"text": words})
        if answer is None:
            return None
        said.uri = answer["uri"]
        self.book.promised += 1
        self.seen.append(answer["id"])
        return mark

    async def _edit(self, mark: str) -> None:
        """Other words for one's last post."""
        said = self.book.said[mark]
        edition = 1 + max(int(words.rpartition(" v")[2]) for words in said.words)
        words = f"{mark} v{edition}"
        said.words.add(words)
        if (
            await self._try("PATCH", f"/api/kith/v1/posts/{self.seen[-1]}", {"text": words})
            is not None
        ):
            said.promised(words)

    async def _look_round(self) -> None:
        """Read a thread, so that what is answered next is also what others wrote."""
        page = await self._try("GET", f"/api/kith/v1/groups/{self.group_id}/threads")
        if page is None or not page["threads"]:
            return
        chosen = self.random.choice(page["threads"])
        thread = await self._try("GET", f"/api/kith/v1/threads/{chosen['id']}")
        if thread is not None:
            self.seen = list(_ids(thread["thread"]))

    async def _try(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer, or None when there was none; then the node is up again."""
        if method != "GET":
            self.book.tick()
        await self.node.up.wait()
        try:
            if method == "GET":
                return await self.api.get(path)
            return await (self.api.post if method == "POST" else self.api.patch)(path, body or {})
        except ApiError:
            raise
        except DemoError:
            self.book.cut += 1
            return None


def _ids(tree: dict[str, Any]) -> list[str]:
    return [tree["id"], *(one for reply in tree["replies"] for one in _ids(reply))]


async def write_all(writers: list[Writer]) -> None:
    async with asyncio.TaskGroup() as group:
        for writer in writers:
            group.create_task(writer.write())
