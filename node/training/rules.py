"""Badges of helpers: when one is earned, how long it holds, and when somebody is invited. Pure.

A badge says that somebody went through the units, and nothing of how well: people are not scored.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from storage.training_paths import HelperPath

VALID: Final = timedelta(days=365)
"""How long a badge holds. Going through the units again renews it."""
REFRESH: Final = timedelta(days=30)
"""So long before its end a badge asks to be renewed."""
INVITED_AFTER: Final = timedelta(days=3)
"""From when on somebody is asked whether they would like to help."""
REPLY_MOST: Final = 2_000


def is_fresh(done: Mapping[str, datetime], units: Iterable[str], now: datetime) -> bool:
    """Whether every unit was gone through within the time that a badge holds."""
    return all(unit in done and now - done[unit] < VALID for unit in units)


def valid_badges(path: HelperPath | None, now: datetime) -> frozenset[str]:
    """The topics for which somebody holds a badge now."""
    if path is None:
        return frozenset()
    return frozenset(topic for topic, given in path.badges.items() if now - given < VALID)


def ends_at(given: datetime) -> datetime:
    """When a badge that was given then ends."""
    return given + VALID


def asks_for_refresh(given: datetime, now: datetime) -> bool:
    """Whether it is time to renew a badge, or past it."""
    return ends_at(given) - now < REFRESH


def is_invited(age: timedelta, path: HelperPath) -> bool:
    """Whether to ask somebody if they would like to help: after some days, and only as long as they
    have not begun."""
    return age >= INVITED_AFTER and not path.done
