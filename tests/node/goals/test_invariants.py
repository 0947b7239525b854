"""The safety invariants that goals and buddies keep, each by its number in the reference."""

import ast
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node.buddies.rules import Standing, insist_may_ask
from node.errors import Refused
from node.goals.rules import may_remind, next_reminder, reminder_of
from node.local_time import is_night, minute_of
from storage.goals import Goal, GoalWords, Reminder
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.node.goals.walk import Walk
from tests.node.messages.talk import persona_of

ROOT = Path(__file__).resolve().parents[3]
OWN = {"goals", "check_ins", "buddy_moments"}
MAY_ASK = {"node/goals", "node/buddies", "node/rights", "node/demo", "node/retention.py"}
"""Rooms that read goals: their own, the copy of one's data, housekeeping, the demo."""


def _asked_for(path: Path) -> set[str]:
    """The repositories of this room that a module asks a unit of work for."""
    found = set()
    for one in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "uow" and one.attr in OWN:
            found.add(one.attr)
    return found


def test_invariant_16_and_25_no_other_room_reads_goals_moods_or_counters() -> None:
    """Neither the wire nor moderation, search or statistics has a way to them: nothing there can
    rank, judge or send what it cannot reach."""
    readers = {
        str(path.relative_to(ROOT))
        for folder in ("node", "federation", "activitypub")
        for path in (ROOT / folder).rglob("*.py")
        if _asked_for(path)
    }
    assert readers
    strangers = {one for one in readers if not one.startswith(tuple(MAY_ASK))}
    assert strangers == set()


def test_invariant_16_goals_and_buddies_have_no_outbound() -> None:
    for room in ("goals", "buddies"):
        files = list((ROOT / "node" / room).rglob("*.py"))
        assert not [one for one in files if one.name in ("outbound.py", "inbound.py", "api.py")]
        for one in files:
            text = one.read_text("utf-8")
            assert "federation" not in text, one
            assert "activitypub" not in text, one


def _goal(reminder: Reminder, zone: str, weekdays: tuple[int, ...]) -> Goal:
    now = Clock().now()
    said = GoalWords(
        words="x",
        kind="days",
        began=now.date(),
        zone=zone,
        weekdays=weekdays,
        reminder=reminder,
    )
    return Goal(id=1, persona_id=1, state="open", said=said, created_at=now, changed_at=now)


@settings(max_examples=200)
@given(
    st.integers(0, 24 * 60 - 1),
    st.sampled_from(("UTC", "Asia/Kolkata", "America/New_York", "Pacific/Kiritimati")),
    st.lists(st.integers(0, 6), unique=True).map(tuple),
    st.integers(0, 24 * 60 * 400),
    st.integers(0, 600),
)
def test_invariant_22_no_reminder_in_the_night_unless_it_was_asked_for(
    minute: int, zone: str, weekdays: tuple[int, ...], start: int, late: int
) -> None:
    """Also where the worker comes late, and when clocks are put forward or back."""
    now = Clock().now() + timedelta(minutes=start)
    goal = _goal(Reminder(minute), zone, weekdays)
    due = next_reminder(goal, now)
    assert due is not None
    then = due + timedelta(minutes=late)
    if may_remind(replace(goal, remind_at=due), then):
        assert not is_night(minute_of(then, zone))
    asked = replace(_goal(Reminder(minute, at_night=True), zone, weekdays), remind_at=due)
    assert may_remind(asked, due)


def test_invariant_22_a_time_in_the_night_needs_a_word_of_its_own() -> None:
    assert reminder_of("03:30", at_night=True) == Reminder(210, True)
    assert reminder_of("", at_night=False) is None


async def test_invariant_22_a_reminder_comes_once_and_says_nothing(walk: Walk) -> None:
    goal = await walk.goal(walk.ash, "Secret words", zone="UTC")
    path = f"/goals/{goal}/reminder"
    await walk.ash.submit(path, at=path, time="18:30")
    await walk.turn_clock(hours=6)
    assert await walk.told(walk.ash) == []
    await walk.turn_clock(hours=1)
    await walk.turn_clock()
    assert await walk.told(walk.ash) == ["goals-reminder"]
    news = (await walk.ash.get("/news")).text
    assert "You wanted to look at something today" in news
    assert "Secret words" not in news
    # The worker was away until after its moment: that one is let go, and the next one comes.
    await walk.turn_clock(hours=26)
    assert await walk.told(walk.ash) == ["goals-reminder"]
    await walk.turn_clock(hours=22)
    assert await walk.told(walk.ash) == ["goals-reminder"] * 2
    await walk.ash.send(f"/goals/{goal}/state", act="pause")
    await walk.turn_clock(hours=24)
    assert await walk.told(walk.ash) == ["goals-reminder"] * 2


async def test_invariant_09_buddies_write_where_only_buddies_may(walk: Walk) -> None:
    await walk.birch.submit(
        "/messages/settings", at="/messages/settings", who="buddies", shows_read="yes", keep=""
    )
    letter = {"to": "birch", "text": "Hello", "act": "send"}
    for who in (walk.ash, walk.dale):
        page = await who.send("/messages/new", **letter)
        assert (page.status, "takes no first messages" in page.text) == (403, True)
    await walk.pair(walk.dale, walk.birch)
    page = await walk.dale.send("/messages/new", **letter)
    assert re.match(r"/messages/\d+", page.path), page.path
    assert (await walk.ash.send("/messages/new", **letter)).status == 403


async def test_invariant_12_a_block_holds_for_all_personas_and_links_none(walk: Walk) -> None:
    """Ash blocks Cedar, who is also Birch, Ash's buddy. Ash is not there for Birch any more; to Ash
    nothing shows that the two are one, and the pair quietly runs out."""
    house, birch, cedar = walk.house, persona_of(walk.birch), persona_of(walk.cedar)
    pair = await walk.pair(walk.ash, walk.birch)
    path = f"/buddies/{pair}"

    def block(uow: UnitOfWork) -> None:
        account = uow.accounts.account_of(birch.id)
        uow.connection.exec_driver_sql(
            f"UPDATE personas SET account_id = {account} WHERE actor_id = {cedar.id}"
        )
        house.rooms.safety.block(uow, persona_of(walk.ash), cedar.id)

    await house.db.write(block)
    before = await walk.told(walk.birch)
    assert (await walk.birch.get(path)).status == 404
    assert "Ash" not in (await walk.birch.get("/buddies")).text
    assert (await walk.ash.get(path)).status == 200
    await walk.ash.submit(f"{path}/write", at=path, text="Are you there?")
    await walk.ash.submit("/buddies/hard-moment", at="/buddies")
    assert "Are you there?" not in (await walk.birch.get("/messages")).text
    assert await walk.told(walk.birch) == before


STANDING = Standing(
    shares_group=True,
    who_may_ask="anyone",
    is_newcomer=False,
    is_under_way=False,
    asked_lately=False,
    asked_today=0,
    buddies=0,
)


@pytest.mark.parametrize(
    "standing",
    [
        replace(STANDING, is_newcomer=True),
        replace(STANDING, shares_group=False),
        replace(STANDING, who_may_ask="nobody"),
        replace(STANDING, who_may_ask="buddies"),
        replace(STANDING, is_under_way=True),
        replace(STANDING, asked_lately=True),
        replace(STANDING, asked_today=5),
        replace(STANDING, buddies=5),
    ],
)
def test_invariant_09_and_10_whom_one_may_ask(standing: Standing) -> None:
    insist_may_ask(STANDING)
    with pytest.raises(Refused):
        insist_may_ask(standing)
