"""A node among strangers: the set-up in which most of what other servers may do to us is tried.

Tests take the fixture `scene` by importing `opened_scene`; the scene ends with a look at the
strangers' notes, since every request of the node must have been signed in order.
"""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import msgspec
import pytest

import node.app
import node.network
from federation.envelope import read_envelope
from federation.own_keys import OwnKeys
from federation.tls import peer_tls
from storage import tables
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.keys import PrivateKeys
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests import lemmy
from tests.clock import Clock
from tests.figures import Document, Figure
from tests.stranger import Stranger, open_stranger
from tests.world import House, World, open_world, spare_keys

T = TypeVar("T")
Ids = Callable[[], int]


BELIEF = (
    *(tables.posts, tables.reactions, tables.groups, tables.memberships, tables.moderation_entries),
    *(tables.activities, tables.deliveries, tables.jobs),
)


@dataclass
class Scene:
    """One node with ann, who may found groups there, and two other servers: one good, one evil."""

    world: World
    house: House
    good: Stranger
    evil: Stranger
    ann: Actor

    @property
    def clock(self) -> Clock:
        return self.world.clock

    async def read(self, fn: Callable[[UnitOfWork], T]) -> T:
        """What the node's database answers."""
        return await self.house.node.rooms.db.read(fn)

    async def tell(self, figure: Figure, activity: Document, **how: Any) -> tuple[str, str]:
        """Have a figure post an activity to the node's shared inbox, and the node deal with it.

        Answers the state and the reason of its receipt.
        """
        letter = figure.seal(f"{self.house.origin}/inbox", activity, **how)
        status = await figure.home.send(letter)
        assert status == 202, (status, activity)
        await self.world.settle()
        return await self.outcome(activity)

    async def outcome(self, activity: Document) -> tuple[str, str]:
        """The state and the reason of an activity's receipt. What is for people alone has none."""
        actor, uri = str(activity["actor"]), str(activity["id"])
        receipt = await self.read(lambda uow: uow.receipts.by_activity(actor, uri))
        if receipt is None:
            assert read_envelope(msgspec.json.encode(activity)).is_personal, uri
            return "ignored", "not kept"
        return receipt.state, receipt.reason or ""

    async def post(self, uri: str) -> Post | None:
        """The post with this URI, as the node keeps it."""
        return await self.house.post(uri)

    async def kept(self, uri: str) -> Post:
        """The same, which must be there."""
        post = await self.post(uri)
        assert post is not None, uri
        return post

    async def follow(self, group: Figure, handle: str = "bea") -> str:
        """A member of the node joins a stranger's group and is accepted; the group's id here."""
        if handle not in self.house.tokens:
            await self.house.persona(handle)
        name = f"!{group.document['preferredUsername']}@{group.home.authority}"
        group_id = await self.house.join(name, handle)
        await self.world.settle()
        follow = group.home.got("Follow")[-1]
        assert await self.tell(group, lemmy.accept(group, follow)) == ("done", "accepted")
        return group_id

    async def member(self, figure: Figure, group: GroupWithActor) -> None:
        """A stranger's person joins a group of the node."""
        assert await self.tell(figure, lemmy.follow(figure, group.actor.uri)) == ("done", "joined")

    async def thread(
        self, group_id: str | int, title: str = "First winter", **more: Any
    ) -> Document:
        """Ann opens a thread in a group of the node, and it goes out."""
        body = {"title": title, "text": "The evenings are *long*."} | more
        made: Document = await self.house.ok(
            "POST", f"/api/kith/v1/groups/{group_id}/threads", "ann", body
        )
        await self.world.settle()
        return made

    async def threads(self, group: str) -> list[str | None]:
        """The titles of a group's threads, oldest first."""

        def read(uow: UnitOfWork) -> list[str | None]:
            found = uow.groups.by_uri(group)
            assert found is not None, group
            views = uow.posts.threads(found.actor.id, 50)
            return [view.post.title for view in reversed(views)]

        return await self.read(read)

    async def belief(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that the node holds of posts and groups, and all that it told others: every row."""

        def rows(uow: UnitOfWork) -> dict[str, list[tuple[Any, ...]]]:
            return {
                table.name: [tuple(row) for row in uow.connection.execute(table.select())]
                for table in BELIEF
            }

        return await self.read(rows)

    async def suspend(self, uri: str) -> None:
        """Suspend an actor, as an administrator of the node would."""
        change = tables.actors.update().where(tables.actors.c.uri == uri)
        values = change.values(suspended_at=self.clock.now())
        await self.house.node.rooms.db.write(lambda uow: uow.connection.execute(values))

    async def reactions(self, uri: str) -> dict[str, int]:
        """How many of each kind a post has."""
        post = await self.kept(uri)
        return (await self.read(lambda uow: uow.reactions.counts([post.id]))).get(post.id, {})


@asynccontextmanager
async def open_scene(
    data: Path, url: str, clock: Clock, ids: Ids, **settings: Any
) -> AsyncIterator[Scene]:
    """A node called harbour at the database `url`, and two strangers."""
    async with (
        open_world(data, {"harbour": url}, clock, ids, **settings) as world,
        open_stranger("good", clock) as good,
        open_stranger("evil", clock) as evil,
    ):
        [house] = world.houses
        scene = Scene(world, house, good, evil, await house.persona("ann"))
        yield scene
        assert good.faults == []
        assert evil.faults == []


MEMORY = Path("/dev/shm")
"""Where files cost no waiting for a disk, on systems that have it."""

_tls = cache(peer_tls)
"""Reading the machine's certificates takes as long again, and nobody here speaks TLS."""


class SpareKeys(OwnKeys):
    """Gives a new node the same keys each time: making them takes longer than most tests."""

    def generate(self) -> PrivateKeys:
        return spare_keys(99)


@pytest.fixture(name="scene")
async def opened_scene(
    sqlite_template: Path,
    clock: Clock,
    ids: Ids,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Scene]:
    """A node on SQLite between two strangers."""
    monkeypatch.setattr(node.app, "OwnKeys", SpareKeys)
    monkeypatch.setattr(node.network, "peer_tls", _tls)
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        path = Path(place) / "harbour" / "kith.sqlite3"
        path.parent.mkdir()
        shutil.copyfile(sqlite_template, path)
        async with open_scene(Path(place), f"sqlite:///{path}", clock, ids) as scene:
            yield scene
