"""How many calls one token, or one network without a token, may make in a while (429, DOS rows).

Counted in memory, in this process alone, in fixed windows: far above what an app needs, and low
enough that a broken one does not slow the node down for all.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from aiohttp import web

from node.ports import Clock

WINDOW: Final = timedelta(minutes=5)
KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a budget, this call counted; `left` is below 0 when it was one too many."""

    most: int
    left: int
    resets_at: datetime
    seconds: int

    def headers(self) -> dict[str, str]:
        """As the Mastodon API and draft-ietf-httpapi-ratelimit-headers write them."""
        left = str(max(self.left, 0))
        reset = self.resets_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return {
            "X-RateLimit-Limit": str(self.most),
            "X-RateLimit-Remaining": left,
            "X-RateLimit-Reset": reset,
            "RateLimit-Limit": str(self.most),
            "RateLimit-Remaining": left,
            "RateLimit-Reset": str(self.seconds),
        }


class Budget:
    """`most` calls in each window of five minutes; 0 means no bound."""

    def __init__(self, most: int, now: Clock) -> None:
        self._most = most
        self._now = now
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def take(self, name: str) -> Left | None:
        """Counts one call. None where there is no bound."""
        if not self._most:
            return None
        now = self._now()
        begun, count = self._counts.get(name, (now, 0))
        if now - begun >= WINDOW:
            begun, count = now, 0
        self._counts[name] = (begun, count + 1)
        self._counts.move_to_end(name)
        if len(self._counts) > KEPT:
            self._counts.popitem(last=False)
        ends = begun + WINDOW
        seconds = max(ceil((ends - now).total_seconds()), 1)
        return Left(self._most, self._most - count - 1, ends, seconds)


BUDGET = web.AppKey("client-budget", Budget)
