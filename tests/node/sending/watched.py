"""Two nodes of which one holds back what it writes, and what the other got of it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from storage.actors import Actor
from storage.delivery_holds import DeliveryHold
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.world import House, World, open_world

T = TypeVar("T")
RISKY = "I want to die tonight."
CALM = "It rained all day, and I stayed in."


@dataclass
class Watched:
    """Ann and Mo of harbour and Bea of meadow are in Ann's public group."""

    world: World
    group: GroupWithActor
    ann: Actor
    bea: Actor
    mo: Actor

    @property
    def here(self) -> House:
        return self.world.houses[0]

    @property
    def there(self) -> House:
        return self.world.houses[1]

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.here.node.rooms.db.write(work)

    async def thread(self, text: str, who: str = "ann", **more: Any) -> Post:
        """A thread in the group, by the API, and all that follows at this moment."""
        body = {"title": "A day", "text": text, **more}
        path = f"/api/kith/v1/groups/{self.group.actor.id}/threads"
        opened = await self.here.ok("POST", path, who, body)
        await self.world.settle()
        post = await self.here.post(opened["uri"])
        assert post is not None
        return post

    async def arrived(self, post: Post) -> str | None:
        """What the other node has of it, if anything."""
        await self.world.settle()
        got = await self.there.post(post.uri)
        return None if got is None else got.content

    async def later(self, **time: int) -> None:
        self.world.clock.advance(seconds=timedelta(**time).total_seconds())
        await self.world.settle()

    async def hold(self, post: Post) -> DeliveryHold | None:
        return await self.do(lambda uow: uow.delivery_holds.get(post.id))

    async def clear(self, post: Post) -> None:
        """As somebody of the team does who looked (without the rest of their work)."""
        holding = self.here.node.rooms.risk.holding
        await self.do(lambda uow: uow.risk_signals.drop_of_posts([post.id]))
        await self.do(lambda uow: holding.happen(uow, post.id, "clear"))
        await self.world.settle()

    async def fetched(self, post: Post) -> int:
        """What somebody elsewhere is answered who asks for the post as a document."""
        headers = {"Accept": "application/activity+json"}
        async with self.there.http.get(post.uri, headers=headers) as answer:
            return answer.status

    async def said(self, uri: str) -> list[str]:
        """Kinds of activities that this node ever made about a thing."""

        def read(uow: UnitOfWork) -> list[str]:
            return [one.type for one in uow.deliveries.of_object(uri)]

        return await self.do(read)


@asynccontextmanager
async def open_watched(
    data: Path, urls: dict[str, str], clock: Clock, ids: Any, **settings: Any
) -> AsyncIterator[Watched]:
    async with open_world(data, urls, clock, ids, **settings) as world:
        harbour, meadow = world
        ann = await harbour.persona("ann", role="moderator")
        mo, bea = await harbour.persona("mo"), await meadow.persona("bea")
        group = await harbour.group("grief", ann)
        await meadow.join(f"!grief@{harbour.authority}", "bea")
        await harbour.ok("POST", f"/api/kith/v1/groups/{group.actor.id}/join", "mo")
        await world.settle()
        yield Watched(world, group, ann, bea, mo)
