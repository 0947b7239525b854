"""Greeters: one's own times, quiet news of hellos, and a break without a reason."""

from datetime import UTC, datetime

from node.groups.drafts import ThreadDraft
from node.welcoming.rules import WEEK, When, next_time, next_welcome
from tests.node.replying.test_queue import filters_out
from tests.node.web.house import WebHouse
from tests.node.welcoming.steps import persona, reply, scene, thread, turn

AT = "/groups/night/greeters"
NOON = {"act": "greet", "weekday": "0", "hour": "11", "to_hour": "14", "offset": "0"}


async def test_a_greeter_is_told_once_of_hellos_that_wait(any_house: WebHouse) -> None:
    """It is Monday noon."""
    at = await scene(any_house)
    await at.tom.submit(AT, at=AT, **NOON)
    await turn(any_house)
    assert "said hello" not in (await at.tom.get("/news")).text
    hello = await thread(at, at.ines, "Hello")
    any_house.clock.advance(minutes=10)
    assert await turn(any_house) == 1
    news = await at.tom.get("/news")
    assert news.text.count("Somebody said hello") == 1
    any_house.clock.advance(minutes=30)
    await turn(any_house)
    assert (await at.tom.get("/news")).text.count("Somebody said hello") == 1
    mine = await at.tom.get("/welcome")
    assert f'href="/posts/{hello.id}/reply"' in mine.text
    assert "Your time is now" in mine.text
    await reply(at, at.tom, hello.id)
    assert "Everybody new has been greeted" in (await at.tom.get("/welcome")).text


async def test_only_first_words_that_nobody_answered_wait(house: WebHouse) -> None:
    at = await scene(house)
    await at.tom.submit(AT, at=AT, **NOON)
    first = await thread(at, at.ines, "First words")
    second = await thread(at, at.ines, "Second words")
    page = await at.tom.get(AT)
    assert f"/posts/{first.id}/reply" in page.text
    assert f"/posts/{second.id}/reply" not in page.text


async def test_the_week_shows_gaps_and_who_is_there(house: WebHouse) -> None:
    at = await scene(house)
    await at.tom.submit(AT, at=AT, **NOON)
    kept = await at.mara.get(AT)
    assert kept.text.count("perhaps somebody would like this day") == 6
    assert "Tom</a>" in kept.text
    await at.tom.submit(AT, at=AT, act="away")
    assert (await at.mara.get(AT)).text.count("perhaps somebody would like this day") == 7
    hello = await thread(at, at.ines, "Hello")
    await turn(house)
    assert "Somebody said hello" not in (await at.tom.get("/news")).text
    await at.tom.submit(AT, at=AT, act="back")
    assert "Tom</a>" in (await at.ines.get(AT)).text
    assert f"/posts/{hello.id}" not in (await at.ines.get(AT)).text


async def test_nobody_is_on_the_rota_of_a_group_that_they_left(house: WebHouse) -> None:
    at = await scene(house)
    await at.tom.submit(AT, at=AT, **NOON)
    await house.db.write(lambda uow: uow.memberships.remove(at.group.actor.id, persona(at.tom).id))
    assert "Tom</a>" not in (await at.mara.get(AT)).text
    assert (await at.tom.get(AT)).status == 403
    await thread(at, at.ines, "Hello")
    await turn(house)
    assert "Somebody said hello" not in (await at.tom.get("/news")).text


async def test_a_block_hides_greeters_and_hellos(house: WebHouse) -> None:
    at = await scene(house)
    await at.tom.submit(AT, at=AT, **NOON)
    await thread(at, at.ines, "Hello")
    await house.db.write(
        lambda uow: house.rooms.safety.block(uow, persona(at.ines), persona(at.tom).id)
    )
    assert "Tom</a>" not in (await at.ines.get(AT)).text
    await turn(house)
    assert "Somebody said hello" not in (await at.tom.get("/news")).text
    assert "Hello</a>" not in (await at.tom.get("/welcome")).text


async def test_a_greeter_meets_no_hello_that_they_filter(house: WebHouse) -> None:
    at = await scene(house)
    await at.tom.submit(AT, at=AT, **NOON)
    hello = await thread(at, at.ines, "About needles")
    await filters_out(house, at.tom, "needles", "warn")
    house.clock.advance(minutes=10)
    await turn(house)
    assert "Somebody said hello" not in (await at.tom.get("/news")).text
    assert f"/posts/{hello.id}" not in (await at.tom.get("/welcome")).text
    assert f"/posts/{hello.id}" not in (await at.tom.get(AT)).text
    # Whoever keeps the group sees all that is written in it.
    await filters_out(house, at.mara, "needles", "hide")
    assert f"/posts/{hello.id}" in (await at.mara.get(AT)).text


async def test_nobody_takes_another_off_the_rota(house: WebHouse) -> None:
    at = await scene(house)
    await at.tom.submit(AT, at=AT, **NOON)
    [slot] = await house.db.read(lambda uow: uow.greeters.of_persona(persona(at.tom).id))
    sent = {"csrf": await at.ines.token(), "act": "stop", "slot": str(slot.id)}
    assert (await at.ines.post(AT, sent)).status == 404
    page = await at.tom.submit(AT, at=AT, **NOON | {"hour": "14", "to_hour": "14"})
    assert page.status == 422
    await at.tom.submit(AT, at=AT, act="stop", slot=str(slot.id))
    assert await house.db.read(lambda uow: uow.greeters.of_persona(persona(at.tom).id)) == []


async def test_a_draft_is_no_hello(house: WebHouse) -> None:
    """Words of the greeter's own are not handed to them."""
    at = await scene(house)
    await at.tom.submit(AT, at=AT, **NOON)
    draft = ThreadDraft(title="Mine", text="Words")
    await house.db.write(
        lambda uow: house.rooms.groups.post_thread(uow, at.group.actor.id, persona(at.tom), draft)
    )
    assert "Everybody new has been greeted" in (await at.tom.get(AT)).text


def test_the_next_time_is_the_first_that_comes() -> None:
    monday = datetime(2026, 11, 23, 12, tzinfo=UTC)
    at = When(weekday=0, hour=12, offset_minutes=0)
    assert next_time(at, monday) == monday + WEEK
    ahead = When(weekday=1, hour=1, offset_minutes=12 * 60)
    assert next_time(ahead, monday) == datetime(2026, 11, 23, 13, tzinfo=UTC)
    behind = When(weekday=6, hour=23, offset_minutes=-12 * 60)
    assert next_time(behind, monday) == datetime(2026, 11, 30, 11, tzinfo=UTC)


def test_a_month_keeps_its_day_as_far_as_it_has_one() -> None:
    due = datetime(2026, 1, 31, 9, tzinfo=UTC)
    assert next_welcome("month", due, due) == datetime(2026, 2, 28, 9, tzinfo=UTC)
