"""A public group becomes local or private: its peers are asked to forget it, and told no more.

ann of the node hosts the group; zoe of `good` is a member from elsewhere and mallory of `evil`
another one, whose server is down when it matters.
"""

from datetime import timedelta
from typing import Any

import pytest

from node.errors import Invalid, Refused
from node.groups import narrowing
from storage import tables
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from tests import lemmy
from tests.figures import Figure
from tests.scene import Scene, opened_scene
from tests.stranger import Asked

__all__ = ["opened_scene"]


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    figure = scene.good.person("zoe")
    await scene.member(figure, group)
    return figure


async def narrow(scene: Scene, group: GroupWithActor, visibility: str) -> None:
    await scene.house.node.rooms.db.write(
        lambda uow: scene.house.node.rooms.groups.narrow(uow, group.actor.id, scene.ann, visibility)
    )


async def later(scene: Scene) -> None:
    """Until the Deletes are due, and have gone out."""
    scene.clock.advance(seconds=60)
    await scene.world.settle()


def unable(_asked: Asked) -> int:
    return 503


@pytest.mark.parametrize("visibility", ["local", "private"])
async def test_prv_16_every_post_is_taken_back_and_nothing_else_said(
    scene: Scene, group: GroupWithActor, zoe: Figure, visibility: str
) -> None:
    made = [await scene.thread(group.actor.id, f"Winter {number}") for number in range(3)]
    reply = lemmy.comment(zoe, group.actor.uri, made[0]["uri"], scene.ann.uri)
    scene.good.serve(reply)
    create = lemmy.create(zoe, reply)
    assert (await scene.tell(zoe, create))[0] == "done"
    before = len(scene.good.received)
    await narrow(scene, group, visibility)
    scene.clock.advance(seconds=1)
    await scene.thread(group.actor.id, "Only among us")
    await scene.world.settle()
    assert len(scene.good.received) == before
    await later(scene)
    said = scene.good.received[before:]
    assert {(one["type"], one["object"]) for one in said} == {
        ("Delete", one["uri"]) for one in made
    }
    assert all(one["actor"] == scene.ann.uri for one in said)
    assert b"Only among us" not in b"".join(one.everything for one in scene.good.asked)
    for path in ("", "/outbox", "/followers", "/featured", "/moderators"):
        assert (await scene.good.look(group.actor.uri + path))[0] == 404
    for one in made:
        assert (await scene.good.look(one["uri"]))[0] == 404


