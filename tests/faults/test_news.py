"""Old news of one node has no effect; clocks of two nodes that disagree do no harm."""

from datetime import timedelta

import pytest

from storage.groups import GroupWithActor
from tests import lemmy
from tests.figures import Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    """A moderator of the group who lives elsewhere."""
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    known = await scene.read(lambda uow: uow.actors.by_uri(zoe.uri))
    assert known is not None
    path = f"/api/kith/v1/groups/{group.actor.id}/moderators"
    await scene.house.ok("POST", path, "ann", {"persona": str(known.id)})
    return zoe


async def told(
    scene: Scene, zoe: Figure, group: GroupWithActor, kind: str, uri: str, minutes: int
) -> Document:
    """Zoe pins or unpins a thread, so many minutes from now by her node's clock."""
    at = scene.clock.now() + timedelta(minutes=minutes)
    featured = group.actor.featured
    more = {"target": featured, "published": at.isoformat()}
    act = lemmy.act(zoe, kind, uri, group.actor.uri, **more)
    assert (await scene.tell(zoe, act))[0] == "done"
    return act


async def pinned(scene: Scene, uri: str) -> bool:
    return (await scene.kept(uri)).pinned_at is not None


async def test_what_a_node_did_before_changes_nothing(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    uri = (await scene.thread(group.actor.id))["uri"]
    await told(scene, zoe, group, "Remove", uri, -10)
    await told(scene, zoe, group, "Add", uri, -11)
    assert not await pinned(scene, uri)
    await told(scene, zoe, group, "Add", uri, -9)
    assert await pinned(scene, uri)


async def test_r11_a_clock_that_is_slow_or_fast_keeps_nobody_from_acting(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    thread = await scene.thread(group.actor.id)
    for minutes in (-50, 50):
        await scene.house.ok("POST", f"/api/kith/v1/posts/{thread['id']}/pin", "ann")
        scene.clock.advance(minutes=1)
        await told(scene, zoe, group, "Remove", thread["uri"], minutes)
        assert not await pinned(scene, thread["uri"])
        scene.clock.advance(minutes=1)
        await told(scene, zoe, group, "Add", thread["uri"], minutes)
        assert await pinned(scene, thread["uri"])
        await scene.house.ok("POST", f"/api/kith/v1/posts/{thread['id']}/unpin", "ann")
        assert not await pinned(scene, thread["uri"])
