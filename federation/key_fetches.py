"""How often strangers may make us fetch keys: a few failures per host and window, then silence.

Anyone can send a request that names a key anywhere. Each such name could cost a fetch, which would
make us the tool of an attack on the host that is named. So failures are remembered, per key and per
host; a success takes a failure back, so that a busy honest peer with some deleted accounts is never
shut out.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Self

from federation.errors import FetchError
from federation.limits import KEY_FETCH_WINDOW, KEY_FETCHES_PER_HOST
from federation.origins import authority_or_none

WINDOW: Final = timedelta(seconds=KEY_FETCH_WINDOW)
REMEMBERED: Final = 10_000


class KeyUnavailable(Exception):
    """A key that we do not have and did not get. The message is safe to show to the sender.

    `retryable`: the same request may succeed later. `status`: what the key's host answered, if so.
    """

    def __init__(
        self, reason: str, message: str, *, retryable: bool = False, status: int | None = None
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.retryable = retryable
        self.status = status

    @classmethod
    def after(cls, error: FetchError) -> Self:
        """For a key whose fetch ended with `error`."""
        message = "The key of this signature could not be fetched."
        return cls(error.reason, message, retryable=error.retryable, status=error.status)


@dataclass(slots=True)
class _Host:
    failures: deque[datetime] = field(default_factory=deque)
    under_way: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def failed_since(self, start: datetime) -> int:
        while self.failures and self.failures[0] <= start:
            self.failures.popleft()
        return len(self.failures)


class KeyFetches:
    """Counts fetches of keys; built inside the event loop that uses it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._missing: OrderedDict[str, tuple[datetime, KeyUnavailable]] = OrderedDict()

    @asynccontextmanager
    async def one(self, key_id: str) -> AsyncIterator[None]:
        """Around the fetch of one key, whose body raises KeyUnavailable when it failed.

        Raises it too, without a fetch, when this key was missing a while ago, or when its host
        failed KEY_FETCHES_PER_HOST times within KEY_FETCH_WINDOW seconds. Fetches under way count
        as failed until they are not: the others wait.
        """
        self._refuse_missing(key_id)
        host = self._host(authority_or_none(key_id) or "")
        await self._enter(host)
        try:
            yield
        except KeyUnavailable as error:
            host.failures.append(self._now())
            self._remember(key_id, error)
            raise
        else:
            if host.failures:
                host.failures.popleft()
        finally:
            host.under_way -= 1
            async with host.changed:
                host.changed.notify_all()

    async def _enter(self, host: _Host) -> None:
        async with host.changed:
            while True:
                failed = host.failed_since(self._now() - WINDOW)
                if failed >= KEY_FETCHES_PER_HOST:
                    message = "Too many keys of this host could not be fetched. Try again later."
                    raise KeyUnavailable("key-host-failing", message, retryable=True)
                if failed + host.under_way < KEY_FETCHES_PER_HOST:
                    host.under_way += 1
                    return
                await host.changed.wait()

    def _refuse_missing(self, key_id: str) -> None:
        missing = self._missing.get(key_id)
        if missing is None:
            return
        since, error = missing
        if self._now() - since < WINDOW:
            raise KeyUnavailable(
                error.reason, str(error), retryable=error.retryable, status=error.status
            )
        del self._missing[key_id]

    def _remember(self, key_id: str, error: KeyUnavailable) -> None:
        if error.retryable:
            return  # the host's own count is enough: a short outage must not cost ten minutes
        self._missing[key_id] = (self._now(), error)
        self._missing.move_to_end(key_id)
        if len(self._missing) > REMEMBERED:
            self._missing.popitem(last=False)

    def _host(self, name: str) -> _Host:
        host = self._hosts.setdefault(name, _Host())
        self._hosts.move_to_end(name)
        if len(self._hosts) > REMEMBERED:
            oldest = next(iter(self._hosts))
            if self._hosts[oldest].under_way == 0:
                del self._hosts[oldest]
        return host
