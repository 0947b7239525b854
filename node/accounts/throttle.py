"""Slows guessing down without locking anybody out (security.md, Rate limits; WEB-03).

A wrong password costs the next try a delay that doubles, for this name from this network. Beside
that, one network gets a bounded number of tries a while, whatever the names; and one name a bounded
number an hour from networks that never signed in to it, so that a harasser elsewhere cannot keep
its owner out. Kept in memory only: no address is written down, and once a day all is forgotten, so
that not even the hash of an address is older than that.
"""

import hashlib
import secrets
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from node.errors import Refused
from node.i18n import N_
from node.ports import Clock

FREE_TRIES = 3
LONGEST_DELAY = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=1)
NETWORK_TRIES, NETWORK_WINDOW = 60, timedelta(minutes=5)
NAME_TRIES, NAME_WINDOW = 100, timedelta(hours=1)
REMEMBERED = 10_000
ALL_FORGOTTEN_AFTER = timedelta(hours=24)

V = TypeVar("V")


class SlowDown(Refused):
    """Too many tries. `wait` is how long until the next one will be looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(
            N_("There were many tries in a short time. Wait a little, then try again."), "slow-down"
        )
        self.wait = wait


class Recent(Generic[V]):
    """A mapping that keeps the entries used last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[bytes, V] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: bytes) -> V | None:
        return self._entries.get(key)

    def put(self, key: bytes, value: V) -> None:
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._most:
            self._entries.popitem(last=False)

    def drop(self, key: bytes) -> None:
        self._entries.pop(key, None)


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: datetime | None = None


@dataclass(slots=True)
class Window:
    """When something was done lately."""

    times: deque[datetime] = field(default_factory=deque)

    def waits(self, now: datetime, most: int, length: timedelta) -> timedelta | None:
        """How long until it is done less than `most` times in `length`; None when it is so now."""
        while self.times and now - self.times[0] >= length:
            self.times.popleft()
        if len(self.times) < most:
            return None
        return self.times[0] + length - now


class Throttle:
    """Counts tries. A try counts as a failure until `succeeded` says otherwise, so that tries
    made at the same time cannot slip through together."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._begin()

    def _begin(self) -> None:
        """Know nobody, and hash with a salt of today."""
        self._since = self._now()
        self._salt = secrets.token_bytes(16)
        self._pairs: Recent[_Failures] = Recent(REMEMBERED)
        self._networks: Recent[Window] = Recent(REMEMBERED)
        self._names: Recent[Window] = Recent(REMEMBERED)
        self._trusted: Recent[bool] = Recent(REMEMBERED)

    def forget_old(self) -> None:
        """Once a day, forget everything; asked hourly, so that a quiet node forgets as well."""
        if self._now() - self._since >= ALL_FORGOTTEN_AFTER:
            self._begin()

    def try_name(self, name: str, network: str) -> None:
        """Before a password is looked at. Raises SlowDown."""
        self.forget_old()
        now = self._now()
        pair, who = self._key(name, network), self._key(name)
        failures = self._pairs.get(pair) or _Failures()
        self._check(_delay_left(failures, now))
        window = self._names.get(who) or Window()
        if not self._trusted.get(pair):
            self._check(window.waits(now, NAME_TRIES, NAME_WINDOW))
        self.try_network(network)
        window.times.append(now)
        self._names.put(who, window)
        if failures.last is not None and now - failures.last >= FORGET_AFTER:
            failures.count = 0
        failures.count, failures.last = failures.count + 1, now
        self._pairs.put(pair, failures)

    def try_network(self, network: str) -> None:
        """Before an account is made, or a one-time link looked at. Raises SlowDown."""
        self.forget_old()
        now = self._now()
        window = self._networks.get(self._key(network)) or Window()
        self._check(window.waits(now, NETWORK_TRIES, NETWORK_WINDOW))
        window.times.append(now)
        self._networks.put(self._key(network), window)

    def succeeded(self, name: str, network: str) -> None:
        """The password was right: forget the failures, remember the network."""
        pair, who = self._key(name, network), self._key(name)
        self._pairs.drop(pair)
        self._trusted.put(pair, True)
        window = self._names.get(who)
        if window and window.times:
            window.times.pop()

    def _key(self, *parts: str) -> bytes:
        """Names and addresses are kept as hashes, of one length whatever was typed."""
        typed = "\0".join(part.casefold() for part in parts).encode()
        return hashlib.sha256(self._salt + typed).digest()

    @staticmethod
    def _check(wait: timedelta | None) -> None:
        if wait is not None and wait > timedelta(0):
            raise SlowDown(wait)


class Unthrottled(Throttle):
    """Lets every try pass; for suites in test mode, which sign in as fast as they can."""

    @staticmethod
    def _check(wait: timedelta | None) -> None:
        pass


def _delay_left(failures: _Failures, now: datetime) -> timedelta | None:
    if failures.last is None or failures.count < FREE_TRIES:
        return None
    delay = min(timedelta(seconds=2 ** min(failures.count - FREE_TRIES, 12)), LONGEST_DELAY)
    return failures.last + delay - now
