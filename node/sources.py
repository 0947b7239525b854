"""The only real clock, id source and randomness; everything else is handed them."""

import random
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from node.ports import Clock, NewId

EPOCH_MS: Final = 1_704_067_200_000
"""2024-01-01T00:00Z; ids count milliseconds from here."""
_TAG_BITS, _COUNT_BITS = 8, 14
_RANDOM_BITS = 62


@dataclass(frozen=True, slots=True)
class Sources:
    """Where time, ids and chance come from. `chance` gives floats in [0, 1)."""

    now: Clock
    new_id: NewId
    chance: Callable[[], float]


def real_sources() -> Sources:
    """This machine's clock and randomness."""
    return Sources(system_now, Ids(system_now), random.SystemRandom().random)


def system_now() -> datetime:
    """The time now, aware UTC."""
    return datetime.now(UTC)


def random_id() -> int:
    """A 63-bit id that tells nothing: neither when it was made, nor after which other one."""
    return secrets.randbits(_RANDOM_BITS) | 1 << _RANDOM_BITS


def random_below(limit: int) -> int:
    """A number from 0 up to, not including, `limit`, that nobody can guess."""
    return secrets.randbelow(limit)


class Ids:
    """63-bit ids that grow with time: 41 bits of milliseconds, 8 of process, 14 of count.

    A clock that is set back does not make them fall: they go on from the last one.
    """

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._tag = secrets.randbits(_TAG_BITS)
        self._lock = threading.Lock()
        self._ms = 0
        self._count = 0

    def __call__(self) -> int:
        """The next id."""
        with self._lock:
            ms = int(self._now().timestamp() * 1000) - EPOCH_MS
            if ms > self._ms:
                self._ms, self._count = ms, 0
            else:
                self._count += 1
                if self._count >> _COUNT_BITS:
                    self._ms, self._count = self._ms + 1, 0
            return ((self._ms << _TAG_BITS | self._tag) << _COUNT_BITS) | self._count
