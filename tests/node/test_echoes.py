"""A group hands its members' own activities back to them; what they did since then stands."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from storage.actors import Actor
from tests.world import House, World


class Scene(NamedTuple):
    """Bea of meadow belongs to a group of harbour and has started a thread there."""

    world: World
    harbour: House
    meadow: House
    bea: Actor
    thread: Any

    async def reaction(self, house: House) -> str | None:
        """Bea's reaction to the thread, as one node keeps it."""
        post = await house.post(self.thread["uri"])
        assert post is not None

        def read(uow: Any) -> str | None:
            persona = uow.actors.by_uri(self.bea.uri)
            kept = uow.reactions.get(post.id, persona.id) if persona else None
            return kept.kind if kept else None

        return await house.node.rooms.db.read(read)

    async def react(self, kind: str | None) -> None:
        path = f"/api/kith/v1/posts/{self.thread['id']}/reaction"
        method, body = ("PUT", {"kind": kind}) if kind else ("DELETE", None)
        await self.meadow.ok(method, path, "bea", body)

    async def settle_while(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Turn the nodes by turns until both rest; `holds` must hold after every turn."""
        done = 1
        while done:
            done = 0
            for house in self.world.houses:
                done += await house.turn()
                assert await holds()


@pytest.fixture
async def scene(world: World) -> Scene:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    await harbour.group("grief", ann)
    group = await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    thread = await meadow.ok(
        "POST",
        f"/api/kith/v1/groups/{group}/threads",
        "bea",
        {"title": "One", "text": "First words"},
    )
    await world.settle()
    return Scene(world, harbour, meadow, bea, thread)


async def test_a_reaction_that_replaced_another_stands_all_the_while(scene: Scene) -> None:
    await scene.react("hear-you")
    await scene.world.settle()
    await scene.react("strength")

    async def stands() -> bool:
        return await scene.reaction(scene.meadow) == "strength"

    await scene.settle_while(stands)
    assert await scene.reaction(scene.harbour) == "strength"


async def test_a_reaction_taken_back_does_not_return(scene: Scene) -> None:
    await scene.react("hear-you")
    await scene.meadow.turn()
    await scene.harbour.turn()
    await scene.react(None)

    async def gone() -> bool:
        return await scene.reaction(scene.meadow) is None

    await scene.settle_while(gone)
    assert await scene.reaction(scene.harbour) is None


async def test_the_last_of_two_edits_stands_all_the_while(scene: Scene) -> None:
    path = f"/api/kith/v1/posts/{scene.thread['id']}"
    scene.world.clock.advance(seconds=1)
    await scene.meadow.ok("PATCH", path, "bea", {"text": "Second words"})
    await scene.meadow.turn()
    await scene.harbour.turn()
    scene.world.clock.advance(seconds=1)
    await scene.meadow.ok("PATCH", path, "bea", {"text": "Third words"})

    async def stands() -> bool:
        post = await scene.meadow.post(scene.thread["uri"])
        return post is not None and "Third" in post.content

    await scene.settle_while(stands)
    there = await scene.harbour.post(scene.thread["uri"])
    assert there is not None
    assert "Third" in there.content


async def test_undoing_an_earlier_reaction_leaves_the_later_one(scene: Scene) -> None:
    await scene.react("strength")
    await scene.world.settle()

    async def undo(emoji: str) -> None:
        rooms = scene.meadow.node.rooms

        def publish(uow: Any) -> None:
            _, uri = rooms.outbox.new_activity_uri()
            like = {"type": "Like", "id": f"{uri}-like", "actor": scene.bea.uri, "content": emoji}
            rooms.outbox.publish(
                uow,
                actor=scene.bea,
                document={
                    "@context": "https://www.w3.org/ns/activitystreams",
                    "id": uri,
                    "type": "Undo",
                    "actor": scene.bea.uri,
                    "to": ["https://www.w3.org/ns/activitystreams#Public"],
                    "object": like | {"object": scene.thread["uri"]},
                },
                inboxes=[(scene.harbour.authority, f"{scene.harbour.origin}/inbox")],
                root=scene.thread["uri"],
                object_uri=None,
            )

        await rooms.db.write(publish)
        await scene.world.settle()

    await undo("🫂")
    assert await scene.reaction(scene.harbour) == "strength"
    await undo("💪")
    assert await scene.reaction(scene.harbour) is None
