"""Background work: receipts to process, deliveries to send, jobs to do, old rows to forget.

Each kind of work is a `run_once()` that answers how much it did, called again while there is more.
Between times its loop waits to be woken by a commit, or until something falls due; a slow poll is
the safety net. A worker that dies loses nothing: its work is rows.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from node.housekeeping import Housekeeping
from node.ports import Clock
from storage.database import Database

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 15.0
HOUSEKEEPING_SECONDS: Final = 3600.0
PAUSE_AFTER_ERROR_SECONDS: Final = 2.0

RunOnce = Callable[[], Awaitable[int]]
NextDue = Callable[[], Awaitable[datetime | None]]


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work. `next_due` tells when something postponed falls due, if anything can be."""

    topic: str
    run_once: RunOnce
    next_due: NextDue | None = None


class Worker:
    """Runs tasks until it is told to stop."""

    def __init__(
        self, db: Database, now: Clock, tasks: tuple[Task, ...], housekeeping: Housekeeping
    ) -> None:
        self._db = db
        self._now = now
        self._keeper = housekeeping
        self._tasks = tasks
        self._running: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin all loops on the running event loop."""
        loops = [self._loop(task) for task in self._tasks]
        self._running = [asyncio.create_task(loop) for loop in (*loops, self._housekeeping())]

    async def stop(self) -> None:
        """End all loops; work under way is cancelled, and its lease runs out."""
        for task in self._running:
            task.cancel()
        for task in self._running:
            with suppress(asyncio.CancelledError):
                await task
        self._running = []

    async def _loop(self, task: Task) -> None:
        subscription = self._db.signals.subscribe(task.topic)
        try:
            while True:
                done = await self._guarded(task)
                if done == 0:
                    await subscription.wait(await self._pause(task))
        finally:
            subscription.close()

    async def _guarded(self, task: Task) -> int:
        try:
            return await task.run_once()
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("work on %s failed; it is tried again", task.topic)
            await asyncio.sleep(PAUSE_AFTER_ERROR_SECONDS)
            return 0

    async def _pause(self, task: Task) -> float:
        """Seconds until something falls due, at most until the next poll."""
        if task.next_due is None:
            return POLL_SECONDS
        due = await task.next_due()
        if due is None:
            return POLL_SECONDS
        return min(POLL_SECONDS, max(0.02, (due - self._now()).total_seconds()))

    async def _housekeeping(self) -> None:
        while True:
            await self._keeper.run_once()
            await asyncio.sleep(HOUSEKEEPING_SECONDS)
