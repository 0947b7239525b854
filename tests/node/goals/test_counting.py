"""What was lived is counted so that nothing takes it away: whatever is written, in any order."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from node.goals.counting import is_milestone, lived, next_after, reached, reached_on
from storage.check_ins import EntryWords
from storage.goals import GoalKind, GoalWords, Pause

BEGAN = date(2026, 1, 1)
DAYS = st.integers(0, 120).map(lambda days: BEGAN + timedelta(days=days))
ENTRIES = st.lists(
    st.builds(
        EntryWords,
        kind=st.sampled_from(("check-in", "setback")),
        day=DAYS,
        did=st.sampled_from((None, True, False)),
    ),
    max_size=20,
)
KINDS: st.SearchStrategy[GoalKind] = st.sampled_from(("days", "doing"))


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    """Some pauses that follow one another."""
    edges = sorted(draw(st.lists(DAYS, max_size=6, unique=True)))
    made = [Pause(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    if len(edges) % 2:
        made.append(Pause(edges[-1]))
    return tuple(made)


def words(kind: GoalKind, rests: tuple[Pause, ...] = ()) -> GoalWords:
    return GoalWords(words="x", kind=kind, began=BEGAN, zone="UTC", pauses=rests)


@settings(max_examples=150)
@given(KINDS, pauses(), ENTRIES, DAYS, DAYS)
def test_a_setback_never_erases(
    kind: GoalKind, rests: tuple[Pause, ...], entries: list[EntryWords], day: date, now: date
) -> None:
    said = words(kind, rests)
    before = lived(said, entries, now)
    after = lived(said, [*entries, EntryWords(kind="setback", day=day)], now)
    assert after.total == before.total
    assert 0 <= after.run <= after.total


@settings(max_examples=150)
@given(KINDS, pauses(), ENTRIES, DAYS)
def test_time_and_entries_never_take_a_day_away(
    kind: GoalKind, rests: tuple[Pause, ...], entries: list[EntryWords], now: date
) -> None:
    said = words(kind, rests)
    before = lived(said, entries, now)
    assert lived(said, entries, now + timedelta(days=1)).total >= before.total
    assert lived(said, [*entries, EntryWords(kind="check-in", day=now, did=True)], now).total >= (
        before.total
    )


def test_the_total_stands_beside_the_run() -> None:
    now = BEGAN + timedelta(days=212)
    setbacks = [EntryWords(kind="setback", day=BEGAN + timedelta(days=one)) for one in (171, 212)]
    counted = lived(words("days"), setbacks, now)
    assert (counted.total, counted.run, counted.last_run) == (212, 0, 41)
    assert counted.run_since == now


def test_milestones_of_all_days() -> None:
    assert reached(0) == []
    assert reached(61) == [60, 30, 14, 7, 3, 1]
    assert reached(800)[:3] == [730, 365, 182]
    assert is_milestone(90)
    assert not is_milestone(91)
    assert (next_after(0), next_after(365)) == (1, 730)
    rests = (Pause(BEGAN + timedelta(days=2), BEGAN + timedelta(days=12)),)
    assert reached_on(words("days", rests), 3, BEGAN + timedelta(days=40)) == (
        BEGAN + timedelta(days=13)
    )
    assert reached_on(words("days", rests), 60, BEGAN + timedelta(days=40)) is None