async def test_prv_16_what_waits_or_is_under_way_is_not_sent_again(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """The peer is down when the thread is announced; the group leaves before the next try, and
    a send that is under way meanwhile is not repeated either."""
    scene.good.judge = unable
    await scene.thread(group.actor.id, "The words in question")
    tried = len(scene.good.received)
    assert tried > 0
    lease = scene.clock.now() + timedelta(seconds=30)

    def one_is_under_way(uow: UnitOfWork) -> None:
        waiting = tables.deliveries.c.state == "waiting"
        first = tables.deliveries.select().where(waiting).limit(1)
        delivery = uow.connection.execute(first).one()
        change = tables.deliveries.update().where(tables.deliveries.c.id == delivery.id)
        uow.connection.execute(change.values(locked_until=lease))

    await scene.house.node.rooms.db.write(one_is_under_way)
    await narrow(scene, group, "private")
    scene.good.judge = lambda _asked: 202
    for _ in range(8):
        scene.clock.advance(hours=6)
        await scene.world.settle()
    assert {one["type"] for one in scene.good.received[tried:]} == {"Delete"}


async def test_prv_16_receipts_tell_what_each_peer_answered(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    mallory = scene.evil.person("mallory")
    await scene.member(mallory, group)
    await scene.thread(group.actor.id)
    await narrow(scene, group, "local")
    scene.evil.judge = lambda _asked: 403
    await later(scene)

    def read(uow: UnitOfWork) -> Any:
        groups = scene.house.node.rooms.groups
        return groups.withdrawal(uow, group.actor.id, scene.ann)

    _, begun, receipts = await scene.read(read)
    assert (begun.posts_done, begun.finished_at is not None) == (1, True)
    by_peer = {one.authority: (one.asked, one.confirmed, one.refused) for one in receipts}
    assert by_peer == {scene.good.authority: (1, 1, 0), scene.evil.authority: (1, 0, 1)}
    assert await scene.read(lambda uow: uow.withdrawals.doors(group.actor.id)) == []


async def test_people_elsewhere_are_members_no_more_and_their_words_stay(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """They can neither write nor change what they wrote, but they can take it back."""
    page = scene.good.serve(lemmy.page(zoe, group.actor.uri))
    assert (await scene.tell(zoe, lemmy.create(zoe, page)))[0] == "done"
    await narrow(scene, group, "private")
    await later(scene)
    assert await scene.house.membership(group.actor.uri, zoe.uri) is None
    kept = await scene.kept(page["id"])
    assert kept.content == "<p>It has been a year.</p>\n"
    edited = page | {"content": "<p>Now inside.</p>", "updated": "2026-11-23T12:30:00.000000Z"}
    await scene.tell(zoe, lemmy.create(zoe, edited, "Update"))
    another = scene.good.serve(lemmy.page(zoe, group.actor.uri, "Another"))
    await scene.tell(zoe, lemmy.create(zoe, another))
    await scene.tell(zoe, lemmy.follow(zoe, group.actor.uri))
    assert await scene.house.membership(group.actor.uri, zoe.uri) is None
    assert (await scene.kept(page["id"])).content == kept.content
    assert await scene.post(another["id"]) is None
    assert await scene.tell(zoe, lemmy.act(zoe, "Delete", page["id"], group.actor.uri)) == (
        "done",
        "deleted",
    )
    assert (await scene.kept(page["id"])).content == ""


async def test_prv_16_a_private_group_holds_no_open_word_of_what_it_said(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """Posts are sealed, and what was once sent of them is erased."""
    marker = "unmistakable-evening"
    made = [await scene.thread(group.actor.id, marker) for _ in range(3)]
    await narrow(scene, group, "private")
    await later(scene)

    def columns(uow: UnitOfWork) -> str:
        tables_read = (tables.posts, tables.activities, tables.deliveries)
        return repr([uow.connection.execute(one.select()).all() for one in tables_read])

    assert marker not in await scene.read(columns)
    shown = await scene.house.ok("GET", f"/api/kith/v1/threads/{made[0]['id']}", "ann")
    assert shown["thread"]["title"] == marker


async def test_a_large_group_is_withdrawn_in_batches_that_survive_a_fault(
    scene: Scene, group: GroupWithActor, zoe: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "AT_ONCE", 2)
    made = [await scene.thread(group.actor.id, f"Winter {number}") for number in range(5)]
    before = len(scene.good.received)
    await narrow(scene, group, "local")
    scene.clock.advance(seconds=60)
    chores, groups = scene.house.node.chores, scene.house.node.rooms.groups
    assert await chores.run_once() == 1
    with monkeypatch.context() as broken:
        broken.setattr(groups, "withdraw_posts", None)
        assert await chores.run_once() == 1
    assert await chores.run_once() == 0
    scene.clock.advance(minutes=5)
    await scene.world.settle()
    gone = [one["object"] for one in scene.good.received[before:]]
    assert sorted(gone) == sorted(one["uri"] for one in made)


async def test_prv_16_a_group_never_becomes_more_open(scene: Scene, group: GroupWithActor) -> None:
    await narrow(scene, group, "local")
    for wish in ("public", "local"):
        with pytest.raises(Refused, match="less open"):
            await narrow(scene, group, wish)
    with pytest.raises(Invalid):
        await narrow(scene, group, "secret")
    await narrow(scene, group, "private")
    for wish in ("public", "local", "private"):
        with pytest.raises(Refused, match="less open"):
            await narrow(scene, group, wish)
