"""Who is asked for whom: each hard filter refuses once, closeness and fairness decide the rest, and
the order of rows decides nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from node.listening.matching import (
    WIDENING,
    Helper,
    Match,
    Seeker,
    World,
    is_close,
    match,
    reasons,
    refusals,
    stage_of,
)
from node.listening.rules import slot_at
from storage.listening_record import Intake, Offering, Wish
from tests.clock import Clock

NOW = Clock().now()
TOPICS = ("sleep", "anxiety", "bereavement", "alcohol")
WORLD = World(now=NOW)


def seeker(number: int = 1, **other: Any) -> Seeker:
    fields: dict[str, Any] = {
        "session_id": number,
        "persona_id": 100 + number,
        "account_id": 1000 + number,
        "asked_at": NOW,
        "intake": Intake(topics=("sleep",), language="en"),
    }
    return Seeker(**fields | other)


def helper(number: int = 1, **other: Any) -> Helper:
    fields: dict[str, Any] = {
        "persona_id": 200 + number,
        "account_id": 2000 + number,
        "offering": Offering(topics=("sleep",), languages=("en",)),
        "topics": frozenset({"sleep"}),
    }
    return Helper(**fields | other)


SEEKER, HELPER = seeker(), helper()


def offering(**other: Any) -> Helper:
    return replace(HELPER, offering=changed(HELPER.offering, **other))


def wanting(**other: Any) -> Seeker:
    return replace(SEEKER, intake=changed(SEEKER.intake, **other))


REFUSED: dict[str, tuple[Seeker, Helper, World]] = {
    "oneself": (SEEKER, replace(HELPER, account_id=SEEKER.account_id), WORLD),
    "block": (
        SEEKER,
        HELPER,
        replace(WORLD, cut_off=frozenset({(SEEKER.account_id, HELPER.account_id)})),
    ),
    "not-these": (
        replace(SEEKER, not_personas=frozenset({HELPER.persona_id})),
        HELPER,
        WORLD,
    ),
    "language": (wanting(language="fr"), HELPER, WORLD),
    "avoid": (
        wanting(wish="similar-experience", avoid=("alcohol",)),
        offering(topics=("sleep", "alcohol")),
        WORLD,
    ),
    "no-go": (SEEKER, offering(no_go=("sleep",)), WORLD),
    "declined": (replace(SEEKER, refused=frozenset({HELPER.account_id})), HELPER, WORLD),
    "asked-before": (
        replace(SEEKER, asked_before=frozenset({HELPER.persona_id})),
        HELPER,
        WORLD,
    ),
    "rests": (SEEKER, replace(HELPER, rests=True), WORLD),
    "time": (SEEKER, replace(HELPER, is_their_time=False), WORLD),
    "capacity": (SEEKER, replace(HELPER, live=1), WORLD),
    "is-asked": (SEEKER, replace(HELPER, is_asked=True), WORLD),
    "newcomer": (SEEKER, replace(HELPER, is_newcomer=True), WORLD),
    "badge": (SEEKER, replace(HELPER, has_badge=False), WORLD),
}


def test_two_who_fit_are_matched() -> None:
    assert refusals(SEEKER, HELPER, WORLD) == []
    found = [Match(1, 201, tuple(reasons(SEEKER, HELPER)))]
    assert match([SEEKER], [HELPER], WORLD) == found


@pytest.mark.parametrize("name", REFUSED)
def test_each_hard_filter_refuses(name: str) -> None:
    who, whom, world = REFUSED[name]
    assert refusals(who, whom, world) == [name]
    assert match([who], [whom], world) == []
    late = replace(who, asked_at=NOW - timedelta(days=1), is_at_risk=True)
    assert match([late], [whom], world) == [], "no hard filter ever gives way"


def test_invariant_12_a_block_of_any_persona_parts_both_ways() -> None:
    pair = (SEEKER.account_id, HELPER.account_id)
    for cut_off in (frozenset({pair, pair[::-1]}),):
        assert match([SEEKER], [HELPER], replace(WORLD, cut_off=cut_off)) == []


def test_letters_ask_for_no_time_of_the_day_and_count_by_themselves() -> None:
    letter = wanting(minutes=0)
    busy = replace(HELPER, is_their_time=False, live=1)
    assert refusals(letter, busy, WORLD) == []
    assert refusals(letter, replace(busy, letters=3), WORLD) == ["capacity"]


def test_newcomers_meet_trained_helpers_only_where_no_badge_is_asked_for() -> None:
    free = replace(WORLD, needs_badge=False)
    untrained = replace(HELPER, has_badge=False)
    assert refusals(SEEKER, untrained, free) == []
    assert refusals(replace(SEEKER, is_newcomer=True), untrained, free) == ["badge"]


def test_closeness_widens_with_the_time_of_waiting() -> None:
    stages = [stage_of(timedelta(minutes=one), is_letter=False) for one in (0, 4, 5, 10, 20, 600)]
    assert stages == [WIDENING[0], WIDENING[0], *WIDENING[1:], WIDENING[3]]
    assert stage_of(timedelta(minutes=20), is_letter=True) == WIDENING[0]
    other_way = wanting(wish="ideas")
    listens = offering(wishes=("listen",))
    stranger = replace(helper(2), topics=frozenset({"alcohol"}))
    assert not is_close(other_way, listens, "close")
    assert is_close(other_way, listens, "wider")
    assert not is_close(other_way, stranger, "wider")
    assert is_close(other_way, stranger, "anyone")
    for minutes, found in ((0, []), (5, [201]), (10, [201])):
        waits = replace(other_way, asked_at=NOW - timedelta(minutes=minutes))
        assert [one.helper_id for one in match([waits], [listens, stranger], WORLD)] == found


def test_whoever_is_at_risk_comes_first_then_who_waits_longest() -> None:
    early = seeker(1, asked_at=NOW - timedelta(minutes=9))
    late = seeker(2, asked_at=NOW - timedelta(minutes=3))
    risk = seeker(3, is_at_risk=True)
    for waiting, first in (((late, early), 1), ((late, early, risk), 3)):
        [found] = match(waiting, [HELPER], WORLD)
        assert found.session_id == first


def test_who_was_asked_longest_ago_is_asked() -> None:
    hour = timedelta(hours=1)
    often = helper(1, last_asked_at=NOW - hour)
    seldom = helper(2, last_asked_at=NOW - 9 * hour)
    never = helper(3)
    assert match([SEEKER], [often, seldom], WORLD)[0].helper_id == seldom.persona_id
    assert match([SEEKER], [often, seldom, never], WORLD)[0].helper_id == never.persona_id
    closer = replace(often, topics=frozenset({"sleep", "anxiety"}))
    wants = wanting(topics=("sleep", "anxiety"))
    assert match([wants], [closer, never], WORLD)[0].helper_id == closer.persona_id


def test_one_account_is_asked_once_under_all_its_names() -> None:
    twin = replace(helper(2), account_id=HELPER.account_id)
    assert len(match([seeker(1), seeker(2)], [HELPER, twin], WORLD)) == 1


SOME = st.sets(st.sampled_from(TOPICS), min_size=1, max_size=3).map(lambda one: tuple(sorted(one)))
WISH: st.SearchStrategy[Wish] = st.sampled_from(("listen", "similar-experience", "ideas"))
SEEKERS = st.builds(
    lambda topics, wish, minutes, ago, risk: (topics, wish, minutes, ago, risk),
    SOME,
    WISH,
    st.sampled_from((0, 30)),
    st.integers(0, 30),
    st.booleans(),
)
HELPERS = st.builds(
    lambda topics, wish, asked, rests: (topics, wish, asked, rests),
    SOME,
    WISH,
    st.integers(0, 3),
    st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(SEEKERS, max_size=5), st.lists(HELPERS, max_size=5), st.randoms())
def test_the_order_of_rows_changes_nothing(
    asked: list[Any], offered: list[Any], shuffle: Any
) -> None:
    seekers = [
        seeker(
            number,
            intake=Intake(topics=topics, wish=wish, minutes=minutes),
            asked_at=NOW - timedelta(minutes=ago),
            is_at_risk=risk,
        )
        for number, (topics, wish, minutes, ago, risk) in enumerate(asked)
    ]
    helpers = [
        helper(
            number,
            offering=Offering(topics=topics, wishes=(wish,)),
            topics=frozenset(topics),
            rests=rests,
            last_asked_at=NOW - timedelta(hours=hours) if hours else None,
        )
        for number, (topics, wish, hours, rests) in enumerate(offered)
    ]
    found = match(seekers, helpers, WORLD)
    for _ in range(3):
        shuffle.shuffle(seekers)
        shuffle.shuffle(helpers)
        assert match(seekers, helpers, WORLD) == found
    assert len({one.helper_id for one in found}) == len(found)
    whose = {one.session_id: one for one in seekers}
    whom = {one.persona_id: one for one in helpers}
    for one in found:
        assert not refusals(whose[one.session_id], whom[one.helper_id], WORLD)


def test_a_time_of_the_week_stays_what_it_was_when_the_clocks_change() -> None:
    """Half past six in Berlin is another hour of UTC in summer."""
    winter = datetime(2027, 1, 4, 17, 30, tzinfo=UTC)
    summer = datetime(2027, 7, 5, 16, 30, tzinfo=UTC)
    monday_evening = 3
    assert slot_at(winter, "Europe/Berlin") == slot_at(summer, "Europe/Berlin") == monday_evening
    assert slot_at(summer, "UTC") != monday_evening
