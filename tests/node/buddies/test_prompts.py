"""When buddies are prompted, and about whom nothing is said."""

from sqlalchemy import text

from node.config import Config
from node.local_time import is_night, minute_of
from storage.unit_of_work import UnitOfWork
from tests.newcomers import NO_NEWCOMERS
from tests.node.goals.walk import Walk
from tests.node.messages.talk import persona_of
from tests.node.web.house import open_web_house

EVERY_DAY = {f"day-{day}": "yes" for day in range(7)}


async def test_invariant_22_who_has_no_goal_is_prompted_by_the_clock_of_the_node(
    sqlite_url: str,
) -> None:
    zone = "America/Los_Angeles"
    config = Config(
        node_name="Harbour", origin="http://localhost:8420", time_zone=zone, **NO_NEWCOMERS
    )
    async with open_web_house(sqlite_url, config=config) as house:
        walk = await Walk.begin(house)
        await walk.pair(walk.ash, walk.birch, **EVERY_DAY)
        await walk.goal(walk.birch)
        heard: list[int] = []
        for _ in range(60):
            before = (await walk.told(walk.ash)).count("buddy-missed")
            await walk.turn_clock(hours=1)
            if (await walk.told(walk.ash)).count("buddy-missed") > before:
                heard.append(minute_of(house.clock.now(), zone))
        assert heard
        assert not any(is_night(minute) for minute in heard)


async def test_nobody_is_called_silent_who_was_kept_from_writing(one_walk: Walk) -> None:
    await one_walk.pair(one_walk.ash, one_walk.birch, **EVERY_DAY)
    await one_walk.goal(one_walk.birch)
    birch = persona_of(one_walk.birch)

    def suspend(uow: UnitOfWork) -> None:
        uow.connection.execute(
            text("UPDATE actors SET suspended_at = created_at WHERE id = :id"), {"id": birch.id}
        )

    await one_walk.house.db.write(suspend)
    for _ in range(12):
        await one_walk.turn_clock(hours=6)
    assert "buddy-missed" not in await one_walk.told(one_walk.ash)
