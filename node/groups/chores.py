"""Work on many posts of a group that no click should wait for, a batch in each transaction.

A chore is a job: what it did so far is in the rows it changed, so that one that is broken off goes
on where it was, and a batch that is repeated changes nothing.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from node.groups.narrowing import SEAL_POSTS, WITHDRAW, TakingBack
from node.groups.parting import ERASE_POSTS, REMOVE_POSTS
from node.groups.service import Groups
from node.ports import Clock
from storage.database import Database
from storage.jobs import Job
from storage.unit_of_work import UnitOfWork

KINDS: Final = (ERASE_POSTS, REMOVE_POSTS, WITHDRAW, SEAL_POSTS)
LEASE: Final = timedelta(seconds=60)
PAUSE_AFTER_FAULT: Final = timedelta(minutes=5)

log = logging.getLogger(__name__)


class Chores:
    """Works chores off, one batch at a time."""

    def __init__(self, db: Database, groups: Groups, outbound: TakingBack, now: Clock) -> None:
        self._db = db
        self._groups = groups
        self._outbound = outbound
        self._now = now

    async def run_once(self) -> int:
        """One batch of the chore that has waited longest; how many were done."""
        now = self._now()
        jobs = await self._db.write(lambda uow: uow.jobs.claim(now, LEASE, 1, KINDS))
        for job in jobs:
            try:
                await self._db.write(partial(self._batch, job))
            except Exception:
                log.exception("chore %d (%s) met a fault of ours", job.id, job.kind)
                await self._db.write(partial(_postpone, job, now + PAUSE_AFTER_FAULT))
        return len(jobs)

    async def next_due(self) -> datetime | None:
        """When the next job is due, or None."""
        now = self._now()
        return await self._db.read(lambda uow: uow.jobs.next_due(now))

    def _batch(self, job: Job, uow: UnitOfWork) -> None:
        if job.kind == SEAL_POSTS:
            following = self._groups.seal_posts(uow, job)
            is_done, place = following is None, None if following is None else str(following)
        elif job.kind == WITHDRAW:
            is_done, place = self._groups.withdraw_posts(uow, job, self._outbound), None
        else:
            is_done, place = self._groups.clear_posts(uow, job), None
        if is_done:
            uow.jobs.finish(job.id, "done")
        else:
            uow.jobs.postpone(job.id, self._now(), place)


def _postpone(job: Job, due: datetime, uow: UnitOfWork) -> None:
    uow.jobs.postpone(job.id, due, job.reason)
