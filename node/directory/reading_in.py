"""Imports that go on after the page that began them has answered: one task each, in the process
that was asked. Their rows say how far they are, so any process can show it.

A task that ends with its process loses nothing: the same files again go on where it stopped.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from node.directory.import_run import ImportRun, Step, drive_on
from node.directory.importing import Importing
from node.errors import KithError, Refused
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

MOST: Final = 2
"""Imports at one time; each holds its package in memory."""


class ReadingIn:
    """The imports of this process that are under way."""

    def __init__(self, db: Database, importing: Importing) -> None:
        self._db = db
        self._importing = importing
        self._tasks: set[asyncio.Task[None]] = set()

    def insist_room(self) -> None:
        """Raises Refused while as many go on as may."""
        if len(self._tasks) >= MOST:
            raise Refused("Another list is being read in. Wait for it, then hand this in.", "busy")

    async def begin(self, run: ImportRun) -> int:
        """The data set that it is read into; the rest goes on by itself. Raises Refused."""
        self.insist_room()
        steps = iter(run)
        await self._db.write(next(steps))
        if run.edition is None:
            raise Refused("The import did not begin. Hand the file in again.", "not-done")
        task = asyncio.create_task(self._go_on(run, steps))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return run.edition.set_id

    async def _go_on(self, run: ImportRun, steps: Iterator[Step]) -> None:
        try:
            await drive_on(self._db, self._importing, run, steps, asyncio.to_thread)
        except (KithError, StorageError) as error:
            log.warning("an import stopped: %s", error)

    async def wait(self) -> None:
        """Until nothing is under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def close(self) -> None:
        """Stop. What lies ready stays, and is gone on with when the file is handed in again."""
        for task in set(self._tasks):
            task.cancel()
        for task in set(self._tasks):
            with suppress(asyncio.CancelledError):
                await task
