"""One reader of events in each process: wakes up, takes what is new, finds out who gets it, and
hands it to the hub.

It reads on from the last number it saw, so a wake-up that is lost is made good by the next look.
While nobody listens it does nothing. Every look asks which tokens still open something, before a
word goes out: a token that was taken back hears nothing more, and its connection ends.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from node.clients.streaming.cursor import LOOK_BACK, Cursor
from node.clients.streaming.hub import Hub, Listeners, Told
from storage.database import Database, Subscription
from storage.errors import StorageError
from storage.events import TOPIC, Event
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 15.0
"""After so long without a wake-up it looks all the same."""
AT_ONCE: Final = 500
PAUSE_SECONDS: Final = 1.0

Tell = Callable[[UnitOfWork, Sequence[Event], Listeners], list[Told]]
"""(open transaction, events, who listens) to what is told to whom."""


class EventReader:
    """Runs from the first listener on until the node ends."""

    def __init__(self, db: Database, hub: Hub, tell: Tell, seconds: float = LOOK_SECONDS) -> None:
        self._db = db
        self._hub = hub
        self._tell = tell
        self._seconds = seconds
        self._cursor = Cursor()
        self._pending: list[Event] = []
        self._task: asyncio.Task[None] | None = None
        self._beginning = asyncio.Lock()

    async def ready(self) -> None:
        """Returns once all that is committed from now on will be told. To be called before a
        connection joins its first stream."""
        async with self._beginning:
            if len(self._hub) <= 1 or self._task is None:
                await self._begin()
            if self._task is None:
                subscription = self._db.signals.subscribe(TOPIC)
                self._task = asyncio.create_task(self._run(subscription))

    async def close(self, *_: object) -> None:
        """Ends the task."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _begin(self) -> None:
        """Nobody listened until now: what was before is nobody's news."""

        def look(uow: UnitOfWork) -> tuple[int, list[Event]]:
            newest = uow.events.newest()
            return newest, uow.events.after(newest - LOOK_BACK, LOOK_BACK + 1)

        newest, last = await self._db.read(look)
        self._cursor.start(newest, (one.id for one in last), _seconds())
        self._pending = []

    async def _run(self, subscription: Subscription) -> None:
        try:
            while True:
                await subscription.wait(self._seconds)
                if len(self._hub):
                    await self._guarded()
        finally:
            subscription.close()

    async def _guarded(self) -> None:
        try:
            while await self.look() == AT_ONCE:
                pass
        except StorageError:
            log.warning("events could not be read; they are read again")
            await asyncio.sleep(PAUSE_SECONDS)
        except Exception:
            # One of them cannot be told. The others shall be.
            log.exception("events could not be told")
            self._pending = []

    async def look(self) -> int:
        """Tell what is new; how many events were found."""
        after, gaps = self._cursor.top, list(self._cursor.gaps)
        found = await self._db.read(
            lambda uow: [
                *(uow.events.these(gaps) if gaps else ()),
                *uow.events.after(after, AT_ONCE),
            ]
        )
        self._pending += self._cursor.take(found, _seconds())
        events, listeners = self._pending, self._hub.listeners()

        def tell(uow: UnitOfWork) -> tuple[frozenset[int], list[Told]]:
            alive = uow.listening.alive(listeners.tokens)
            return alive, self._tell(uow, events, listeners) if events else []

        alive, told = await self._db.read(tell)
        self._pending = []
        self._hub.keep(alive, listeners.tokens)
        self._hub.deliver(told)
        return len(found)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
