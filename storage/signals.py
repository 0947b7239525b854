"""Wake-ups: a committed write tells whoever waits for its kind of work that there is some.

A signal carries a topic and nothing else; the work itself is in the tables. Signals are a
courtesy for speed: a worker that misses one finds its rows at its next look.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable


class Subscription:
    """Waits for signals of some topics, from one event loop. Signals that nobody waited for yet
    come together in one."""

    def __init__(self, topics: frozenset[str], forget: "Callable[[Subscription], None]") -> None:
        self.topics = topics
        self._forget = forget
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()
        self._rung = False

    async def wait(self, timeout: float | None = None) -> bool:  # noqa: ASYNC109
        """True once a signal has come since the last wait, False after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return False
        # In this order: a signal that comes in between rings again rather than getting lost.
        self._rung = False
        self._event.clear()
        return True

    def ring(self) -> None:
        """Wakes the waiter. From any thread."""
        if self._rung:
            return
        self._rung = True
        try:
            self._loop.call_soon_threadsafe(self._event.set)
        except RuntimeError:
            # The loop is closed, and with it whoever waited.
            self.close()

    def close(self) -> None:
        self._forget(self)


class Signals:
    """Who waits for what in this process."""

    def __init__(self, on_first: Callable[[], None]) -> None:
        """`on_first` is called before the first subscription (PostgreSQL then begins to listen)."""
        self._on_first = on_first
        self._lock = threading.Lock()
        self._subscriptions: frozenset[Subscription] = frozenset()

    def subscribe(self, *topics: str) -> Subscription:
        """A subscription to these topics; to be called on the event loop that will wait."""
        subscription = Subscription(frozenset(topics), self._forget)
        with self._lock:
            first = not self._subscriptions
            self._subscriptions |= {subscription}
        if first:
            self._on_first()
        return subscription

    def fire(self, topics: Iterable[str]) -> None:
        """Rings every subscription to one of the topics. From any thread."""
        wanted = frozenset(topics)
        if wanted:
            for subscription in self._subscriptions:
                if subscription.topics & wanted:
                    subscription.ring()

    def fire_all(self) -> None:
        """Rings everyone: after a time in which signals may have been missed."""
        for subscription in self._subscriptions:
            subscription.ring()

    def _forget(self, subscription: Subscription) -> None:
        with self._lock:
            self._subscriptions -= {subscription}
