"""The queue: who waits in which order, for whom, and who is left out of it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from node.groups.belonging import Visibility
from node.replying.rules import order, spot_of
from node.replying.service import Look
from node.safety.filters import FilterDraft, KeywordChange
from storage.unit_of_work import UnitOfWork
from tests.node.replying.steps import QUEUE, answers, asks, joins, queue
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor


async def people(house: WebHouse, *handles: str) -> list[Visitor]:
    return [await house.member(handle) for handle in handles]


async def test_first_threads_and_longest_waits_come_first(any_house: WebHouse) -> None:
    house = any_house
    ash, june, wren, tom = await people(house, "ash", "june", "wren", "tom")
    sleep = await house.group("sleep", wren)
    walks = await house.group("walks", wren)
    await joins(house, sleep, ash, june, tom)
    await joins(house, walks, ash, tom)
    first = await asks(house, sleep, ash, "First of ash")
    for title in ("Second of ash", "Third of ash"):
        await asks(house, walks, ash, title)
    await asks(house, sleep, june, "First of june")
    assert await queue(tom) == ["First of ash", "First of june", "Second of ash", "Third of ash"]
    assert await queue(june) == ["First of ash"]
    for who in (wren, june):
        await answers(house, first, who)
    assert await queue(tom) == ["First of june", "Second of ash", "Third of ash"]

    def read(uow: UnitOfWork) -> None:
        assert tom.persona is not None
        found = house.rooms.replying.queue(uow, tom.persona).threads
        spots = [spot_of(one.waiting) for one in found]
        assert spots == sorted(spots, key=order)

    await house.db.read(read)


async def test_an_answer_that_goes_makes_a_thread_wait_again(any_house: WebHouse) -> None:
    house = any_house
    ash, june, wren, tom = await people(house, "ash", "june", "wren", "tom")
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, june, tom)
    thread = await asks(house, sleep, ash, "Awake")
    replies = [await answers(house, thread, who) for who in (june, wren, wren)]
    assert await queue(tom) == []
    groups, june_persona = house.rooms.groups, june.persona
    assert june_persona is not None
    await house.db.write(lambda uow: groups.delete(uow, replies[0].id, june_persona))
    assert await queue(tom) == ["Awake"]
    # Whoever has answered is not asked twice, and nobody is asked to answer themselves.
    assert await queue(wren) == await queue(ash) == []
    await house.db.write(lambda uow: uow.posts.remove(replies[1].id, None, None, house.clock.now()))
    assert await queue(tom) == ["Awake"]
    await house.db.write(lambda uow: uow.posts.restore(replies[1].id))
    await answers(house, thread, june)
    assert await queue(tom) == []


async def test_what_is_closed_gone_or_old_waits_no_more(house: WebHouse) -> None:
    ash, wren, tom = await people(house, "ash", "wren", "tom")
    sleep, walks = await house.group("sleep", wren), await house.group("walks", wren)
    await joins(house, sleep, ash, tom)
    await joins(house, walks, ash, tom)
    made = {name: await asks(house, sleep, ash, name) for name in ("a", "b", "c", "d", "e")}
    await asks(house, walks, ash, "f")
    now = house.clock.now()

    def close(uow: UnitOfWork) -> None:
        uow.posts.lock(made["a"].id, now)
        uow.posts.pin(made["b"].id, now)
        uow.posts.remove(made["c"].id, None, "no", now)
        uow.posts.tombstone(made["d"].id, now)
        uow.groups.update(walks.actor.id, archived_at=now)

    await house.db.write(close)
    assert await queue(tom) == ["e"]
    house.clock.advance(hours=24 * 31)
    await tom.sign_in("tom-private", "a quiet walk by the river")
    assert await queue(tom) == []


@pytest.mark.parametrize("visibility", ["public", "local", "private"])
async def test_prv_only_members_find_a_thread(house: WebHouse, visibility: Visibility) -> None:
    ash, wren, tom, eve = await people(house, "ash", "wren", "tom", "eve")
    circle = await house.group("circle", wren, visibility)
    await joins(house, circle, ash, tom)
    thread = await asks(house, circle, ash, "Ours", text="About #nights")
    assert await queue(tom) == ["Ours"]
    assert await queue(tom, f"{QUEUE}?tag=%23Nights") == ["Ours"]
    assert await queue(tom, f"{QUEUE}?tag=days") == []
    page = await eve.get(f"{QUEUE}?group={circle.actor.id}")
    assert "Ours" not in page.text
    assert await queue(eve) == []
    answered, nothing = [await eve.send(f"{QUEUE}/{number}/not-now") for number in (thread.id, 5)]
    assert nothing.status == 404
    assert (answered.status == 404) is (visibility == "private")


async def test_it_is_narrowed_down_and_paged(house: WebHouse) -> None:
    ash, wren, tom = await people(house, "ash", "wren", "tom")
    sleep, walks = await house.group("sleep", wren), await house.group("walks", wren)
    for group in (sleep, walks):
        await joins(house, group, ash, tom)
    await asks(house, walks, ash, "Out", reply_wanted="ideas")
    for number in range(25):
        await asks(house, sleep, ash, f"{number:02}", reply_wanted="just-listening")
    assert await queue(tom, f"{QUEUE}?wanted=ideas") == ["Out"]
    assert await queue(tom, f"{QUEUE}?group={walks.actor.id}") == ["Out"]
    first = await queue(tom)
    assert first == ["Out", *(f"{number:02}" for number in range(19))]
    assert tom.page is not None
    address = tom.page.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    rest = await queue(tom, address.replace("&amp;", "&"))
    assert rest == [f"{number:02}" for number in range(19, 25)]
    assert await queue(tom, f"{QUEUE}?after=nonsense") == first


async def test_blocks_mutes_filters_and_own_names_are_honoured(any_house: WebHouse) -> None:
    house = any_house
    ash, june, wren, tom = await people(house, "ash", "june", "wren", "tom")
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, june, tom)
    await asks(house, sleep, ash, "Of ash")
    await asks(house, sleep, june, "Of june", text="About needles.")
    await asks(house, sleep, wren, "Of wren", text="About spiders.")
    rooms, reader, other = house.rooms, tom.persona, ash.persona
    assert reader is not None
    assert other is not None
    await house.db.write(lambda uow: rooms.safety.block(uow, other, reader.id))
    await filters_out(house, tom, "needles", "hide")
    await filters_out(house, tom, "spiders", "warn")
    assert await queue(tom) == ["Of wren"]
    assert tom.page is not None
    assert "No spiders" in tom.page.text
    # A button never leads to what somebody filters.
    assert await house.db.read(lambda uow: rooms.replying.next_one(uow, reader)) is None
    assert (await tom.get(f"{QUEUE}/next")).path.startswith(QUEUE)
    writer = wren.persona
    assert writer is not None
    await house.db.write(lambda uow: rooms.muting.mute(uow, reader, writer.id, notifications=False))
    assert await queue(tom) == []


async def filters_out(
    house: WebHouse, who: Visitor, word: str, action: str, context: str = "home"
) -> None:
    reader = who.persona
    assert reader is not None
    words = (KeywordChange(keyword=word),)
    draft = FilterDraft(title=f"No {word}", contexts=(context,), action=action, keywords=words)
    await house.db.write(lambda uow: house.rooms.filters.make(uow, reader, draft))


async def test_what_a_place_asks_by_itself_waits_for_nobody(house: WebHouse) -> None:
    """As the question of the day in a circle, which is written by the circle."""
    ash, tom = await people(house, "ash", "tom")
    sleep = await house.group("sleep", ash)
    await joins(house, sleep, tom)
    asked = await asks(house, sleep, ash, "Day 4")
    assert await queue(tom) == ["Day 4"]
    await house.db.write(
        lambda uow: uow.connection.exec_driver_sql(
            f"UPDATE posts SET author_id = {sleep.actor.id} WHERE id = {asked.id}"
        )
    )
    assert await queue(tom) == []


async def test_not_for_me_now_is_for_one_reader_alone(house: WebHouse) -> None:
    ash, wren, tom = await people(house, "ash", "wren", "tom")
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, tom)
    thread = await asks(house, sleep, ash, "Awake")
    await asks(house, sleep, ash, "Still awake")
    await tom.get(QUEUE)
    page = await tom.submit(f"{QUEUE}/{thread.id}/not-now?")
    assert "You will not meet that one here again" in page.text
    assert await queue(tom) == ["Still awake"]
    assert await queue(wren) == ["Awake", "Still awake"]
    await tom.submit(f"{QUEUE}/again", at=QUEUE)
    assert await queue(tom) == ["Awake", "Still awake"]
    await tom.submit(f"{QUEUE}/{thread.id}/not-now?", at=QUEUE)
    house.clock.advance(hours=24 * 31)
    before = house.clock.now() - timedelta(days=30)
    assert await house.db.write(lambda uow: uow.helping.prune_skipped(before, 10)) == 1


async def test_the_next_one_opens_with_its_reply_box(house: WebHouse) -> None:
    ash, wren, tom = await people(house, "ash", "wren", "tom")
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, tom)
    one = await asks(house, sleep, ash, "Awake", reply_wanted="just-listening")
    two = await asks(house, sleep, ash, "Still awake")
    page = await tom.get(f"{QUEUE}/next?group={sleep.actor.id}")
    assert page.path.startswith(f"/posts/{one.id}/reply?queue=1&group=")
    assert "Name what you hear" in page.text
    asked = f"queue=1&group={sleep.actor.id}"
    page = await tom.submit(f"{QUEUE}/{one.id}/not-now?{asked}", go="on")
    assert page.path.startswith(f"/posts/{two.id}/reply?queue=1")
    page = await tom.submit(f"/posts/{two.id}/reply?{asked}", text="I hear you.")
    assert page.path.startswith(QUEUE)
    assert "Take a break whenever you like" in page.text
    assert "Nobody waits for an answer" in (await tom.get(f"{QUEUE}/next")).text


async def test_a_one_off_author_stays_unknown(house: WebHouse) -> None:
    ash, wren, tom = await people(house, "ash", "wren", "tom")
    den = await house.group("den", wren, "local")
    await house.db.write(lambda uow: uow.groups.update(den.actor.id, allows_anonymous=True))
    await joins(house, den, ash, tom)
    path = "/groups/den/anonymous"
    await ash.submit(path, at=path, title="Unnamed", text="Nobody knows.")
    assert await queue(tom) == ["Unnamed"]
    assert tom.page is not None
    assert "Ash" not in tom.page.text
    # It looks alike for its author: what is missing in a queue would tell whose it is.
    assert await queue(ash) == ["Unnamed"]


async def test_a_page_of_the_queue_takes_the_same_queries_however_long(house: WebHouse) -> None:
    ash, wren, tom = await people(house, "ash", "wren", "tom")
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, tom)
    await asks(house, sleep, ash, "One")
    few = await _queries(house, tom)
    for number in range(30):
        await asks(house, sleep, ash, f"{number}")
    assert await _queries(house, tom) == few


async def _queries(house: WebHouse, who: Visitor) -> int:
    reader = who.persona
    assert reader is not None

    def read(uow: UnitOfWork) -> int:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(uow.connection, "before_cursor_execute", note)
        house.rooms.replying.queue(uow, reader, Look())
        event.remove(uow.connection, "before_cursor_execute", note)
        return len(seen)

    return await house.db.read(read)
