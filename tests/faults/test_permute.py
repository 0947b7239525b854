"""Deliveries in any order, each as often as you like: it ends as if all had come once, in turn.

What is compared is all that readers can see, but for the reason of a removal, which is lost when it
comes before the post that it removes. The group's own node has one limit more, which a test names.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.actors import Actor
from tests.clock import Clock
from tests.faults.conversation import Talk, guests_talk, hosts_talk
from tests.faults.recording import Recording, recorded, view
from tests.world import World, open_world

pytestmark = [pytest.mark.xdist_group("permute"), pytest.mark.timeout(600)]

HostsTalk = Callable[[Talk, Actor], Awaitable[None]]
GuestsTalk = Callable[[Talk], Awaitable[None]]

PLAYS = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
async def world(
    sqlite_template: Path, tmp_path: Path, clock: Clock, ids: Callable[[], int]
) -> AsyncIterator[World]:
    """Two nodes, harbour and meadow."""
    urls = {}
    for name in ("harbour", "meadow"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "kith.sqlite3"
        shutil.copyfile(sqlite_template, path)
        urls[name] = f"sqlite:///{path}"
    async with open_world(tmp_path, urls, clock, ids) as opened:
        yield opened


async def member_told(world: World, folder: Path, talk: HostsTalk) -> Recording:
    """What harbour, which hosts the group, sends to meadow, where a member lives."""
    harbour, meadow = world
    ann, cleo = await harbour.persona("ann"), await harbour.persona("cleo")
    await meadow.persona("bea")
    group = await harbour.group("grief", ann)
    await harbour.ok("POST", f"/api/kith/v1/groups/{group.actor.id}/join", "cleo")
    await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    async with recorded(world, meadow, folder) as recording:
        await talk(Talk(world, harbour, group.actor.id), cleo)
    return recording


async def host_told(world: World, folder: Path, talk: GuestsTalk) -> Recording:
    """What meadow, where two members live, sends to harbour, which hosts the group."""
    harbour, meadow = world
    ann = await harbour.persona("ann")
    bea, _ = await meadow.persona("bea"), await meadow.persona("dan")
    group = await harbour.group("grief", ann)
    handle = f"!grief@{harbour.authority}"
    [here, _] = [await meadow.join(handle, who) for who in ("bea", "dan")]
    await world.settle()
    known = await harbour.node.rooms.db.read(lambda uow: uow.actors.by_uri(bea.uri))
    assert known is not None
    moderators = f"/api/kith/v1/groups/{group.actor.id}/moderators"
    await harbour.ok("POST", moderators, "ann", {"persona": str(known.id)})
    await world.settle()
    async with recorded(world, harbour, folder) as recording:
        await talk(Talk(world, meadow, here))
    return recording


@pytest.fixture
async def to_a_member(world: World, tmp_path: Path) -> Recording:
    return await member_told(world, tmp_path, hosts_talk)


@pytest.fixture
async def to_the_host(world: World, tmp_path: Path) -> Recording:
    return await host_told(world, tmp_path, guests_talk)


async def in_turn(recording: Recording, folder: Path) -> None:
    """What the recorded house came to believe is what a copy believes."""
    one_by_one = [[number] for number in range(len(recording.letters))]
    live = await recording.house.node.rooms.db.read(view)
    assert len(recording.letters) > 20
    assert await recording.played(folder, one_by_one) == live


async def in_any_order(recording: Recording, folder: Path, data: st.DataObject) -> None:
    numbers = range(len(recording.letters))
    times = data.draw(st.lists(st.integers(1, 3), min_size=len(numbers), max_size=len(numbers)))
    deck = [number for number in numbers for _ in range(times[number])]
    order = data.draw(st.permutations(deck))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=len(order) // 2)))
    batches = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    live = await recording.house.node.rooms.db.read(view)
    assert await recording.played(folder, batches) == live


async def test_a_copy_that_hears_all_in_turn(to_a_member: Recording, tmp_path: Path) -> None:
    await in_turn(to_a_member, tmp_path)


async def test_a_host_that_hears_all_in_turn(to_the_host: Recording, tmp_path: Path) -> None:
    await in_turn(to_the_host, tmp_path)


@PLAYS
@given(data=st.data())
async def test_a_member_hears_in_any_order(
    to_a_member: Recording, tmp_path: Path, data: st.DataObject
) -> None:
    await in_any_order(to_a_member, tmp_path, data)


@PLAYS
@given(data=st.data())
async def test_a_host_hears_in_any_order(
    to_the_host: Recording, tmp_path: Path, data: st.DataObject
) -> None:
    await in_any_order(to_the_host, tmp_path, data)


async def test_what_only_those_who_send_can_keep_in_order(world: World, tmp_path: Path) -> None:
    """A group's own node refuses a reply that comes after the lock: its author could claim any time
    for it. What the group then hands on, every other node takes in whatever order it comes."""

    async def talk(talk: Talk) -> None:
        thread = await talk.thread("bea", "First winter")
        await talk.reply("dan", thread, "With you")
        await talk.moderate("bea", thread, "lock")

    host = await host_told(world, tmp_path, talk)
    assert len(host.letters) == 3
    kept = [len(await host.played(tmp_path, order)) for order in ([[0], [1], [2]], [[0], [2], [1]])]
    assert kept[0] == kept[1] + 1


async def test_a_member_takes_a_reply_that_comes_after_the_lock(
    world: World, tmp_path: Path
) -> None:
    async def talk(talk: Talk, _cleo: Actor) -> None:
        thread = await talk.thread("ann", "First winter")
        await talk.reply("cleo", thread, "With you")
        await talk.moderate("ann", thread, "lock")

    member = await member_told(world, tmp_path, talk)
    assert len(member.letters) == 4
    orders = ([[0], [1], [2], [3]], [[0], [1], [3], [2]])
    told = [await member.played(tmp_path, order) for order in orders]
    assert told[0] == told[1]
    assert [one["locked"] for one in told[0].values() if one.get("answers")] == [False]
