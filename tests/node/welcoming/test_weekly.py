"""Threads of every week: once a week, whatever stands still or runs twice."""

import asyncio

import pytest

from tests.node.web.house import WebHouse
from tests.node.welcoming.steps import WEEKLY, scene, threads, turn

AT = "/groups/night/weekly"
NEW = f"{AT}/new"


async def test_it_comes_in_its_hour_and_once(any_house: WebHouse) -> None:
    """The clock stands on Monday noon; Friday 17:00 in UTC+1 is 16:00."""
    at = await scene(any_house)
    page = await at.mara.submit(NEW, at=f"{NEW}?example=0", **WEEKLY)
    assert page.path == f"{AT}?note=saved"
    any_house.clock.advance(hours=4 * 24 + 3, minutes=59)
    assert await turn(any_house) == 0
    any_house.clock.advance(minutes=1)
    assert await turn(any_house) == 1
    assert await turn(any_house) == 0
    [posted] = await threads(at)
    assert (posted.post.title, posted.post.reply_wanted) == ("Small wins", "celebrate")
    any_house.clock.advance(hours=7 * 24)
    await turn(any_house)
    assert len(await threads(at)) == 2


async def test_several_workers_post_it_once(any_house: WebHouse) -> None:
    at = await scene(any_house)
    await at.mara.submit(NEW, at=NEW, **WEEKLY)
    any_house.clock.advance(hours=4 * 24 + 4)
    work = any_house.rooms.welcoming.turn_weekly
    done = await asyncio.gather(*(any_house.db.write(work) for _ in range(4)))
    assert sum(done) == 1
    assert len(await threads(at)) == 1


async def test_a_week_that_is_taken_is_not_posted_again(house: WebHouse) -> None:
    """As after a restart from a copy in which the row of the week is kept, but not the next one."""
    at = await scene(house)
    await at.mara.submit(NEW, at=NEW, **WEEKLY)
    [one] = await house.db.read(lambda uow: uow.weekly.of_group(at.group.actor.id))
    house.clock.advance(hours=4 * 24 + 4)
    assert await turn(house) == 1
    await house.db.write(lambda uow: uow.weekly.put(one))
    assert await turn(house) == 1
    assert len(await threads(at)) == 1


@pytest.mark.parametrize(("hours_late", "posted"), [(0, 1), (12, 1), (13, 0), (24 * 15, 0)])
async def test_after_downtime_it_comes_late_or_not_at_all(
    house: WebHouse, hours_late: int, posted: int
) -> None:
    at = await scene(house)
    await at.mara.submit(NEW, at=NEW, **WEEKLY)
    house.clock.advance(hours=4 * 24 + 4 + hours_late)
    assert await turn(house) == 1
    assert len(await threads(at)) == posted
    [one] = await house.db.read(lambda uow: uow.weekly.of_group(at.group.actor.id))
    assert one.next_at is not None
    assert one.next_at > house.clock.now()


async def test_it_rests_is_changed_and_goes(house: WebHouse) -> None:
    at = await scene(house)
    await at.mara.submit(NEW, at=NEW, **WEEKLY)
    [one] = await house.db.read(lambda uow: uow.weekly.of_group(at.group.actor.id))
    path = f"{AT}/{one.id}"
    await at.mara.submit(path, at=path, act="rest")
    assert "Resting" in (await at.mara.get(AT)).text
    house.clock.advance(hours=7 * 24)
    assert await turn(house) == 0
    await at.mara.submit(path, at=path, **WEEKLY | {"title": "Wins, large and small"})
    assert "Wins, large and small" in (await at.mara.get(AT)).text
    await at.mara.submit(path, at=path, act="drop")
    assert (await at.mara.get(path)).status == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": "7"},
        {"hour": "24"},
        {"offset": "61"},
        {"title": ""},
        {"text": " "},
        {"reply_wanted": "praise"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_what_does_not_fit_is_shown_again(house: WebHouse, wrong: dict[str, str]) -> None:
    at = await scene(house)
    page = await at.mara.submit(NEW, at=NEW, **WEEKLY | wrong)
    assert page.status == 422
    assert f'id="error-{next(iter(wrong))}"' in page.text


async def test_members_do_not_set_what_the_group_posts(house: WebHouse) -> None:
    at = await scene(house)
    assert (await at.tom.get(AT)).status == 403
    refused = await at.tom.post(NEW, {"csrf": await at.tom.token(), **WEEKLY})
    assert refused.status == 403
    assert await house.db.read(lambda uow: uow.weekly.of_group(at.group.actor.id)) == []
