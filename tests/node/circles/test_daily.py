"""A circle from day to day: a question a day, once; small, closing, closed, erased."""

import re

from sqlalchemy import text

from storage.circle_ends import CircleEnds
from storage.unit_of_work import UnitOfWork
from tests.node.circles.ring import Ring


async def test_a_question_is_asked_once_a_day(ring: Ring) -> None:
    circle = await ring.running()
    assert await ring.days_asked(circle) == [1]
    for _ in range(3):
        await ring.later(hours=1)
    assert await ring.days_asked(circle) == [1]
    await ring.later(hours=21)
    assert await ring.days_asked(circle) == [1, 2]


async def test_two_workers_at_once_ask_one_question(ring: Ring) -> None:
    circle = await ring.running()
    ring.house.clock.advance(hours=24)
    for _ in range(2):
        await ring.write(lambda uow: ring.circles.look_after(uow, circle.id))
    # A worker that was killed between two rounds finds the day asked already.
    await ring.write(lambda uow: uow.circles.change(circle.id, next_at=ring.house.clock.now()))
    await ring.work()
    assert await ring.days_asked(circle) == [1, 2]


async def test_days_without_a_worker_are_left_out(ring: Ring) -> None:
    circle = await ring.running()
    await ring.later(days=4)
    assert await ring.days_asked(circle) == [1, 5]


async def test_a_pause_loses_no_day(ring: Ring) -> None:
    circle = await ring.running()
    anna = ring.actor("anna")
    await ring.later(hours=2)
    await ring.write(lambda uow: ring.circles.pause(uow, circle.id, anna))
    await ring.later(days=3)
    assert await ring.days_asked(circle) == [1]
    await ring.write(lambda uow: ring.circles.resume(uow, circle.id, anna))
    await ring.later(days=1)
    assert await ring.days_asked(circle) == [1, 2]


async def test_members_are_told_neutrally_and_can_have_it_quiet(ring: Ring) -> None:
    circle = await ring.running()
    ben, path = ring.people["ben"], f"/circles/{circle.id}"
    page = await ben.get("/news")
    assert "There is a new question for today" in page.text
    assert "Quiet mornings" not in page.text
    await ben.submit("/news/read", at="/news")
    page = await ben.get(path)
    await ben.send(f"{path}/choices", weeks="yes")
    await ring.later(days=1)
    page = await ben.get("/news")
    assert page.text.count("There is a new question") == 1


async def test_ones_own_week_is_for_oneself_alone(ring: Ring) -> None:
    circle = await ring.running()
    ben, path = ring.people["ben"], f"/circles/{circle.id}"
    page = await ben.get(path)
    assert "Your last week here" not in page.text
    await answer(ring, "ben", path, "Benno, please.")
    page = await ben.get(path)
    thread = re.search(r"/threads/(\d+)", page.text)
    assert thread
    page = await ben.get(f"/threads/{thread[1]}")
    mine = re.search(r'id="post-(\d+)">\s*<article class="post">', page.text)
    assert mine
    await ring.people["cleo"].send(f"/posts/{mine[1]}/reply", text="Good to know.")
    await ring.later(days=7)
    page = await ben.get(path)
    assert "You wrote on 1 day." in page.text
    assert "1 person answered you." in page.text
    page = await ring.people["dora"].get(path)
    assert page.status == 404
    page = await ring.people["anna"].get(path)
    assert "A week of reading along" in page.text, "kind where it was little, and no number"
    await ben.send(f"{path}/choices", days="yes")
    assert "Your last week here" not in (await ben.get(path)).text


async def test_a_circle_that_became_small_is_asked(ring: Ring) -> None:
    circle = await ring.running("ben", "cleo")
    path = f"/circles/{circle.id}"
    await ring.people["cleo"].submit(f"{path}/leave", at=f"{path}/leave")
    assert (await ring.now(circle)).state == "asking"
    assert (await ring.people["cleo"].get(path)).status == 404
    page = await ring.people["anna"].get(path)
    assert "You are few now" in page.text
    for name in ("anna", "ben"):
        await ring.people[name].send(f"{path}/voice", voice="merge")
    assert (await ring.now(circle)).state == "closing"
    standing = await ring.read(lambda uow: ring.circles.standing(uow, ring.actor("ben")))
    assert standing is not None
    assert standing.waiting.since == circle.created_at, "before those who came later"


async def test_without_an_answer_it_goes_on(ring: Ring) -> None:
    circle = await ring.running("ben", "cleo")
    await ring.write(
        lambda uow: ring.circles.leave(uow, circle.id, ring.actor("cleo"), takes_words=False)
    )
    await ring.later(days=4)
    assert (await ring.now(circle)).state == "running"


async def test_words_can_be_taken_along_when_leaving(ring: Ring) -> None:
    circle = await ring.running()
    path = f"/circles/{circle.id}"
    thread = await answer(ring, "ben", path, "My secret garden.")
    await ring.people["ben"].submit(f"{path}/leave", at=f"{path}/leave", words="take")
    page = await ring.people["anna"].get(thread)
    assert "My secret garden" not in page.text


