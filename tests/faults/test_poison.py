"""What can never be done does not stop what can, and somebody can see it (R-14)."""

import asyncio
import logging
from typing import Any

import pytest
from click.testing import CliRunner

from federation.dispatch import Dispatcher
from federation.process import MAX_ATTEMPTS
from federation.retry import PARKED_AFTER
from node.cli.main import main
from tests import lemmy
from tests.figures import Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


@pytest.fixture
async def zoe(scene: Scene) -> Figure:
    """A member of harbour's group who lives elsewhere."""
    zoe = scene.good.person("zoe")
    await scene.member(zoe, await scene.house.group("grief", scene.ann))
    return zoe


async def shown(scene: Scene) -> dict[str, str]:
    """What `kith peer list` tells an administrator of the good stranger."""
    command = ["peer", "list", "--data", str(scene.house.node.config.data)]
    listed = await asyncio.to_thread(CliRunner().invoke, main, command)
    header, row = (line.split() for line in listed.output.splitlines())
    assert row[0] == scene.good.authority
    return dict(zip(header, row, strict=False))


async def test_r14_a_receipt_that_breaks_us_is_given_up_and_others_are_not(
    scene: Scene, zoe: Figure, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    group = f"{scene.house.origin}/groups/grief"
    poison = lemmy.create(zoe, lemmy.page(zoe, group, "Poison"))
    handle = Dispatcher.handle

    def breaks(self: Dispatcher, uow: Any, verified: Any, context: Any) -> Any:
        if verified.activity.id == poison["id"]:
            raise ZeroDivisionError("a fault of ours")
        return handle(self, uow, verified, context)

    monkeypatch.setattr(Dispatcher, "handle", breaks)
    with caplog.at_level(logging.ERROR):
        assert (await scene.tell(zoe, poison))[0] == "waiting"
        for _ in range(MAX_ATTEMPTS):
            other = lemmy.create(zoe, lemmy.page(zoe, group, "Other"))
            assert await scene.tell(zoe, other) == ("done", "thread")
            scene.clock.advance(minutes=31)
    assert await scene.outcome(poison) == ("failed", "fault")
    assert (await shown(scene))["failed"] == "1"
    assert len(caplog.records) == 1
    assert "met a fault of ours" in caplog.text


async def test_r14_a_delivery_that_breaks_a_peer_is_set_aside_and_others_are_not(
    scene: Scene, zoe: Figure
) -> None:
    """Its peer answers 500 to it alone. An administrator sees that something is parked."""
    home = scene.house
    group = await scene.read(lambda uow: uow.groups.by_handle("grief", home.authority))
    assert group is not None
    scene.good.judge = lambda asked: 500 if b"Poison" in asked.body else 202
    await scene.thread(group.actor.id, "Poison")
    for _ in range(2 * PARKED_AFTER):  # once for the Create, once for the thread itself
        scene.clock.advance(minutes=20)
        await scene.thread(group.actor.id, "Other")
    titles = [one["object"]["name"] for one in scene.good.announced("Create")]
    assert titles.count("Other") == 2 * PARKED_AFTER
    assert titles.count("Poison") == PARKED_AFTER
    assert (await shown(scene))["parked"] == "2"
