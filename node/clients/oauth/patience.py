"""How often one network may register programs, or present what is wrong, before it has to wait.

Kept in memory only and as salted hashes, like the throttle of signing in; a minute of memory is
all that it needs, so it forgets with the windows. Tries that succeed are not counted.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from node.accounts.throttle import REMEMBERED, Recent, SlowDown, Window
from node.ports import Clock


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so long, for one network."""

    name: str
    most: int
    length: timedelta


REGISTRATIONS: Final = Limit("register", 20, timedelta(minutes=10))
WRONG: Final = Limit("wrong", 30, timedelta(minutes=5))
"""Codes, tokens and secrets that were not good."""
DOCUMENTS: Final = Limit("document", 20, timedelta(minutes=10))
"""Descriptions of programs that are fetched from elsewhere."""


class Patience:
    """Counts by network. `is_endless` for suites of tests, which all come from one."""

    def __init__(self, now: Clock, *, is_endless: bool = False) -> None:
        self._now = now
        self._is_endless = is_endless
        self._salt = secrets.token_bytes(16)
        self._windows: Recent[Window] = Recent(REMEMBERED)

    def check(self, limit: Limit, network: str) -> None:
        """Raises SlowDown when the network has to wait."""
        window = self._windows.get(self._key(limit, network))
        wait = window.waits(self._now(), limit.most, limit.length) if window else None
        if wait is not None and not self._is_endless:
            raise SlowDown(wait)

    def count(self, limit: Limit, network: str) -> None:
        """Once more."""
        key = self._key(limit, network)
        window = self._windows.get(key) or Window()
        window.waits(self._now(), limit.most, limit.length)
        window.times.append(self._now())
        self._windows.put(key, window)

    def _key(self, limit: Limit, network: str) -> bytes:
        return hashlib.sha256(self._salt + f"{limit.name}\0{network}".encode()).digest()
