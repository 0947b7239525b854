"""Being noticed: off by itself, after the time that somebody chose, once each quiet time."""

from tests.node.remembering.nights import days_pass, news_of
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

KIND = "You were not here for a while. That is fine, and it is good to see you"


async def choose(who: Visitor, days: str, **more: str) -> Page:
    at = "/settings/quiet"
    return await who.submit(at, at=at, after_days=days, **more)


async def back(house: WebHouse, who: Visitor, handle: str) -> None:
    """Sessions end after two weeks."""
    await who.sign_in(f"{handle}-private", "a quiet walk by the river")


async def test_nobody_is_watched_who_did_not_ask(house: WebHouse) -> None:
    tom = await house.member("tom")
    await days_pass(house, 40)
    await back(house, tom, "tom")
    assert await news_of(tom) == []


async def test_a_kind_line_waits_after_the_time_that_was_chosen(house: WebHouse) -> None:
    tom = await house.member("tom")
    await choose(tom, "30")
    await days_pass(house, 49)
    await back(house, tom, "tom")
    assert await news_of(tom) == [KIND]


async def test_who_comes_by_is_not_quiet(house: WebHouse) -> None:
    tom = await house.member("tom")
    await choose(tom, "7")
    for _ in range(5):
        await days_pass(house, 5)
        await tom.get("/")
    assert await news_of(tom) == []


async def test_each_quiet_time_is_noticed_once(house: WebHouse) -> None:
    tom = await house.member("tom")
    await choose(tom, "7")
    for times in (1, 2):
        await days_pass(house, 13)
        await tom.get("/")
        assert await news_of(tom) == [KIND] * times


async def test_it_can_be_switched_off(house: WebHouse) -> None:
    tom = await house.member("tom")
    await choose(tom, "7")
    await choose(tom, "0")
    await days_pass(house, 13)
    assert await news_of(tom) == []


async def test_only_the_times_of_the_list_are_taken(house: WebHouse) -> None:
    tom = await house.member("tom")
    page = await choose(tom, "1")
    assert page.status == 422
    assert "Choose one of the times" in page.text
