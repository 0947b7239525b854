"""The worker that goes on with what takes long: erasing accounts, and making copies of data.

A job is a row; each step is one transaction that leaves the rest for the next one. A worker that is
killed has lost nothing: its lease runs out, and whoever claims the job goes on where it stands.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from node.ports import Clock
from node.rights.copying import COPY
from node.rights.leaving import ERASE
from node.rights.service import Rights
from storage.database import Database
from storage.jobs import Job

LEASE: Final = timedelta(seconds=120)
STEPS: Final = 500
"""Steps of one job before others get their turn."""
AGAIN: Final = timedelta(minutes=5)

log = logging.getLogger(__name__)

Step = Callable[[int], Awaitable[datetime | None]]
"""Does a piece of the job for this target; when to go on, or None at the end."""


class RightsWork:
    """Works off jobs of the kinds that it has steps for."""

    def __init__(self, db: Database, now: Clock, steps: dict[str, Step]) -> None:
        self._db = db
        self._now = now
        self._steps = steps

    async def run_once(self) -> int:
        """Go on with one job that is due; how many there were."""
        kinds = tuple(self._steps)
        jobs = await self._db.write(lambda uow: uow.jobs.claim(self._now(), LEASE, 1, kinds))
        for job in jobs:
            try:
                await self._go_on(job)
            except Exception:
                log.exception(
                    "job %d (%s) met a fault of ours; it is tried again", job.id, job.kind
                )
                await self._postpone(job, self._now() + AGAIN)
        return len(jobs)

    async def next_due(self) -> datetime | None:
        """When the next job is due, or None."""
        return await self._db.read(lambda uow: uow.jobs.next_due(self._now()))

    async def _go_on(self, job: Job) -> None:
        step, target = self._steps[job.kind], int(job.target)
        for _ in range(STEPS):
            due = await step(target)
            if due is None:
                await self._db.write(lambda uow: uow.jobs.finish(job.id, "done"))
                return
            if due > self._now():
                await self._postpone(job, due)
                return
            await self._extend(job, self._now() + LEASE)
        await self._postpone(job, self._now())

    async def _extend(self, job: Job, until: datetime) -> None:
        await self._db.write(lambda uow: uow.jobs.extend([job.id], until))

    async def _postpone(self, job: Job, due: datetime) -> None:
        await self._db.write(lambda uow: uow.jobs.postpone(job.id, due))


def open_rights_work(db: Database, now: Clock, rights: Rights) -> RightsWork:
    """The worker of this room."""

    async def erase(deletion_id: int) -> datetime | None:
        return await db.write(lambda uow: rights.erasing.step(uow, deletion_id))

    async def copy(export_id: int) -> datetime | None:
        return await rights.copies.make(db, export_id)

    return RightsWork(db, now, {ERASE: erase, COPY: copy})
