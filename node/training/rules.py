"""Badges of helpers: when one is earned, how long it holds, and when somebody is invited. Pure.

A badge says that somebody went through the units, and nothing of how well: people are not scored.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from node.topics import TOPICS
from storage.training_paths import HelperPath

VALID: Final = timedelta(days=365)
"""How long a badge holds. Going through the units again renews it."""
REFRESH: Final = timedelta(days=30)
"""So long before its end a badge asks to be renewed."""
INVITED_AFTER: Final = timedelta(days=3)
"""From when on somebody is asked whether they would like to help."""
INVITED_FOR: Final = timedelta(days=11)
"""How long; after that the way to the training is on the page /more, and nobody is asked again."""
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


class Paths(Protocol):
    """Where the path of a persona is found."""

    def get(self, persona_id: int) -> HelperPath: ...


def is_invited(age: timedelta, paths: Paths, persona_id: int) -> bool:
    """Whether to ask somebody if they would like to help: after some days, for some days, and only
    as long as they have not begun."""
    if not INVITED_AFTER <= age < INVITED_AFTER + INVITED_FOR:
        return False
    path = paths.get(persona_id)
    return not (path.done or path.replies)


def badges_of(path: HelperPath | None, now: datetime) -> tuple[str, ...]:
    """The labels of the badges that a page may show, in the order of the topics."""
    valid = valid_badges(path, now)
    return tuple(one.label for one in TOPICS if one.slug in valid)
