"""When a day is next, and when it is spoken of: for any day, any time and any zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from node.remembering.rules import (
    AHEAD,
    HOUR,
    in_year,
    is_quiet,
    look_again,
    next_day,
    next_due,
)
from storage.remembering import QuietWatch

DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda one: (one.month, one.day))
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati"])


@given(DAYS, TIMES, ZONES, st.sampled_from(AHEAD))
def test_it_is_spoken_of_in_the_morning_so_many_days_before(
    day: tuple[int, int], now: datetime, zone: str, ahead: int
) -> None:
    due = next_due(*day, ahead, now, ZoneInfo(zone))
    local = due.astimezone(ZoneInfo(zone))
    on = local.date() + timedelta(days=ahead)
    assert due > now
    assert due - now <= timedelta(days=367)
    assert local.time() == HOUR
    assert on == in_year(*day, on.year)


@given(DAYS, TIMES, ZONES, st.sampled_from(AHEAD))
def test_it_is_spoken_of_once_a_year(
    day: tuple[int, int], now: datetime, zone: str, ahead: int
) -> None:
    first = next_due(*day, ahead, now, ZoneInfo(zone))
    second = next_due(*day, ahead, first, ZoneInfo(zone))
    assert timedelta(days=363) < second - first < timedelta(days=368)


@given(DAYS, st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_the_next_one_is_within_a_year(day: tuple[int, int], today: date) -> None:
    found = next_day(*day, today)
    assert today <= found <= today + timedelta(days=366)


def test_the_29th_of_february_comes_every_year() -> None:
    assert in_year(2, 29, 2027) == date(2027, 2, 28)
    assert in_year(2, 29, 2028) == date(2028, 2, 29)


@given(TIMES, st.sampled_from([7, 14, 30]), st.integers(0, 60 * 24 * 3600))
def test_somebody_is_quiet_after_their_own_time_and_told_once(
    seen: datetime, after: int, gone: int
) -> None:
    now = seen + timedelta(seconds=gone)
    watch = QuietWatch(
        persona_id=1, after_days=after, tells_buddies=False, seen_at=seen, look_at=seen
    )
    assert is_quiet(watch, seen, now) == (gone >= after * 24 * 3600)
    told = QuietWatch(
        persona_id=1,
        after_days=after,
        tells_buddies=False,
        seen_at=seen,
        look_at=seen,
        told_at=now,
    )
    assert not is_quiet(told, seen, now + timedelta(days=1))
    assert now < look_again(watch, seen, now) <= now + timedelta(days=7)
