"""What becomes of a delivery after one attempt: a pure function of the answer and the past.

2xx is an acknowledgement. Most 4xx are final: the peer understood and said no, and so an Announce
for a group that nobody there follows any more is simply done. What may pass is tried again for
thirty days, and an activity that keeps failing while others get through is set aside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from federation.errors import FetchError

STEPS: Final = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 60, 5 * 60, 15 * 60, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
)
DAILY: Final = timedelta(days=1)
JITTER: Final = 0.2
LONGEST_WISH: Final = timedelta(days=1)
"""The longest Retry-After that we honour."""
MAX_ATTEMPTS: Final = len(STEPS) + 30
"""After these, about thirty days have passed, and a delivery is set aside for good."""
PARKED_AFTER: Final = 4
_NO_CONNECTION: Final = frozenset({"unreachable", "dns", "tls"})
_MAY_PASS: Final = frozenset({401, 408, 425, 429})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with the delivery."""


@dataclass(frozen=True, slots=True)
class Sent(Verdict):
    """The peer has it."""


@dataclass(frozen=True, slots=True)
class Later(Verdict):
    """Try again, not before `at`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Parked(Verdict):
    """Set aside: it holds nothing up, and an operator can see it."""


@dataclass(frozen=True, slots=True)
class Refused(Verdict):
    """The peer, or our own door, said no for good."""


@dataclass(frozen=True, slots=True)
class Gone(Verdict):
    """Nobody lives at this inbox any more (410)."""


def after(
    answer: int | FetchError,
    *,
    attempts: int,
    now: datetime,
    chance: Callable[[], float],
    retry_after: timedelta | None = None,
    others_succeeding: bool = False,
) -> Verdict:
    """The verdict after attempt number `attempts` (from 1) ended with a status or an error.

    `chance` gives numbers in [0, 1). `retry_after` is the peer's wish. `others_succeeding` says
    that other activities reached this peer since this one was published; then one that fails again
    and again is parked, unless it is the connection that fails, of which it is innocent.
    """
    innocent = isinstance(answer, FetchError) and answer.reason in _NO_CONNECTION
    if isinstance(answer, FetchError):
        if not answer.retryable:
            return Refused()
    elif 200 <= answer < 300:
        return Sent()
    elif answer == 410:
        return Gone()
    elif 400 <= answer < 500 and answer not in _MAY_PASS:
        return Refused()
    if attempts >= MAX_ATTEMPTS or (
        others_succeeding and attempts >= PARKED_AFTER and not innocent
    ):
        return Parked()
    wish = min(retry_after or timedelta(), LONGEST_WISH)
    return Later(now + max(backoff(attempts, chance), wish))


def backoff(attempts: int, chance: Callable[[], float]) -> timedelta:
    """How long to wait after attempt `attempts`: 5 s, then 1 m to 12 h, then a day, ±20 %."""
    step = STEPS[attempts - 1] if attempts <= len(STEPS) else DAILY
    return step * (1 - JITTER + 2 * JITTER * chance())


def wished(header: str | None, now: datetime) -> timedelta | None:
    """A Retry-After header as a duration from `now`: seconds or a date (RFC 9110 section 10.2.3).

    None when there is none, when it cannot be read, and when it lies in the past.
    """
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        date = parsedate_to_datetime(text)
        wish = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return wish if wish > timedelta() else None
