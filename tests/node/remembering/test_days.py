"""Days as people keep them: only theirs, sealed, and spoken of once a year in the morning."""

from tests.node.remembering.nights import days_pass, news_of
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

# The clock of the house begins on 23 November 2026 at noon, UTC.
MINE = {
    "title": "Jonas, his birthday",
    "kind": "remembrance",
    "day": "1",
    "month": "12",
    "year": "1984",
    "ahead": "3",
}


async def keep(who: Visitor, **other: str) -> Page:
    return await who.submit("/days", at="/days", **(MINE | other))


async def number_of(who: Visitor) -> str:
    text = (await who.get("/days")).text
    return text.partition('href="/days/')[2].partition('"')[0]


async def test_a_day_is_kept_and_shown_to_nobody_else(house: WebHouse) -> None:
    tom, ben = await house.member("tom"), await house.member("ben")
    assert (await keep(tom)).path == "/days?note=day-kept"
    number = await number_of(tom)
    page = await tom.get(f"/days/{number}")
    assert "Jonas, his birthday" in page.text
    assert "since 1984" in page.text
    assert "Jonas" not in (await ben.get("/days")).text
    for path in (f"/days/{number}", f"/days/{number}/change"):
        assert (await ben.get(path)).status == 404
        assert (await house.visitor().get(path)).path.startswith("/sign-in")
    assert (await ben.post(f"/days/{number}", MINE | {"csrf": await ben.token()})).status == 404
    assert (await ben.post(f"/days/{number}/remove", {"csrf": await ben.token()})).status == 404
    assert "Jonas" in (await tom.get("/days")).text


async def test_it_is_spoken_of_in_time_once_and_without_its_name(house: WebHouse) -> None:
    tom = await house.member("tom")
    await keep(tom)
    await days_pass(house, 4)
    assert await news_of(tom) == []
    await days_pass(house, 1)
    assert await news_of(tom) == ["A day that you wanted to hear of is near"]
    await days_pass(house, 12)
    assert len(await news_of(tom)) == 1
    text = (await tom.get("/news")).text
    assert "Jonas" not in text
    assert f'href="/days/{await number_of(tom)}"' in text


async def test_a_day_can_be_changed_and_removed(house: WebHouse) -> None:
    tom = await house.member("tom")
    await keep(tom)
    number = await number_of(tom)
    at = f"/days/{number}/change"
    page = await tom.submit(f"/days/{number}", at=at, title="Jonas", day="5", ahead="0", year="")
    assert page.path == f"/days/{number}?note=saved"
    assert "Jonas, his birthday" not in page.text
    assert "since" not in page.text
    await days_pass(house, 8)
    assert await news_of(tom) == []
    await days_pass(house, 4)
    assert len(await news_of(tom)) == 1
    await tom.submit(f"/days/{number}/remove", at=f"/days/{number}")
    assert (await tom.get(f"/days/{number}")).status == 404


async def test_what_is_wrong_is_said_and_nothing_is_lost(house: WebHouse) -> None:
    tom = await house.member("tom")
    wrong = (
        ({"title": " "}, "Give the day a name"),
        ({"title": "x" * 121}, "Give the day a name"),
        ({"kind": "party"}, "Choose what kind"),
        ({"day": "31", "month": "2"}, "There is no such day"),
        ({"day": "-1"}, "Write the day as a number"),
        ({"year": "84"}, "Write the year in four digits"),
        ({"year": "2030"}, "Write the year in four digits"),
        ({"ahead": "2"}, "Choose when"),
    )
    for changed, sentence in wrong:
        page = await keep(tom, **changed)
        assert page.status == 422
        assert sentence in page.text
        assert changed.get("title", "Jonas, his birthday").strip() in page.text
    assert "You keep no days yet" in (await tom.get("/days")).text
