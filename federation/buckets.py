"""How fast one peer may post to us: a token bucket each, far above what an honest peer needs."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import Final

KEPT: Final = 10_000


class Buckets:
    """`rate` requests per second and name in the long run, `burst` at once."""

    def __init__(self, rate: float, burst: int, now: Callable[[], datetime]) -> None:
        self._rate = rate
        self._burst = burst
        self._now = now
        self._levels: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, name: str) -> int:
        """0 when `name` may go on, else the seconds after which it may."""
        now = self._now()
        level, since = self._levels.get(name, (float(self._burst), now))
        passed = max((now - since).total_seconds(), 0.0)
        level = min(level + passed * self._rate, float(self._burst))
        wait = 0 if level >= 1 else max(ceil((1 - level) / self._rate), 1)
        self._levels[name] = (level if wait else level - 1, now)
        self._levels.move_to_end(name)
        if len(self._levels) > KEPT:
            self._levels.popitem(last=False)
        return wait
