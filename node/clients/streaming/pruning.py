"""Events are dropped after minutes: whoever has not read them by then asks for the lists instead.

Rows carry no time. What was the newest one some minutes ago is old now, and all before it.
"""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

from node.ports import Clock
from storage.database import Database

KEPT: Final = timedelta(minutes=10)
EVERY: Final = timedelta(minutes=1)


class EventPruning:
    """A task of the worker. A process that has just begun keeps what is there for as long again."""

    def __init__(self, db: Database, now: Clock) -> None:
        self._db = db
        self._now = now
        self._seen: deque[tuple[datetime, int]] = deque()

    async def run_once(self) -> int:
        """Looks once a minute. Answers 0: there is never more to do at once."""
        now = self._now()
        if self._seen and now - self._seen[-1][0] < EVERY:
            return 0
        newest = await self._db.read(lambda uow: uow.events.newest())
        self._seen.append((now, newest))
        old = 0
        while self._seen and now - self._seen[0][0] >= KEPT:
            old = self._seen.popleft()[1]
        if old:
            await self._db.write(lambda uow: uow.events.drop(old))
        return 0
