"""Several members report the same while nobody is there to look: it waits, and a look ends it."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.moderation.limits import Limits
from node.moderation.quorum_rules import QuorumLimits, is_enough, is_staffed
from tests.node.moderation.conftest import Letters, Ward, act, report_post, with_letters
from tests.node.web.house import open_web_house
from tests.node.web.visitor import Visitor

TITLE, WORDS = "Awake again", "Some words."
WEEK = 7 * 24
FOLDED = "Several members reported this. It is folded away until somebody has looked."


async def crowd(ward: Ward, *handles: str) -> list[Visitor]:
    """Members who have been here for more than a week."""
    found = [await ward.member(handle) for handle in handles]
    ward.house.clock.advance(hours=WEEK + 1)
    return found


async def decide(ward: Ward, staff: Visitor, outcome: str, **more: str) -> None:
    """On the oldest open report."""
    report = (await ward.house.db.read(lambda uow: uow.reports.queue(1, [])))[0]
    at = f"/moderation/reports/{report.id}"
    await act(staff, f"{at}/claim")
    page = await act(staff, f"{at}/decide", outcome=outcome, **more)
    assert page.status == 200


async def said(ward: Ward, *people: Visitor) -> list[str]:
    """What left, or is about to leave, of the group and these people."""
    group = await ward.house.db.read(lambda uow: uow.groups.by_handle("sleep", "localhost:8420"))
    assert group is not None
    actors = [group.actor.id, *(who.persona.id for who in people if who.persona)]
    return await ward.house.db.read(
        lambda uow: [one.uri for actor in actors for one in uow.activities.of_actor(actor, 100)]
    )


async def sees(who: Visitor, thread: int) -> bool:
    """Whether the words are on the page of the thread, and its title in the group."""
    page, group = await who.get(f"/threads/{thread}"), await who.get("/groups/sleep")
    assert (WORDS in page.text) == (TITLE in group.text)
    assert (WORDS in page.text) != (FOLDED in page.text)
    return WORDS in page.text


async def test_invariant_15_three_established_members_fold_a_post_away(ward: Ward) -> None:
    mara, tom, *others = await crowd(ward, "mara", "tom", "ann", "ben", "cyd", "dora")
    thread = await ward.thread(mara, tom)
    for who in others[:2]:
        await report_post(who, thread)
    assert await sees(others[3], thread)
    await report_post(others[2], thread)
    for reader in (others[3], tom, ward.house.visitor()):
        assert not await sees(reader, thread)
        assert TITLE not in (await reader.get("/")).text
    assert await sees(mara, thread)


async def test_invariant_15_it_deletes_nothing_and_no_other_node_is_told(ward: Ward) -> None:
    mara, tom, *others = await crowd(ward, "mara", "tom", "ann", "ben", "cyd")
    thread = await ward.thread(mara, tom)
    before = await said(ward, mara)
    for who in others:
        await report_post(who, thread)
    post = await ward.house.db.read(lambda uow: uow.posts.get(thread))
    assert post is not None
    assert (post.deleted_at, post.removed_at, post.title) == (None, None, TITLE)
    assert await said(ward, mara) == before


async def test_invariant_15_a_look_that_finds_nothing_unfolds_it_and_says_sorry(ward: Ward) -> None:
    ines = await ward.member("ines", "moderator")
    mara, tom, *others = await crowd(ward, "mara", "tom", "ann", "ben", "cyd", "dora")
    thread = await ward.thread(mara, tom)
    for who in others[:3]:
        await report_post(who, thread)
    await decide(ward, ines, "dismiss")
    assert await sees(tom, thread)
    assert "Nothing was wrong with it. We are sorry" in (await tom.get("/decisions")).text
    await report_post(others[3], thread)
    assert await sees(tom, thread), "what somebody has looked at is not folded away again"


async def test_a_look_that_removes_it_leaves_no_veil(ward: Ward) -> None:
    ines = await ward.member("ines", "moderator")
    mara, tom, *others = await crowd(ward, "mara", "tom", "ann", "ben", "cyd")
    thread = await ward.thread(mara, tom)
    for who in others:
        await report_post(who, thread)
    await decide(ward, ines, "remove-post", statement="Against rule 2.")
    page = await tom.get(f"/threads/{thread}")
    assert "Against rule 2." in page.text
    assert FOLDED not in page.text
    assert "We are sorry" not in (await tom.get("/decisions")).text


async def test_who_has_just_come_does_not_count(ward: Ward) -> None:
    mara, tom, ann, ben = await crowd(ward, "mara", "tom", "ann", "ben")
    fresh = await ward.member("fresh")
    thread = await ward.thread(mara, tom)
    for who in (ann, ben, fresh):
        await report_post(who, thread)
    assert await sees(tom, thread)


async def test_one_person_counts_once_however_often(ward: Ward) -> None:
    mara, tom, ann, ben = await crowd(ward, "mara", "tom", "ann", "ben")
    thread = await ward.thread(mara, tom)
    for who in (ann, ben, ann, ann):
        await report_post(who, thread)
    assert await sees(tom, thread)


async def test_whose_reports_came_to_nothing_does_not_count(ward: Ward) -> None:
    ines = await ward.member("ines", "moderator")
    mara, tom, ann, ben, cyd = await crowd(ward, "mara", "tom", "ann", "ben", "cyd")
    thread = await ward.thread(mara, tom)
    for _ in range(3):
        await report_post(cyd, thread)
        await decide(ward, ines, "dismiss")
        ward.house.clock.advance(hours=25)
    for who in (ann, ben, cyd):
        await report_post(who, thread)
    assert await sees(tom, thread)


async def test_invariant_15_five_members_make_the_writing_of_one_wait(ward: Ward) -> None:
    ines = await ward.member("ines", "moderator")
    mara, tom, *others = await crowd(ward, "mara", "tom", "ann", "ben", "cyd", "dora", "eve")
    thread = await ward.thread(mara, tom)
    at = "/report/persona/tom"
    for who in others[:4]:
        await act(who, at, reason="harassment")
    again = {"title": "Once more", "text": "Hello."}
    page = await tom.submit("/groups/sleep/new", at="/groups/sleep/new", **again)
    assert page.status == 200
    await act(others[4], at, reason="harassment")
    page = await tom.submit("/groups/sleep/new", at="/groups/sleep/new", **again)
    assert page.status == 403
    assert "The staff looks at it first" in page.text
    assert "Hello." in page.text
    assert (await tom.get("/help")).status == 200
    assert (await tom.get(f"/threads/{thread}")).status == 200
    await decide(ward, ines, "dismiss")
    page = await tom.submit("/groups/sleep/new", at="/groups/sleep/new", **again)
    assert page.status == 200


LIMITS = QuorumLimits(zone=ZoneInfo("Europe/Berlin"), staffed=(time(8), time(22)))
NIGHTS = QuorumLimits(zone=UTC, staffed=(time(22), time(6)))


@pytest.mark.parametrize(
    ("limits", "now", "there"),
    [
        (LIMITS, datetime(2026, 11, 23, 6, 59, tzinfo=UTC), False),
        (LIMITS, datetime(2026, 11, 23, 7, 0, tzinfo=UTC), True),
        (LIMITS, datetime(2026, 11, 23, 21, 0, tzinfo=UTC), False),
        (NIGHTS, datetime(2026, 11, 23, 23, 0, tzinfo=UTC), True),
        (NIGHTS, datetime(2026, 11, 23, 5, 59, tzinfo=UTC), True),
        (NIGHTS, datetime(2026, 11, 23, 6, 0, tzinfo=UTC), False),
        (QuorumLimits(zone=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC), False),
    ],
)
def test_when_somebody_is_there(limits: QuorumLimits, now: datetime, there: bool) -> None:
    assert is_staffed(limits, now) is there


@given(st.integers(0, 50), st.integers(0, 50))
def test_nought_is_never(reporters: int, needed: int) -> None:
    assert is_enough(reporters, needed) == (needed > 0 and reporters >= needed)
    assert not is_enough(reporters, 0)


async def test_while_somebody_is_there_nothing_folds_by_itself(database_url: str) -> None:
    always = QuorumLimits(zone=UTC, staffed=(time(0), time(23, 59)))
    letters, limits = Letters(), Limits(quorum=always)
    async with open_web_house(
        database_url, change=lambda rooms: with_letters(rooms, letters, limits)
    ) as house:
        ward = Ward(house, letters)
        mara, tom, *others = await crowd(ward, "mara", "tom", "ann", "ben", "cyd")
        thread = await ward.thread(mara, tom)
        for who in others:
            await report_post(who, thread)
        assert await sees(tom, thread)


async def test_what_is_folded_away_waits_for_no_answer(ward: Ward) -> None:
    mara, tom, *others = await crowd(ward, "mara", "tom", "ann", "ben", "cyd")
    thread = await ward.thread(mara, tom)
    assert TITLE in (await mara.get("/needs-a-reply")).text
    for who in others:
        await report_post(who, thread)
    assert TITLE not in (await mara.get("/needs-a-reply")).text
