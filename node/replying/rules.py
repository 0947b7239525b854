"""Who is answered first, who went quietly unanswered, how long a group's threads wait, and who may
see what of it. Pure.

One answer is worse than none at all for whoever asks for the first time, and two are better (Low et
al. 2021, PMC8880842): a thread waits until two others have answered it (`storage.waiting.ENOUGH`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from storage.actors import Actor
from storage.unanswered import Course
from storage.waiting import ENOUGH, Spot, WaitingThread

DAY: Final = timedelta(days=1)
LOOKED_BACK: Final = timedelta(days=30)
"""How far the times of a group's own team look back."""
FEWEST: Final = 10
"""Threads below which no figure is shown: fewer would tell of one person or another."""
LAST_THREADS: Final = 2
"""So many threads in a row with hardly an answer, and somebody could use a kind word."""


def order(spot: Spot) -> tuple[bool, datetime, int]:
    """The sort key of the queue: whoever asks for the first time, then the longest waits. The query
    of `storage.waiting` sorts by the same."""
    return (not spot.is_first, spot.created_at, spot.id)


def spot_of(waiting: WaitingThread) -> Spot:
    """Where a thread stands in the queue."""
    post = waiting.view.post
    return Spot(waiting.is_first, post.created_at, post.id)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody who could use a kind word, and the threads that found hardly an answer."""

    author: Actor
    threads: tuple[WaitingThread, ...]


def quietly_unanswered(threads: Iterable[WaitingThread]) -> list[Unanswered]:
    """The people whose last threads, two or more, found one answer or none; whoever waits longest
    first. `threads` come newest first, answered ones among them, and none so fresh that an answer
    may still be on its way."""
    runs: dict[int, list[WaitingThread]] = {}
    ended: set[int] = set()
    for one in threads:
        author = one.view.author.id
        if one.repliers >= ENOUGH:
            ended.add(author)
        elif author not in ended:
            runs.setdefault(author, []).append(one)
    found = [
        Unanswered(run[0].view.author, tuple(run))
        for run in runs.values()
        if len(run) >= LAST_THREADS
    ]
    return sorted(found, key=lambda one: one.threads[-1].view.post.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How a group answered: the median waits, None where too few threads tell of it, and of how
    many threads so many had two repliers within a day."""

    first: timedelta | None
    second: timedelta | None
    in_a_day: int
    of: int


def figures(courses: Sequence[Course], now: datetime) -> Figures | None:
    """The figures of a group's threads, of nobody in particular; None for too few of them. A thread
    counts from its second day on: until then it may still find its answers."""
    counted = [one for one in courses if one.began <= now - DAY]
    if len(counted) < FEWEST:
        return None
    return Figures(
        first=_median(_wait(one, 1) for one in counted),
        second=_median(_wait(one, ENOUGH) for one in counted),
        in_a_day=sum(1 for one in counted if (_wait(one, ENOUGH) or LOOKED_BACK) <= DAY),
        of=len(counted),
    )


def _wait(course: Course, repliers: int) -> timedelta | None:
    """How long a thread waited for so many others; None if they did not come."""
    if len(course.answered) < repliers:
        return None
    # Another node's clock may be slow.
    return max(course.answered[repliers - 1] - course.began, timedelta(microseconds=1))


def _median(waits: Iterable[timedelta | None]) -> timedelta | None:
    known = [one.total_seconds() for one in waits if one is not None]
    return timedelta(seconds=median(known)) if len(known) >= FEWEST else None
