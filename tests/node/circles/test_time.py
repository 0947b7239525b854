"""Time: nobody waits for ever for a host who has gone, and what time does once stays done."""

import pytest
from sqlalchemy import select

from node.circles.rules import ALIVE, BY_TIME, GATHERS, MOVES, NUDGES, PAUSES
from storage.circles import Circle
from storage.tables import notifications
from tests.node.circles.ring import Ring

NOT_NOW = "circle-not-now"


async def told(ring: Ring, name: str) -> list[str]:
    """What somebody was told, by the keys of `node.room_news`."""
    ask = select(notifications.c.about).where(notifications.c.persona_id == ring.actor(name).id)
    return await ring.read(lambda uow: list(uow.connection.execute(ask).scalars()))


async def end(ring: Ring, name: str) -> None:
    """The persona ends."""
    now = ring.house.clock.now()
    await ring.write(lambda uow: uow.circles.part(ring.actor(name).id, now))


async def knock(ring: Ring, circle: Circle, name: str) -> str:
    """Somebody asks to come in, and nobody has answered yet."""
    code = await ring.write(lambda uow: ring.circles.invite(uow, circle.id, ring.actor("anna"), 1))
    await ring.write(lambda uow: ring.circles.ask(uow, code, ring.actor(name)))
    return f"/circles/{circle.id}"


def test_time_alone_brings_every_life_to_its_end() -> None:
    living = {state for state, _ in MOVES}
    assert set(BY_TIME) == living >= ALIVE
    for state, events in BY_TIME.items():
        assert all((state, event) in MOVES for event in events), state
    ends, before = {"closed", "given-up"}, set[str]()
    while ends != before:
        before = set(ends)
        ends |= {
            state
            for state, events in BY_TIME.items()
            if any(MOVES[state, event] in before for event in events)
        }
    assert ends >= living


async def test_whoever_waits_at_a_door_that_nobody_opens_is_told(ring: Ring) -> None:
    circle = await ring.gather("ben")
    path = await knock(ring, circle, "cleo")
    assert "If nobody answers, you are told on" in (await ring.people["cleo"].get(path)).text
    await ring.later(days=NUDGES.days)
    assert "circle-lingers" in await told(ring, "anna")
    assert "circle-lingers" not in await told(ring, "ben")
    await ring.later(days=GATHERS.days - NUDGES.days)
    for name in ("anna", "ben", "cleo"):
        assert NOT_NOW in await told(ring, name)
    await ring.back("cleo")
    assert (await ring.people["cleo"].get(path)).status == 404
    await ring.work()
    assert await ring.read(lambda uow: uow.circles.get(circle.id)) is None
    assert (await told(ring, "anna")).count("circle-lingers") == 1


async def test_enough_people_begin_without_a_host_who_has_gone(ring: Ring) -> None:
    circle = await ring.gather("ben", "cleo")
    page = await ring.people["ben"].get(f"/circles/{circle.id}")
    assert "If nobody begins it before, it begins by itself on" in page.text
    path = await knock(ring, circle, "dora")
    await ring.later(days=GATHERS.days)
    assert (await ring.now(circle)).state == "running"
    assert NOT_NOW in await told(ring, "dora"), "nobody stays at a door that opens no more"
    await ring.back("dora")
    assert (await ring.people["dora"].get(path)).status == 404
    await ring.later(days=1)
    assert await ring.days_asked(circle) == [1]


async def test_a_circle_that_is_looked_after_goes_on_gathering(ring: Ring) -> None:
    circle = await ring.gather("ben")
    await ring.later(days=GATHERS.days - 1)
    await knock(ring, circle, "cleo")
    await ring.later(days=2)
    assert (await ring.now(circle)).state == "gathering"
    cleo = ring.actor("cleo").id
    await ring.later(days=GATHERS.days - 3)
    await ring.write(lambda uow: ring.circles.let_in(uow, circle.id, ring.actor("anna"), cleo))
    await ring.later(days=GATHERS.days - 1)
    assert (await ring.now(circle)).state == "gathering"


async def test_the_others_are_told_when_a_circle_is_given_up(ring: Ring) -> None:
    circle = await ring.gather("ben")
    path = await knock(ring, circle, "cleo")
    await ring.people["anna"].submit(path, at=path, act="give-up")
    assert NOT_NOW not in await told(ring, "anna")
    for name in ("ben", "cleo"):
        assert NOT_NOW in await told(ring, name)


async def test_the_last_one_who_leaves_lets_those_at_the_door_go(ring: Ring) -> None:
    circle = await ring.start()
    path = await knock(ring, circle, "cleo")
    await ring.people["anna"].submit(f"{path}/leave", at=f"{path}/leave")
    assert NOT_NOW in await told(ring, "cleo")


