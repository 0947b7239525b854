"""The pure half: days and their questions, widening, matching, scripts."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node.circles.matching_rules import matches
from node.circles.rules import (
    ALIVE,
    CLOSING_DAYS,
    LENGTHS,
    MOVES,
    WIDENING,
    first_question,
    question_of,
    verdict,
    widening_of,
)
from node.circles.scripts import read_script, shipped, text_of
from node.errors import Invalid
from storage.circle_doors import Waiting, Wish

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
TOPICS = ("bereavement", "sleep", "caring", "recovery")


def waits(
    number: int,
    *topics: str,
    days_ago: float = 0,
    account: int | None = None,
    language: str = "en",
    part: str = "evening",
    days: int = 28,
) -> Waiting:
    wish = Wish(topics=topics, language=language, days=days, part=part)
    return Waiting(
        id=number,
        persona_id=number,
        account_id=account or number,
        since=NOW - timedelta(days=days_ago),
        wish=wish,
    )


def nobody_apart(_one: int, _other: int) -> bool:
    return False


def people(found) -> list[list[int]]:  # type: ignore[no-untyped-def]
    return [[one.persona_id for one in match.people] for match in found]


def test_the_same_topics_bring_people_together_and_say_why() -> None:
    waiting = [waits(n, "bereavement", "sleep") for n in (1, 2, 3)] + [waits(4, "caring")]
    [match] = matches(waiting, NOW, 3, 20, nobody_apart)
    assert [one.persona_id for one in match.people] == [1, 2, 3]
    assert match.topics == ("bereavement", "sleep")


def test_two_topics_are_asked_for_at_first_and_one_later() -> None:
    waiting = [waits(1, "sleep", "caring"), waits(2, "sleep", "recovery")]
    assert matches(waiting, NOW, 2, 20, nobody_apart) == []
    longer = [waits(1, "sleep", "caring", days_ago=3), waits(2, "sleep", "recovery", days_ago=3)]
    [match] = matches(longer, NOW, 2, 20, nobody_apart)
    assert match.topics == ("sleep",)


def test_nobody_gets_less_than_they_asked_for_because_another_waited_long() -> None:
    waiting = [waits(1, "sleep", days_ago=30), waits(2, "caring", "recovery")]
    assert matches(waiting, NOW, 2, 20, nobody_apart) == []
    waiting[1] = waits(2, "caring", "recovery", days_ago=17)
    [match] = matches(waiting, NOW, 2, 20, nobody_apart)
    assert match.topics == (), "a mixed circle says that it is one"


def test_language_account_and_blocks_are_hard() -> None:
    base = waits(1, "sleep", days_ago=60)
    assert (
        matches([base, waits(2, "sleep", language="de", days_ago=60)], NOW, 2, 20, nobody_apart)
        == []
    )
    assert (
        matches([base, waits(2, "sleep", account=1, days_ago=60)], NOW, 2, 20, nobody_apart) == []
    )
    assert matches([base, waits(2, "sleep", days_ago=60)], NOW, 2, 20, lambda a, b: True) == []
    assert matches([base, waits(2, "sleep", days_ago=60)], NOW, 2, 20, nobody_apart) != []


def test_who_rests_is_left_in_peace() -> None:
    waiting = [waits(1, "sleep"), waits(2, "sleep")]
    resting = Waiting(
        id=2,
        persona_id=2,
        account_id=2,
        since=NOW,
        rest_until=NOW + timedelta(hours=1),
        wish=waiting[1].wish,
    )
    assert matches([waiting[0], resting], NOW, 2, 20, nobody_apart) == []


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(TOPICS), min_size=1, max_size=3),
            st.integers(0, 20),
            st.integers(1, 9),
            st.sampled_from(("morning", "evening")),
        ),
        max_size=12,
    ),
    st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=6),
)
def test_a_match_keeps_every_promise(
    wishes: list[tuple[set[str], int, int, str]], apart: set[tuple[int, int]]
) -> None:
    waiting = [
        waits(n, *sorted(topics), days_ago=ago, account=account, part=part)
        for n, (topics, ago, account, part) in enumerate(wishes, 1)
    ]

    def are_apart(one: int, other: int) -> bool:
        return (one, other) in apart or (other, one) in apart

    found = matches(waiting, NOW, 3, 5, are_apart)
    assert found == matches(list(reversed(waiting)), NOW, 3, 5, are_apart), "order is no matter"
    everybody = [one.persona_id for match in found for one in match.people]
    assert len(everybody) == len(set(everybody))
    for match in found:
        assert 3 <= len(match.people) <= 5
        assert len({one.account_id for one in match.people}) == len(match.people)
        for one in match.people:
            assert set(match.topics) <= set(one.wish.topics)
            for other in match.people:
                assert one is other or not are_apart(one.persona_id, other.persona_id)


def test_widening_only_widens() -> None:
    assert [one.after_days for one in WIDENING] == sorted({one.after_days for one in WIDENING})
    for before, after in itertools.pairwise(WIDENING):
        assert after.shared <= before.shared
        assert after.same_part <= before.same_part
        assert after.same_length <= before.same_length
    assert widening_of(timedelta(days=2)).shared == 1


def test_every_life_ends_and_nothing_leaves_the_end() -> None:
    states = {state for state, _ in MOVES} | set(MOVES.values())
    ends = states - {state for state, _ in MOVES}
    assert ends == {"closed", "given-up"}
    assert all((state, "empty") in MOVES for state in states - ends)
    assert states >= ALIVE


@pytest.mark.parametrize("days", LENGTHS)
def test_each_day_has_a_question_and_the_last_ones_are_for_goodbye(days: int) -> None:
    script = shipped()[0].questions
    asked = [question_of(script, day, days) for day in range(1, days + 1)]
    assert None not in asked
    assert len(set(asked)) == days
    assert asked[-CLOSING_DAYS:] == list(script[-CLOSING_DAYS:])
    assert question_of(script, days + 1, days) is None
    assert question_of(script, 0, days) is None


def test_our_scripts_are_what_they_say() -> None:
    hundred, caring = shipped()
    assert (len(hundred.questions), len(caring.questions)) == (100, 28)
    for script in (hundred, caring):
        assert len(set(script.questions)) == len(script.questions)
        openings = [" ".join(line.split()[:4]) for line in script.questions]
        assert max(openings.count(one) for one in openings) <= 3, "they begin in many ways"
        assert read_script(text_of(script), script.key) == script
        words = " ".join(script.questions).lower()
        for word in ("relapse", "failure", "patient", "sober", "clean", "suicide", "commit"):
            assert f" {word}" not in words


def test_a_script_that_cannot_be_says_why() -> None:
    with pytest.raises(Invalid, match="needs 28 questions; these are 2"):
        read_script("Name: Short\n\nOne?\nTwo?\n")
    with pytest.raises(Invalid, match="Name"):
        read_script("\n".join(f"Question {n}?" for n in range(30)))
    lines = [f"Question {n}?" for n in range(30)]
    lines[2] = "x" * 501
    with pytest.raises(Invalid, match="Question 3 is too long"):
        read_script("Name: Long\n" + "\n".join(lines))
    with pytest.raises(Invalid, match="at most 100"):
        read_script("Name: Many\n" + "\n".join(f"Question {n}?" for n in range(101)))


def test_the_first_question_comes_at_the_hour_of_the_community() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert first_question(NOW, 19, UTC) == datetime(2026, 11, 28, 19, tzinfo=UTC)
    assert first_question(NOW, 8, berlin) == datetime(2026, 11, 28, 7, tzinfo=UTC)


def test_a_verdict_needs_a_majority_of_those_who_answered() -> None:
    assert verdict([None, None]) == "go-on"
    assert verdict(["close", None, None]) == "close"
    assert verdict(["close", "merge"]) == "go-on"
    assert verdict(["close", "merge", "merge"]) == "merge"
