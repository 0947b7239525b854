"""When a service is open: HSDS schedules, which follow the recurrence rules of iCalendar (RFC 5545,
section 3.3.10) for days, with opening times beside them. Pure.

Of a rule are used FREQ, INTERVAL, COUNT, UNTIL, WKST, BYDAY, BYMONTHDAY, and for yearly rules
BYYEARDAY and BYWEEKNO; that is what schedules of services need.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Record = dict[str, Any]

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
COUNT_MOST: Final = 5000
"""Days back that a rule with a COUNT is followed."""
_BYDAY: Final = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Line:
    """Opening times in words to be: which days of the week (0 is Monday), from when to when.

    No days stand for a rule that is no plain week; then `note` says what the source says.
    """

    days: tuple[int, ...]
    opens: str
    closes: str
    note: str = ""


def zone_of(schedule: Record, fallback: str) -> tzinfo:
    """HSDS gives an offset from UTC in hours; without one the zone of the data set holds."""
    offset = schedule.get("timezone")
    if isinstance(offset, int | float) and abs(offset) < 24:
        return timezone(timedelta(hours=offset))
    try:
        return ZoneInfo(fallback)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def is_open(schedules: Iterable[tuple[Record, str]], now: datetime) -> bool | None:
    """Whether any of the schedules, each with the zone of its data set, says that it is open now.

    None when none of them says a time. A day that is marked as closed is closed, whatever else.
    """
    known = False
    opened = False
    for schedule, fallback in schedules:
        local = now.astimezone(zone_of(schedule, fallback))
        if schedule.get("closed") is True:
            if happens_on(schedule, local.date()):
                return False
            continue
        opens, closes = _time(schedule.get("opens_at")), _time(schedule.get("closes_at"))
        if opens is None or closes is None:
            continue
        known = True
        opened = opened or _is_within(schedule, local, opens, closes)
    return opened if known else None


def _is_within(schedule: Record, local: datetime, opens: time, closes: time) -> bool:
    clock, today = local.time().replace(tzinfo=None), local.date()
    if opens < closes:
        return opens <= clock < closes and happens_on(schedule, today)
    # It stays open over midnight, or round the clock.
    if clock >= opens and happens_on(schedule, today):
        return True
    return clock < closes and happens_on(schedule, today - timedelta(days=1))


def happens_on(schedule: Record, day: date) -> bool:
    """Whether the schedule holds on this day."""
    first, last = _date(schedule.get("valid_from")), _date(schedule.get("valid_to"))
    start, until = _date(schedule.get("dtstart")), _date(schedule.get("until"))
    earliest = max((one for one in (first, start) if one), default=date.min)
    latest = min((one for one in (last, until) if one), default=date.max)
    if not earliest <= day <= latest or not _fits(schedule, day, start or first):
        return False
    count = schedule.get("count")
    if not isinstance(count, int | float) or start is None:
        return True
    return _before(schedule, start, day, int(count)) < count


def _before(schedule: Record, start: date, day: date, most: int) -> int:
    """How often the rule held before this day, counted to `most`."""
    held = 0
    for number in range(min((day - start).days, COUNT_MOST)):
        held += _fits(schedule, start + timedelta(days=number), start)
        if held >= most:
            break
    return held


def _fits(schedule: Record, day: date, start: date | None) -> bool:
    byday = _BYDAY.findall(str(schedule.get("byday") or "").upper())
    freq = schedule.get("freq") or ("WEEKLY" if byday else None)
    every = int(schedule.get("interval") or 1)
    match freq:
        case "WEEKLY":
            return _weekly(schedule, day, start, byday, every)
        case "MONTHLY":
            return _monthly(schedule, day, start, byday, every)
        case "YEARLY":
            return _yearly(schedule, day, start, byday, every)
        case "DAILY":
            return start is None or (day - start).days % max(every, 1) == 0
        case _:
            return True


def _weekly(
    schedule: Record, day: date, start: date | None, byday: list[tuple[str, str]], every: int
) -> bool:
    names = {name for _, name in byday} or ({DAYS[start.weekday()]} if start else set(DAYS))
    if DAYS[day.weekday()] not in names:
        return False
    if every <= 1 or start is None:
        return True
    first = DAYS.index(schedule["wkst"]) if schedule.get("wkst") in DAYS else 0
    weeks = (_week_start(day, first) - _week_start(start, first)).days // 7
    return weeks % every == 0


def _week_start(day: date, first: int) -> date:
    return day - timedelta(days=(day.weekday() - first) % 7)


def _monthly(
    schedule: Record, day: date, start: date | None, byday: list[tuple[str, str]], every: int
) -> bool:
    if start is not None and every > 1:
        months = (day.year - start.year) * 12 + day.month - start.month
        if months % every:
            return False
    length = _month_days(day)
    numbers = _numbers(schedule.get("bymonthday"))
    if numbers and day.day not in {one if one > 0 else length + 1 + one for one in numbers}:
        return False
    if not byday:
        return bool(numbers) or start is None or day.day == start.day
    nth, nth_last = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
    return any(
        name == DAYS[day.weekday()] and (not which or int(which) in {nth, nth_last})
        for which, name in byday
    )


def _yearly(
    schedule: Record, day: date, start: date | None, byday: list[tuple[str, str]], every: int
) -> bool:
    if start is not None and every > 1 and (day.year - start.year) % every:
        return False
    days, weeks = _numbers(schedule.get("byyearday")), _numbers(schedule.get("byweekno"))
    if days and int(day.strftime("%j")) not in days:
        return False
    if weeks and day.isocalendar().week not in weeks:
        return False
    if byday and DAYS[day.weekday()] not in {name for _, name in byday}:
        return False
    if days or weeks or byday:
        return True
    return start is None or (day.month, day.day) == (start.month, start.day)


def _month_days(day: date) -> int:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return (following - timedelta(days=1)).day


def _numbers(text: object) -> list[int]:
    return [int(one) for one in re.findall(r"-?\d+", str(text or ""))]


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None


def _time(text: object) -> time | None:
    try:
        return time.fromisoformat(str(text)[:8]) if text else None
    except ValueError:
        return None


def lines_of(schedules: Iterable[Record], today: date) -> list[Line]:
    """Opening times as people read them: the days of a plain week together where the times are the
    same, then what is said in words. What ended before today is left out."""
    weeks: dict[tuple[str, str], set[int]] = {}
    notes: list[Line] = []
    for one in schedules:
        last = _date(one.get("valid_to"))
        if last is not None and last < today:
            continue
        opens, closes = _short(one.get("opens_at")), _short(one.get("closes_at"))
        if _is_plain(one) and opens and closes:
            names = {name for _, name in _BYDAY.findall(str(one["byday"]).upper())}
            weeks.setdefault((opens, closes), set()).update(DAYS.index(name) for name in names)
        elif opens or one.get("description") or one.get("notes"):
            words = str(one.get("description") or one.get("notes") or "")
            notes.append(Line((), opens, closes, words))
    plain = [Line(tuple(sorted(days)), *times) for times, days in weeks.items()]
    plain.sort(key=lambda line: (line.days, line.opens))
    return [*plain, *dict.fromkeys(notes)]


def _is_plain(one: Record) -> bool:
    every = one.get("interval") or 1
    return bool(one.get("byday")) and one.get("freq", "WEEKLY") == "WEEKLY" and every == 1


def _short(text: object) -> str:
    made = _time(text)
    return made.strftime("%H:%M") if made else ""
