"""Bring home what a group said before we followed it: its earlier threads, and what answers them.

A job per group: the outbox names the threads, `featured` those that are pinned, and each thread its
replies. Threads are stored one by one, oldest first, so that a job that is broken off has done
something, and the next attempt does the rest.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from federation.conversation import Conversations
from federation.dispatch import Context
from federation.errors import FetchError
from federation.fetch import FetchedPost, Fetcher
from federation.leases import work_off
from federation.limits import FetchBudget
from storage.actors import Actor
from storage.database import Database
from storage.errors import StorageError
from storage.jobs import Job
from storage.unit_of_work import UnitOfWork

KIND: Final = "backfill"
THREADS: Final = 50
PINNED: Final = 20
MODERATORS: Final = 100
FETCHES: Final = 2_000
"""Fetches that one backfill may cost, over all nodes that its threads touch."""
LEASE: Final = timedelta(seconds=60)
MAX_ATTEMPTS: Final = 5
STEPS: Final = tuple(timedelta(seconds=seconds) for seconds in (30, 300, 1800, 7200))

_log = logging.getLogger(__name__)


class Store(Protocol):
    """Keeps a thread of the group with this URI, parents first; how many posts were new."""

    def __call__(
        self, uow: UnitOfWork, group_uri: str, posts: Sequence[FetchedPost], context: Context, /
    ) -> int: ...


class StoreLists(Protocol):
    """Notes who moderates the group and which threads it pins, by their URIs."""

    def __call__(
        self, uow: UnitOfWork, group_uri: str, moderators: Sequence[str], pinned: Sequence[str], /
    ) -> None: ...


class Backfill:
    """Works off jobs of kind "backfill", whose target is the URI of a group."""

    def __init__(
        self,
        *,
        db: Database,
        fetcher: Fetcher,
        store: Store,
        origin: str,
        now: Callable[[], datetime],
        new_id: Callable[[], int],
        store_lists: StoreLists | None = None,
    ) -> None:
        self._db = db
        self._fetcher = fetcher
        self._conversations = Conversations(fetcher)
        self._store = store
        self._store_lists = store_lists
        self._origin = origin
        self._now = now
        self._new_id = new_id

    async def run_once(self) -> int:
        """Do one job that is due; how many were done."""
        now, write = self._now, self._db.write
        return await work_off(
            write(lambda uow: uow.jobs.claim(now(), LEASE, 1, (KIND,))),
            self._all,
            LEASE,
            renew=lambda ids: write(lambda uow: uow.jobs.extend(ids, now() + LEASE)),
            release=lambda ids: write(lambda uow: uow.jobs.release(ids)),
        )

    async def next_due(self) -> datetime | None:
        """When the next job is due, or None."""
        now = self._now()
        return await self._db.read(lambda uow: uow.jobs.next_due(now))

    async def _all(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            try:
                await self._do(job)
            except FetchError as error:
                await self._again(job, error.reason, retryable=error.retryable)
            except StorageError:
                raise
            except Exception:
                _log.exception("job %d (%s) met a fault of ours", job.id, job.kind)
                await self._again(job, "fault", retryable=True)

    async def _do(self, job: Job) -> None:
        if job.kind != KIND:
            await self._db.write(lambda uow: uow.jobs.finish(job.id, "failed", "unknown kind"))
            return
        budget = FetchBudget(FETCHES)
        group = await self._fetcher.actor(job.target, budget, fresh=True)
        pinned = await self._named(group.featured, budget, PINNED)
        threads = await self._named(group.outbox, budget, THREADS)
        kept = 0
        for thread in _oldest_first([*threads, *pinned]):
            kept += await self._thread(thread, group, budget)
        await self._lists(group, pinned, budget)

        def finish(uow: UnitOfWork) -> None:
            uow.groups.set_backfilled(group.id, self._now())
            uow.jobs.finish(job.id, "done", f"{kept} posts")

        await self._db.write(finish)

    async def _thread(self, thread: FetchedPost, group: Actor, budget: FetchBudget) -> int:
        replies = await self._conversations.replies(thread.post, budget)
        posts = tuple(await self._conversations.with_authors([thread, *replies], budget))
        context = Context(self._now(), self._new_id, self._origin, posts)
        return await self._db.write(lambda uow: self._store(uow, group.uri, posts, context))

    async def _named(
        self, collection: str | None, budget: FetchBudget, limit: int
    ) -> list[FetchedPost]:
        """The threads that a collection lists. A broken one is an empty one; a busy one is not."""
        if collection is None:
            return []
        try:
            members = await self._fetcher.collection(collection, budget, limit)
        except FetchError as error:
            if error.retryable:
                raise
            return []
        posts = await asyncio.gather(
            *(self._conversations.post(one, collection, budget) for one in members)
        )
        return [one for one in posts if one is not None and one.post.in_reply_to is None]

    async def _lists(
        self, group: Actor, pinned: Sequence[FetchedPost], budget: FetchBudget
    ) -> None:
        if self._store_lists is None:
            return
        store, uris = self._store_lists, [one.post.id for one in pinned]
        moderators = await self._moderators(group, budget)
        await self._db.write(lambda uow: store(uow, group.uri, moderators, uris))

    async def _moderators(self, group: Actor, budget: FetchBudget) -> list[str]:
        """Who moderates the group, those whose actors are stored now."""
        if group.moderators is None:
            return []
        stored: list[str] = []
        try:
            for member in await self._fetcher.collection(group.moderators, budget, MODERATORS):
                uri = member if isinstance(member, str) else str(member.get("id"))
                stored.append((await self._fetcher.actor(uri, budget)).uri)
        except FetchError as error:
            _log.info("moderators of %s: %s", group.uri, error)
        return stored

    async def _again(self, job: Job, reason: str, *, retryable: bool) -> None:
        if retryable and job.attempts < MAX_ATTEMPTS:
            due = self._now() + STEPS[min(job.attempts, len(STEPS)) - 1]
            await self._db.write(lambda uow: uow.jobs.postpone(job.id, due, reason))
        else:
            await self._db.write(lambda uow: uow.jobs.finish(job.id, "failed", reason))


def _oldest_first(threads: Sequence[FetchedPost]) -> list[FetchedPost]:
    once = {one.post.id: one for one in threads}
    return sorted(once.values(), key=lambda one: (str(one.post.published or ""), one.post.id))
