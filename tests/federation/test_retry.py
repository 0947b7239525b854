"""What becomes of a delivery, for every answer and any past."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation.errors import BadResponse, Blocked, FetchError, TimedOut, Unreachable
from federation.retry import (
    DAILY,
    LONGEST_WISH,
    MAX_ATTEMPTS,
    PARKED_AFTER,
    STEPS,
    Gone,
    Later,
    Parked,
    Refused,
    Sent,
    Verdict,
    after,
    backoff,
    wished,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HALF = 0.5


def verdict(answer: int | FetchError, attempts: int = 1, **more: object) -> Verdict:
    return after(answer, attempts=attempts, now=NOW, chance=lambda: HALF, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_2xx_is_an_acknowledgement(status: int) -> None:
    assert verdict(status) == Sent()


@pytest.mark.parametrize("status", [400, 403, 404, 405, 406, 409, 413, 415, 422, 451])
def test_b14_a_4xx_is_final(status: int) -> None:
    assert verdict(status) == Refused()


def test_410_is_gone() -> None:
    assert verdict(410) == Gone()


@pytest.mark.parametrize("status", [301, 401, 408, 425, 429, 500, 501, 502, 503, 504])
def test_what_may_pass_is_tried_again(status: int) -> None:
    assert verdict(status) == Later(NOW + timedelta(seconds=5))


@pytest.mark.parametrize("error", [Unreachable(), TimedOut(), BadResponse(retryable=True)])
def test_the_network_is_tried_again(error: FetchError) -> None:
    assert isinstance(verdict(error), Later)


def test_what_our_own_door_refuses_is_final() -> None:
    assert verdict(Blocked(reason="address")) == Refused()


def test_an_activity_that_fails_while_others_pass_is_parked() -> None:
    for attempts in range(1, PARKED_AFTER):
        assert isinstance(verdict(500, attempts, others_succeeding=True), Later)
    assert verdict(500, PARKED_AFTER, others_succeeding=True) == Parked()
    assert isinstance(verdict(500, PARKED_AFTER), Later)


def test_what_found_no_connection_is_not_parked_for_that() -> None:
    """A peer that restarts again and again takes some and misses others; none of them is lost."""
    for reason in ("unreachable", "dns", "tls"):
        error = Unreachable(reason=reason)
        assert isinstance(verdict(error, MAX_ATTEMPTS - 1, others_succeeding=True), Later)
    for answered in (TimedOut(), Unreachable(reason="hung-up")):
        assert verdict(answered, PARKED_AFTER, others_succeeding=True) == Parked()


@given(attempts=st.integers(1, MAX_ATTEMPTS - 1), chance=st.floats(0, 1, exclude_max=True))
def test_the_back_off_keeps_to_its_schedule(attempts: int, chance: float) -> None:
    step = STEPS[attempts - 1] if attempts <= len(STEPS) else DAILY
    wait = backoff(attempts, lambda: chance)
    assert step * 0.8 - timedelta(microseconds=1) <= wait <= step * 1.2
    assert after(503, attempts=attempts, now=NOW, chance=lambda: chance) == Later(NOW + wait)


def test_it_gives_up_after_about_thirty_days() -> None:
    waits = [backoff(attempts, lambda: HALF) for attempts in range(1, MAX_ATTEMPTS)]
    assert timedelta(days=29) < sum(waits, timedelta()) < timedelta(days=31)
    assert verdict(503, MAX_ATTEMPTS) == Parked()


@given(seconds=st.integers(0, 10**6), attempts=st.integers(1, MAX_ATTEMPTS - 1))
def test_a_wish_to_come_later_is_honoured_up_to_a_day(seconds: int, attempts: int) -> None:
    wish = timedelta(seconds=seconds)
    later = verdict(429, attempts, retry_after=wish)
    assert isinstance(later, Later)
    own = backoff(attempts, lambda: HALF)
    assert later.at - NOW == max(own, min(wish, LONGEST_WISH))


def test_a_retry_after_is_seconds_or_a_date() -> None:
    assert wished("120", NOW) == timedelta(seconds=120)
    assert wished("Mon, 23 Nov 2026 12:10:00 GMT", NOW) == timedelta(minutes=10)
    for nothing in (None, "", "soon", "-5", "Mon, 23 Nov 2026 11:00:00 GMT", "9" * 400, "٣"):
        wish = wished(nothing, NOW)
        assert wish is None or wish > LONGEST_WISH
