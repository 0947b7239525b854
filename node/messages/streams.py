"""Open pages of conversations that wait to be told that something is new.

What they are told is only that: the page then asks for itself again, as its reader may see it. How
many may wait is bounded, for each persona and for all; whoever finds no place has a plain page.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from node.errors import Refused
from node.i18n import N_
from node.messages.tools import topic
from storage.signals import Signals, Subscription

EACH: Final = 4
"""Streams of one persona."""
KEEP_ALIVE_SECONDS: Final = 20.0
"""After so long without news a sign of life is sent, and it is looked whether anybody may wait."""


class Streams:
    """All streams of this process."""

    def __init__(self, signals: Signals, most: int, keep_alive: float = KEEP_ALIVE_SECONDS) -> None:
        self._signals = signals
        self._most = most
        self._keep_alive = keep_alive
        self._open: set[Subscription] = set()
        self._by_persona: Counter[int] = Counter()
        self.is_closing = False

    @contextmanager
    def stream(self, conversation_id: int, persona_id: int) -> Iterator[Subscription]:
        """A place to wait at. Raises Refused (`busy`) when there is none."""
        full = len(self._open) >= self._most or self._by_persona[persona_id] >= EACH
        if full or self.is_closing:
            raise Refused(N_("Too many pages wait for news. Load this one again."), "busy")
        subscription = self._signals.subscribe(topic(conversation_id, persona_id))
        self._open.add(subscription)
        self._by_persona[persona_id] += 1
        try:
            yield subscription
        finally:
            subscription.close()
            self._open.discard(subscription)
            self._by_persona[persona_id] -= 1
            if not self._by_persona[persona_id]:
                del self._by_persona[persona_id]

    async def wait(self, subscription: Subscription) -> bool:
        """True for news, False for a sign of life."""
        return await subscription.wait(self._keep_alive)

    def __len__(self) -> int:
        return len(self._open)

    async def close(self, *_: object) -> None:
        """The node is about to end: nobody waits any longer."""
        self.is_closing = True
        for subscription in list(self._open):
            subscription.ring()
