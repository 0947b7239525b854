"""What was lived towards a goal: all days together, and the current run beside them. Pure.

A setback is an entry like any other. It ends a run and begins the next one; the days before it
were lived, and stay. So the total is the sum of all runs, and never gets smaller by a setback.
Days on which the goal rested are counted nowhere, neither for nor against anybody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from node.goals.rules import MILESTONES
from storage.check_ins import EntryWords
from storage.goals import GoalWords, Pause

YEAR: Final = 365
HALF_A_YEAR: Final = 182
_LAST: Final = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """In days. `last_run` is None before the first setback; `run_since` is when this run began."""

    total: int
    run: int
    last_run: int | None
    run_since: date


def lived(said: GoalWords, entries: Iterable[EntryWords], today: date) -> Lived:
    """Counts up to `today`, which is the day that is still under way."""
    known = [one for one in entries if said.began <= one.day <= today]
    setbacks = sorted({one.day for one in known if one.kind == "setback"})
    if said.kind == "doing":
        done = sorted({one.day for one in known if one.did and one.kind == "check-in"})
        runs = _runs_of_doing(done, setbacks)
    else:
        runs = _runs_of_days(said, setbacks, today)
    return Lived(
        total=sum(runs),
        run=runs[-1],
        last_run=runs[-2] if len(runs) > 1 else None,
        run_since=setbacks[-1] if setbacks else said.began,
    )


def _runs_of_days(said: GoalWords, setbacks: list[date], today: date) -> list[int]:
    """Each run goes from the day that it began to the day of the setback that ended it."""
    edges = [said.began, *setbacks, max(today, said.began)]
    return [(end - begin).days - _rested(said.pauses, begin, end) for begin, end in pairwise(edges)]


def _runs_of_doing(done: list[date], setbacks: list[date]) -> list[int]:
    """A day on which it was done belongs to the run that a setback of the same day ended."""
    edges = [date.min, *setbacks, _LAST]
    return [sum(1 for day in done if begin < day <= end) for begin, end in pairwise(edges)]


def _rested(pauses: tuple[Pause, ...], begin: date, end: date) -> int:
    """The days between the two on which the goal rested. Pauses do not overlap."""
    total = 0
    for one in pauses:
        since, until = max(one.since, begin), min(one.until or end, end)
        total += max(0, (until - since).days)
    return total


def steps() -> Iterator[int]:
    """The milestones in days, for ever."""
    yield from MILESTONES
    years = 2
    while True:
        yield years * YEAR
        years += 1


def reached(days: int) -> list[int]:
    """The milestones up to so many days, the greatest first."""
    found = []
    for step in steps():
        if step > days:
            break
        found.append(step)
    return found[::-1]


def is_milestone(days: int) -> bool:
    """Whether exactly so many days are one."""
    return days > 0 and reached(days)[:1] == [days]


def next_after(days: int) -> int:
    """The milestone that comes next."""
    return next(step for step in steps() if step > days)


def reached_on(said: GoalWords, step: int, today: date) -> date | None:
    """On which day the total of a goal that counts days came to so many; None before that, and for
    something to do, whose days say it themselves."""
    if said.kind == "doing":
        return None
    day, left = said.began, step
    while left and day < today:
        day += timedelta(days=1)
        if not any(one.since < day <= (one.until or _LAST) for one in said.pauses):
            left -= 1
    return None if left else day