async def test_it_closes_with_goodbyes_and_is_erased(ring: Ring) -> None:
    circle = await ring.running()
    path, ben = f"/circles/{circle.id}", ring.people["ben"]
    await answer(ring, "ben", path, "On my way.")
    early = await ben.get(f"{path}/goodbye")
    assert "It is not time yet" in early.text
    await ring.later(days=21)
    await ring.back("ben")
    assert (await ring.now(circle)).state == "closing"
    page = await ben.get(path)
    assert "Read one of your first answers again" in page.text
    page = await ben.submit(f"{path}/goodbye", at=f"{path}/goodbye", text="Fare well, all of you.")
    assert "Fare well" in page.text
    again = await ben.send(f"{path}/goodbye", text="Once more.")
    assert again.status == 409
    mine = await ben.get(f"{path}/mine")
    assert "On my way." in mine.text
    assert "Fare well, all of you." in mine.text
    await ring.later(days=7)
    assert (await ring.now(circle)).state == "closed"
    page = await ben.get(path)
    assert "The circle has closed" in page.text
    assert (await ben.send(f"{path}/write", title="More", text="words")).status == 409
    await ring.later(days=31)
    await ring.later(hours=1)
    await ring.back("ben")
    assert (await ben.get(path)).status == 404
    assert await rows(ring, circle.id) == {}


async def test_erasing_goes_on_where_it_was_broken_off(ring: Ring) -> None:
    circle = await ring.running()
    await answer(ring, "ben", f"/circles/{circle.id}", "Some words.")

    def erase(uow: UnitOfWork) -> list[bool]:
        ends: CircleEnds = uow.circle_ends
        return [ends.erase_some(circle.id, 1) for _ in range(3)]

    assert await ring.write(erase) == [False, False, True]
    assert await rows(ring, circle.id) == {}


async def test_another_round_asks_the_others(ring: Ring) -> None:
    circle = await ring.running()
    await ring.later(days=22)
    await ring.back("anna", "ben", "dora")
    page = await ring.people["anna"].send(
        f"/circles/{circle.id}/goodbye", act="again", script="hundred-days"
    )
    path = page.path.split("?")[0]
    assert path != f"/circles/{circle.id}"
    page = await ring.people["ben"].get(path)
    assert "would like to begin again" in page.text
    page = await ring.people["ben"].submit(path, at=path, act="agree")
    assert "Say hello" in page.text
    assert (await ring.people["dora"].get(path)).status == 404


async def test_the_questions_can_be_changed(ring: Ring) -> None:
    circle = await ring.running()
    path = f"/circles/{circle.id}/questions"
    lines = "\n".join(f"Own question {n}?" for n in range(1, 31))
    page = await ring.people["anna"].submit(path, at=path, text=lines)
    assert page.status == 200
    await ring.later(days=1)
    assert "Own question 2?" in (await ring.people["ben"].get(f"/circles/{circle.id}")).text
    few = await ring.people["anna"].submit(path, at=path, text="One?")
    assert few.status == 422
    assert "needs 28 questions; these are 1" in few.text
    assert "One?" in few.text
    assert (await ring.people["ben"].get(path)).status in (403, 409)


async def rows(ring: Ring, circle_id: int) -> dict[str, int]:
    """What is left of a circle, by table; its empty place does not count."""

    def count(uow: UnitOfWork) -> dict[str, int]:
        asked = {
            "circles": "id",
            "circle_members": "circle_id",
            "circle_days": "circle_id",
            "circle_codes": "circle_id",
            "posts": "group_id",
            "memberships": "group_id",
            "notifications": "group_id",
        }
        found = {
            table: uow.connection.execute(
                text(f"SELECT count(*) FROM {table} WHERE {column} = :circle"),
                {"circle": circle_id},
            ).scalar_one()
            for table, column in asked.items()
        }
        return {table: many for table, many in found.items() if many}

    return await ring.read(count)


async def answer(ring: Ring, name: str, path: str, words: str) -> str:
    """Answer the newest question; the path of its thread."""
    visitor = ring.people[name]
    page = await visitor.get(path)
    action = re.search(r'action="(/posts/\d+/reply)"', page.text)
    assert action
    page = await visitor.submit(action[1], at=path, text=words)
    assert page.status == 200
    return page.path


async def test_a_persona_that_ends_goes_from_its_circles(ring: Ring) -> None:
    circle = await ring.gather("ben", "cleo")
    await ring.wait("anna")
    now = ring.house.clock.now()

    def end(uow: UnitOfWork) -> list[int]:
        return uow.circles.part(ring.actor("anna").id, now)

    assert await ring.write(end) == [circle.id]
    await ring.work()
    assert (await ring.now(circle)).host_id is None
    page = await ring.people["ben"].get(f"/circles/{circle.id}")
    assert "Anna" not in page.text
    assert "Who comes in" in page.text, "without a host it is everybody's"
    assert (await ring.people["anna"].get(f"/circles/{circle.id}")).status == 404
    assert await ring.read(lambda uow: uow.circle_doors.waiting(9)) == []
