"""When a day is next, when to speak of it, and when somebody counts as quiet. Pure.

A reminder comes at eight in the morning of the community's own time: never in the night, when such
news is hardest to hold (peer-support invariant 22).
"""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, get_args

from node.errors import Invalid
from node.i18n import N_
from storage.remembering import DayKind, QuietWatch

KINDS: Final[tuple[DayKind, ...]] = get_args(DayKind)
AHEAD: Final = (0, 1, 3, 7)
"""Days before the day on which somebody may hear of it."""
TITLE_MOST: Final = 120
DAYS_MOST: Final = 60
"""Days that one persona may keep."""
HOUR: Final = time(8)
QUIET_DAYS: Final = (7, 14, 30)
LOOK_EVERY: Final = timedelta(days=7)
"""Sessions are forgotten two weeks after they were last used, so it is looked more often."""


@dataclass(frozen=True, slots=True)
class DayDraft:
    """A day as typed."""

    title: str
    kind: str
    month: int
    day: int
    year: int | None
    ahead: int


def checked(draft: DayDraft, today: date) -> DayDraft:
    """The draft as it may be kept. Raises Invalid."""
    title = " ".join(draft.title.split())
    if not title or len(title) > TITLE_MOST:
        raise Invalid("title", N_("Give the day a name that only you see, up to 120 letters."))
    if draft.kind not in KINDS:
        raise Invalid("kind", N_("Choose what kind of day it is."))
    if not 1 <= draft.month <= 12 or not 1 <= draft.day <= monthrange(2024, draft.month)[1]:
        raise Invalid("day", N_("There is no such day in that month."))
    if draft.year is not None and not 1900 <= draft.year <= today.year:
        raise Invalid("year", N_("Write the year in four digits, or leave it empty."))
    if draft.ahead not in AHEAD:
        raise Invalid("ahead", N_("Choose when you want to hear of it."))
    return DayDraft(title, draft.kind, draft.month, draft.day, draft.year, draft.ahead)


def in_year(month: int, day: int, year: int) -> date:
    """The day in a year; the 29th of February falls on the 28th where there is none."""
    if (month, day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return date(year, month, day)


def next_day(month: int, day: int, today: date) -> date:
    """The day itself, today or later."""
    this_year = in_year(month, day, today.year)
    return this_year if this_year >= today else in_year(month, day, today.year + 1)


def next_due(month: int, day: int, ahead: int, after: datetime, zone: tzinfo) -> datetime:
    """When to speak of it next: the first such morning later than `after` (UTC)."""
    year = after.astimezone(zone).year
    for one in (year, year + 1, year + 2):
        morning = in_year(month, day, one) - timedelta(days=ahead)
        due = datetime.combine(morning, HOUR, zone).astimezone(UTC)
        if due > after:
            return due
    raise AssertionError("every day comes round within two years")


def is_quiet(watch: QuietWatch, seen_at: datetime, now: datetime) -> bool:
    """Whether it is time to say something: so long not here, and not said since."""
    if now - seen_at < timedelta(days=watch.after_days):
        return False
    return watch.told_at is None or watch.told_at < seen_at


def look_again(watch: QuietWatch, seen_at: datetime, now: datetime) -> datetime:
    """When to look next."""
    ripe = seen_at + timedelta(days=watch.after_days)
    return min(ripe, now + LOOK_EVERY) if ripe > now else now + LOOK_EVERY
