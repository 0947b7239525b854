"""Filters and mutes on pages: left out of lists, folded away in threads, for the reader alone."""

from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor

TITLE, WORDS = "The bridge again", "I walked over the bridge and cried."


async def people(house: WebHouse) -> tuple[Visitor, Visitor]:
    """Mara, who has written in a group, and Tom, who reads there."""
    mara, tom = await house.member("mara"), await house.member("tom")
    await house.group("sleep", mara)
    await tom.submit("/groups/sleep/join", at="/groups/sleep")
    return mara, tom


async def write(who: Visitor, title: str = TITLE, text: str = WORDS, **more: str) -> str:
    at = "/groups/sleep/new"
    page = await who.submit(at, at=at, title=title, text=text, **more)
    return page.path.partition("?")[0]


async def read_less(who: Visitor, words: str, action: str = "warn", span: str = "always") -> None:
    at = "/settings/filters"
    page = await who.submit(at, at=at, words=words, becomes=action, span=span)
    assert page.status == 200
    assert page.path == f"{at}?note=filter-made"


async def test_a_word_folds_a_thread_away_in_lists_and_on_its_page(house: WebHouse) -> None:
    mara, tom = await people(house)
    thread = await write(mara)
    await read_less(tom, "bridge")
    for path in ("/groups/sleep", "/"):
        text = (await tom.get(path)).text
        before, _, inside = text.partition('<details class="warning">')
        assert TITLE in inside.partition("</details>")[0]
        assert TITLE not in before
    page = (await tom.get(thread)).text
    assert "<h1>Thread</h1>" in page
    assert WORDS in page.partition('<details class="warning">')[2].partition("</details>")[0]


async def test_what_is_left_out_is_on_no_page(house: WebHouse) -> None:
    mara, tom = await people(house)
    thread = await write(mara)
    await read_less(tom, "bridge", action="hide")
    for path in ("/groups/sleep", "/", thread):
        text = (await tom.get(path)).text
        assert TITLE not in text
        assert WORDS not in text
    assert "You read less of this: bridge" in (await tom.get(thread)).text.replace("\n", " ")


async def test_it_is_so_for_that_reader_alone(house: WebHouse) -> None:
    mara, tom = await people(house)
    thread = await write(mara)
    await read_less(tom, "bridge", action="hide")
    for reader in (mara, await house.member("ben"), house.visitor()):
        assert TITLE in (await reader.get("/groups/sleep")).text
        assert WORDS in (await reader.get(thread)).text


async def test_own_words_are_never_folded(house: WebHouse) -> None:
    _, tom = await people(house)
    await read_less(tom, "bridge", action="hide")
    thread = await write(tom)
    for path in (thread, "/groups/sleep", "/"):
        text = (await tom.get(path)).text
        assert TITLE in text
        assert "You read less of this" not in text


async def test_a_warning_and_a_tag_are_met_too(house: WebHouse) -> None:
    mara, tom = await people(house)
    await write(mara, "One", "Some words.", content_warning="heights")
    await write(mara, "Two", "Some words about #heights and rivers.")
    await write(mara, "Three", "Nothing of it.")
    await read_less(tom, "heights", action="hide")
    text = (await tom.get("/groups/sleep")).text
    assert ">One<" not in text
    assert ">Two<" not in text
    assert ">Three<" in text


async def test_a_filter_for_a_time_ends(house: WebHouse) -> None:
    mara, tom = await people(house)
    await write(mara)
    await read_less(tom, "bridge", action="hide", span="week")
    assert TITLE not in (await tom.get("/groups/sleep")).text
    house.clock.advance(hours=7 * 24 + 1)
    assert TITLE in (await tom.get("/groups/sleep")).text


async def test_a_filter_can_be_removed(house: WebHouse) -> None:
    mara, tom = await people(house)
    await write(mara)
    await read_less(tom, "bridge", action="hide")
    page = await tom.get("/settings/filters")
    number = page.text.partition('name="filter" value="')[2].partition('"')[0]
    token = await tom.token()
    await tom.post("/settings/filters/drop", {"csrf": token, "filter": number})
    assert TITLE in (await tom.get("/groups/sleep")).text


async def test_nobody_removes_the_filter_of_somebody_else(house: WebHouse) -> None:
    _, tom = await people(house)
    await read_less(tom, "bridge")
    page = await tom.get("/settings/filters")
    number = page.text.partition('name="filter" value="')[2].partition('"')[0]
    ben = await house.member("ben")
    fields = {"csrf": await ben.token(), "filter": number}
    assert (await ben.post("/settings/filters/drop", fields)).status == 404
    assert "bridge" in (await tom.get("/settings/filters")).text


async def test_reading_less_of_somebody_leaves_them_out_and_tells_nobody(house: WebHouse) -> None:
    mara, tom = await people(house)
    thread = await write(mara)
    at = "/personas/mara/read-less"
    await tom.submit(at, at=at, span="day")
    assert TITLE not in (await tom.get("/groups/sleep")).text
    assert "Somebody whom you read less of" in (await tom.get(thread)).text
    assert "Mara" in (await tom.get("/settings/filters")).text
    assert TITLE in (await mara.get("/groups/sleep")).text
    house.clock.advance(hours=25)
    assert TITLE in (await tom.get("/groups/sleep")).text


async def test_whoever_moderates_sees_the_words_in_the_thread(house: WebHouse) -> None:
    mara, tom = await people(house)
    await read_less(mara, "river", action="hide")
    thread = await write(tom, "Down there", "By the river.")
    assert "By the river." in (await mara.get(thread)).text


async def test_what_is_wrong_is_said_and_nothing_is_lost(house: WebHouse) -> None:
    _, tom = await people(house)
    at = "/settings/filters"
    page = await tom.submit(at, at=at, words=" \n", becomes="warn", span="week")
    assert page.status == 422
    assert "Write at least one word" in page.text
    many = "\n".join(f"word{number}" for number in range(21))
    page = await tom.submit(at, at=at, words=many, becomes="warn", span="week")
    assert page.status == 422
    assert "word20" in page.text
    page = await tom.submit(at, at=at, words="one", becomes="shout", span="week")
    assert "Choose what happens to it" in page.text
    page = await tom.submit(at, at=at, words="one", becomes="warn", span="never")
    assert "Choose for how long" in page.text
