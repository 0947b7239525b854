"""Who went quietly unanswered, and how long a group's threads wait: for helpers, never to shame."""

from datetime import UTC, datetime, timedelta

from node.config import Config
from node.replying.rules import FEWEST, figures
from node.welcoming.rules import When
from storage.training_paths import HelperPath
from storage.unanswered import Course
from storage.unit_of_work import UnitOfWork
from tests.newcomers import NO_NEWCOMERS
from tests.node.replying.steps import answers, asks, joins
from tests.node.web.house import WebHouse, open_web_house

KIND = "/needs-a-reply/kind-words"


async def test_who_was_hardly_answered_twice_shows_to_helpers(any_house: WebHouse) -> None:
    house = any_house
    ash, june, wren, tom = [await house.member(name) for name in ("ash", "june", "wren", "tom")]
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, june, tom)
    await asks(house, sleep, ash, "First of ash")
    second = await asks(house, sleep, ash, "Second of ash")
    await asks(house, sleep, june, "First of june")
    answered = await asks(house, sleep, june, "Second of june")
    for who in (wren, tom):
        await answers(house, answered, who)
    await answers(house, second, wren)
    assert "Ash" not in (await wren.get(KIND)).text
    house.clock.advance(hours=25)
    page = await wren.get(KIND)
    assert "First of ash" in page.text
    assert "Second of ash" in page.text
    assert "June" not in page.text
    # Neither to the one it is about, nor to whoever has not offered to help.
    for who in (ash, tom):
        assert "First of ash" not in (await who.get(KIND)).text
    await tom.submit("/needs-a-reply/helping", at=KIND, act="offer")
    assert "First of ash" in (await tom.get(KIND)).text
    await tom.submit("/needs-a-reply/helping", act="withdraw")
    assert "First of ash" not in (await tom.get(KIND)).text
    await ash.submit("/needs-a-reply/helping", at=KIND, act="offer")
    assert "First of ash" not in (await ash.get(KIND)).text


async def test_whoever_greets_or_has_a_badge_helps_as_well(any_house: WebHouse) -> None:
    house = any_house
    ash, wren, tom, ola = [await house.member(name) for name in ("ash", "wren", "tom", "ola")]
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, tom, ola)
    for title in ("One", "Two"):
        await asks(house, sleep, ash, title)
    house.clock.advance(hours=25)
    greeter, listener = tom.persona, ola.persona
    assert greeter is not None
    assert listener is not None
    for who in (tom, ola):
        assert "Ash" not in (await who.get(KIND)).text
    path = HelperPath(persona_id=listener.id, badges={"sleep": house.clock.now()})
    at = When(weekday=1, hour=8, offset_minutes=0)

    def write(uow: UnitOfWork) -> None:
        house.rooms.welcoming.greet(uow, sleep.actor.id, greeter, at, 10)
        uow.helper_paths.put(path)

    await house.db.write(write)
    for who in (tom, ola):
        assert "Ash" in (await who.get(KIND)).text


async def test_two_names_are_never_put_together(house: WebHouse) -> None:
    ash, wren = await house.member("ash"), await house.member("wren")
    den = await house.group("den", wren, "local")
    await house.db.write(lambda uow: uow.groups.update(den.actor.id, allows_anonymous=True))
    await joins(house, den, ash)
    await asks(house, den, ash, "Under my name")
    path = "/groups/den/anonymous"
    await ash.submit(path, at=path, title="Unnamed", text="Nobody knows.")
    await ash.submit(path, at=path, title="Unnamed again", text="Nobody knows.")
    house.clock.advance(hours=25)
    page = await wren.get(KIND)
    assert "Everybody whom you would see here has been answered." in page.text
    assert "nnamed" not in page.text


async def test_what_a_helper_may_not_see_does_not_show(house: WebHouse) -> None:
    ash, wren, tom = [await house.member(name) for name in ("ash", "wren", "tom")]
    den = await house.group("den", wren, "private")
    await joins(house, den, ash)
    for title in ("One", "Two"):
        await asks(house, den, ash, title)
    house.clock.advance(hours=25)
    await tom.submit("/needs-a-reply/helping", at=KIND, act="offer")
    assert "Ash" not in (await tom.get(KIND)).text
    assert "Ash" in (await wren.get(KIND)).text
    blocker, blocked = ash.persona, wren.persona
    assert blocker is not None
    assert blocked is not None
    await house.db.write(lambda uow: house.rooms.safety.block(uow, blocker, blocked.id))
    assert "Ash" not in (await wren.get(KIND)).text


def _course(number: int, *waits: float) -> Course:
    began = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number)
    return Course(number, began, tuple(began + timedelta(hours=wait) for wait in waits))


def test_invariant_25_too_few_threads_make_no_figure() -> None:
    now = datetime(2026, 3, 10, tzinfo=UTC)
    few = [_course(number, 1, 30) for number in range(FEWEST - 1)]
    assert figures(few, now) is None
    # A thread of today may still find its answers.
    fresh = Course(99, now - timedelta(hours=2), ())
    assert figures([*few, fresh], now) is None
    found = figures([*few, _course(50, 3, 5)], now)
    assert found is not None
    assert found.first == timedelta(hours=1)
    assert found.second == timedelta(hours=30)
    assert (found.in_a_day, found.of) == (1, FEWEST)
    silent = figures([*few, _course(50)], now)
    assert silent is not None
    assert silent.first is None


async def test_a_group_reads_its_own_times_and_nobody_elses(any_house: WebHouse) -> None:
    house = any_house
    ash, wren, tom = [await house.member(name) for name in ("ash", "wren", "tom")]
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, tom)
    path = "/groups/sleep/answers"
    assert "fewer than 10 threads" in (await wren.get(path)).text
    for number in range(FEWEST):
        thread = await asks(house, sleep, ash, f"{number}")
        await answers(house, thread, ash)
        await answers(house, thread, wren)
        house.clock.advance(hours=3)
        await answers(house, thread, tom)
    house.clock.advance(hours=25)
    page = await wren.get(path)
    assert "within 1 hour" in page.text
    assert "within 4 hours" in page.text
    assert "in 10 of 10 threads" in page.text
    assert "Ash" not in page.text.split("<main")[1]
    assert (await tom.get(path)).status == 403
    assert "/answers" in (await wren.get("/groups/sleep/manage")).text


async def test_newcomers_look_round_before_they_help(sqlite_url: str) -> None:
    strict = NO_NEWCOMERS | {"newcomer_days": 3}
    config = Config(node_name="Harbour", origin="http://localhost:8420", **strict)
    async with open_web_house(sqlite_url, config=config) as house:
        tom = await house.member("tom")
        page = await tom.submit("/needs-a-reply/helping", at=KIND, act="offer")
        assert page.status == 403
        assert "Have a look round first" in page.text
