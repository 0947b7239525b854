"""A conversation between two nodes, recorded at the door of one of them and played to copies of it.

What is played is what the other node really sent: the same bytes under the same signatures. The
other node stays where it is, so that a copy can fetch from it whatever it misses.
"""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from activitypub.signatures import HttpMessage
from federation.inbox import Answer
from node.app import Node, open_node
from node.sources import Sources
from storage import tables
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.world import TURNS, House, World

View = dict[str, dict[str, Any]]
PATIENCE = (10, 60, 600, 1500)
"""Seconds between which a copy is turned again: within them it tries again what had to wait."""


@dataclass
class Recording:
    """What one house was sent, and the state that it was in before the first of it."""

    world: World
    house: House
    before: Path
    letters: list[HttpMessage] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(1))

    @asynccontextmanager
    async def copy(self, folder: Path) -> AsyncIterator["Copy"]:
        """A fresh copy of the house as it was."""
        data = folder / f"copy-{next(self._numbers)}"
        data.mkdir()
        shutil.copyfile(self.before, data / "kith.sqlite3")
        shutil.copyfile(self.house.node.config.keys_path, data / "node.keys")
        clock = Clock(self.world.clock.now())
        ids = count(10**9).__next__
        config = replace(self.house.node.config, data=data)
        node = await open_node(config, Sources(clock.now, ids, Random(7).random))
        try:
            yield Copy(node, clock)
        finally:
            await node.close()
            shutil.rmtree(data)

    async def played(self, folder: Path, batches: Sequence[Sequence[int]]) -> View:
        """What a fresh copy believes after these letters, each batch dealt with at once."""
        async with self.copy(folder) as copy:
            for batch in batches:
                for number in batch:
                    answer = await copy.node.network.inbox.receive(self.letters[number])
                    assert answer.status == 202, answer
                await copy.turn()
            for seconds in PATIENCE:
                copy.clock.advance(seconds=seconds)
                await copy.turn()
            return await copy.view()


@dataclass
class Copy:
    """A node that nobody can reach; it gets what it is played."""

    node: Node
    clock: Clock

    async def turn(self) -> None:
        """Deal with all that is due."""
        for _ in range(TURNS):
            if await self.node.network.processor.run_once() == 0:
                return
        raise AssertionError("the copy does not come to rest")

    async def view(self) -> View:
        return await self.node.rooms.db.read(view)


@asynccontextmanager
async def recorded(world: World, house: House, folder: Path) -> AsyncIterator[Recording]:
    """Records all that comes to the inbox of a house while the block lasts."""
    before = folder / "before.sqlite3"
    with (
        sqlite3.connect(house.node.config.data / "kith.sqlite3") as live,
        sqlite3.connect(before) as copy,
    ):
        live.backup(copy)
    live.close()
    copy.close()
    recording = Recording(world, house, before)
    inbox = house.node.network.inbox
    receive = inbox.receive

    async def note(message: HttpMessage) -> Answer:
        recording.letters.append(message)
        return await receive(message)

    inbox.receive = note  # type: ignore[method-assign]
    try:
        yield recording
    finally:
        inbox.receive = receive  # type: ignore[method-assign]


def view(uow: UnitOfWork) -> View:
    """All that readers can see of threads, by URI; ids, times and order of arrival left out."""
    rows = uow.connection.execute(tables.posts.select()).mappings().all()
    actors = uow.connection.execute(tables.actors.select()).mappings()
    names = {row["id"]: row["uri"] for row in actors}
    uris = {row["id"]: row["uri"] for row in rows}
    seen: View = {}
    for row in rows:
        place = {
            "group": names[row["group_id"]],
            "author": names[row["author_id"]],
            "thread": uris[row["thread_id"]],
            "answers": uris.get(row["parent_id"]),
            "depth": row["depth"],
        }
        seen[row["uri"]] = place | _said(row) | {"reactions": {}}
    for row in uow.connection.execute(tables.reactions.select()).mappings():
        post = seen[uris[row["post_id"]]]
        if post["state"] == "here":
            post["reactions"][names[row["actor_id"]]] = row["kind"]
    moderators = tables.memberships.select().where(tables.memberships.c.role == "moderator")
    for row in uow.connection.execute(moderators).mappings():
        seen.setdefault(names[row["group_id"]], {})[names[row["actor_id"]]] = "moderates"
    return seen


def _said(row: Any) -> dict[str, Any]:
    state = "deleted" if row["deleted_at"] else "removed" if row["removed_at"] else "here"
    words = ("title", "content", "content_warning", "language", "reply_wanted")
    thread = row["parent_id"] is None
    return {
        "state": state,
        "locked": row["locked_at"] is not None,
        "pinned": row["pinned_at"] is not None and state == "here",
        "replies": row["reply_count"] if thread else None,
    } | (
        {name: row[name] for name in words} | {"edited": row["edited_at"]}
        if state == "here"
        else {}
    )
