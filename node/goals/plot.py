"""A plot of one's own entries: where each point lies in the drawing. Pure.

Mood is a round mark on a full line, difficulty a square one on a dashed line, so that nothing is
told by colour alone; the same stands in a table beside it. Days without an entry are left out and
never drawn as zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from storage.check_ins import EntryWords

SPANS: Final = (30, 90, 365)
"""Days that a plot can show."""
LEFT: Final = 96
RIGHT: Final = 700
TOP: Final = 20
STEP: Final = 44
BOTTOM: Final = TOP + 4 * STEP
WIDTH: Final = 720
HEIGHT: Final = BOTTOM + 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of one of the two lines."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis."""

    x: float
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """All that is drawn. `days` are the rows of the table, the newest first."""

    moods: list[Mark]
    difficulties: list[Mark]
    setbacks: list[float]
    ticks: list[Tick]
    days: list[EntryWords]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw a line through."""
        return not (self.moods or self.difficulties or self.setbacks)


def line(marks: list[Mark]) -> str:
    """The points of a polyline."""
    return " ".join(f"{mark.x:g},{mark.y:g}" for mark in marks)


def plot_of(entries: Iterable[EntryWords], today: date, span: int) -> Plot:
    """The last `span` days. Where a day has several entries, each has its mark."""
    first = today - timedelta(days=span - 1)
    shown = sorted((one for one in entries if first <= one.day <= today), key=lambda one: one.day)
    width = RIGHT - LEFT

    def across(day: date) -> float:
        return round(LEFT + width * (day - first).days / (span - 1), 1)

    return Plot(
        moods=[Mark(across(one.day), _up(one.mood)) for one in shown if one.mood],
        difficulties=[
            Mark(across(one.day), _up(one.difficulty)) for one in shown if one.difficulty
        ],
        setbacks=sorted({across(one.day) for one in shown if one.kind == "setback"}),
        ticks=[
            Tick(across(day), day)
            for day in (first, first + timedelta(days=(span - 1) // 2), today)
        ],
        days=shown[::-1],
    )


def _up(step: int) -> float:
    """The height of a step from 1 to 5; 5 is at the top."""
    return TOP + (5 - step) * STEP
