"""Days and times of day where a person lives. Pure; the zones are IANA's, from the tz database.

Nobody is reminded between 22:00 and 7:00 by the clock of where they live, unless they asked for it
(safety invariant 22).
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from node.errors import Invalid
from node.i18n import N_

NIGHT_BEGINS: Final = 22 * 60
NIGHT_ENDS: Final = 7 * 60
"""Minutes of the day."""
WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
A_WEEK: Final = frozenset(range(7))
_CONTINENTS: Final = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


@cache
def zones() -> tuple[str, ...]:
    """The zones that are offered, by name; UTC is the first."""
    places = sorted(one for one in available_timezones() if one.startswith(_CONTINENTS))
    return tuple(dict.fromkeys(("UTC", *places)))


def zone_of(field: str, name: str) -> str:
    """A zone that somebody chose. Raises Invalid."""
    if name not in zones():
        raise Invalid(field, N_("Choose a place from the list."))
    return name


def local(now: datetime, zone: str) -> datetime:
    """The clock on the wall there."""
    return now.astimezone(ZoneInfo(zone))


def today(now: datetime, zone: str) -> date:
    """The date there."""
    return local(now, zone).date()


def is_night(minute: int) -> bool:
    """Whether a minute of the day lies between 22:00 and 7:00."""
    return minute >= NIGHT_BEGINS or minute < NIGHT_ENDS


def minute_of(moment: datetime, zone: str) -> int:
    """The minute of the day there."""
    there = local(moment, zone)
    return there.hour * 60 + there.minute


def at(day: date, minute: int, zone: str) -> datetime:
    """The moment, in UTC, when clocks there show that minute of that day. Where clocks were put
    forward over it, it comes an hour later."""
    wall = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(zone))
    return wall.astimezone(UTC)


def next_at(
    now: datetime, minute: int, zone: str, weekdays: frozenset[int] = A_WEEK
) -> datetime | None:
    """The next time after `now` that clocks there show that minute, on one of these weekdays (0 is
    Monday). None without any weekday."""
    first = today(now, zone)
    for ahead in range(9):
        day = first + timedelta(days=ahead)
        moment = at(day, minute, zone)
        if day.weekday() in weekdays and moment > now:
            return moment
    return None