async def test_a_pause_ends_by_itself(ring: Ring) -> None:
    circle = await ring.running()
    await ring.write(lambda uow: ring.circles.pause(uow, circle.id, ring.actor("anna")))
    page = await ring.people["ben"].get(f"/circles/{circle.id}")
    assert "It goes on by itself on" in page.text
    await ring.later(days=PAUSES.days - 1)
    assert (await ring.now(circle)).state == "paused"
    await ring.later(days=1)
    assert (await ring.now(circle)).state == "running"
    assert "circle-on" in await told(ring, "ben")
    await ring.later(days=1)
    assert await ring.days_asked(circle) == [1, 2], "no day is lost"


async def test_a_pause_longer_than_the_days_that_were_left_stops_no_worker(ring: Ring) -> None:
    circle = await ring.running()
    await ring.write(lambda uow: ring.circles.pause(uow, circle.id, ring.actor("anna")))
    ring.house.clock.advance(hours=24 * 40)
    await end(ring, "anna")
    await ring.work()
    assert (await ring.now(circle)).state == "asking", "and whoever is left is asked"
    assert "circle-small" in await told(ring, "ben")


async def test_few_who_are_left_by_a_persona_that_ended_are_asked_once(ring: Ring) -> None:
    circle = await ring.running("ben", "cleo")
    await end(ring, "cleo")
    await ring.work()
    assert (await ring.now(circle)).state == "asking"
    await ring.later(days=4)
    assert (await ring.now(circle)).state == "running"
    await ring.later(days=2)
    assert (await ring.now(circle)).state == "running", "they have said that they go on"


async def test_few_after_a_pause_are_asked_if_somebody_left_meanwhile(ring: Ring) -> None:
    circle = await ring.running("ben", "cleo")
    anna, cleo = ring.actor("anna"), ring.actor("cleo")
    await ring.write(lambda uow: ring.circles.pause(uow, circle.id, anna))
    await ring.write(lambda uow: ring.circles.leave(uow, circle.id, cleo, takes_words=False))
    await ring.write(lambda uow: ring.circles.resume(uow, circle.id, anna))
    assert (await ring.now(circle)).state == "asking"


async def test_a_closed_circle_can_be_read_though_its_host_has_ended(ring: Ring) -> None:
    circle = await ring.running()
    await ring.later(days=22)
    await ring.later(days=7)
    assert (await ring.now(circle)).state == "closed"
    await end(ring, "anna")
    await ring.work()
    await ring.back("ben")
    page = await ring.people["ben"].get(f"/circles/{circle.id}")
    assert "The last question" in page.text, "nothing of it is erased before its time"


async def test_a_persona_that_ended_is_not_waited_for(ring: Ring) -> None:
    for name in ("anna", "ben", "cleo"):
        await ring.wait(name)
    await ring.work()
    [(circle, _)] = await ring.read(lambda uow: uow.circles.of_persona(ring.actor("ben").id))
    await end(ring, "anna")
    await ring.work()
    assert await ring.read(lambda uow: uow.circles.get(circle.id)) is None or (
        (await ring.now(circle)).state == "given-up"
    )
    left = await ring.read(lambda uow: uow.circle_doors.waiting(9))
    assert {one.persona_id for one in left} == {ring.actor(one).id for one in ("ben", "cleo")}


async def test_another_round_is_gathered_once(ring: Ring) -> None:
    circle = await ring.running()
    await ring.later(days=22)
    await ring.back("anna", "ben")
    path = f"/circles/{circle.id}/goodbye"
    assert (await ring.people["anna"].send(path, act="again", script="hundred-days")).status == 200
    for name in ("anna", "ben"):
        again = await ring.people[name].send(path, act="again", script="hundred-days")
        assert again.status == 409
        assert "Another round is gathering already" in again.text
    found = await ring.read(lambda uow: uow.circles.of_persona(ring.actor("cleo").id))
    assert len(found) == 2


@pytest.mark.parametrize("state", ["gathering", "paused"])
async def test_too_early_nothing_changes(ring: Ring, state: str) -> None:
    circle = await (ring.gather("ben") if state == "gathering" else ring.running())
    if state == "paused":
        await ring.write(lambda uow: ring.circles.pause(uow, circle.id, ring.actor("anna")))
    before = await ring.now(circle)
    assert before.next_at is not None, "the worker comes to it"
    now = ring.house.clock.now()
    await ring.write(lambda uow: uow.circles.change(circle.id, next_at=now))
    await ring.work()
    after = await ring.now(circle)
    assert (after.state, after.next_at) == (state, before.next_at)
