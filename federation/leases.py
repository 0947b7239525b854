"""Leases of background work: kept up while somebody works, given back when they are told to stop.

A lease is short, so that what a killed worker held is soon taken up by another one; work that takes
longer renews it. Whoever is merely slow may still lose it: the end of a piece of work is written
once only, by whoever comes first.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from storage.errors import StorageError

_log = logging.getLogger(__name__)


class Numbered(Protocol):
    """A piece of work."""

    @property
    def id(self) -> int: ...


W = TypeVar("W", bound=Numbered)
Change = Callable[[Sequence[int]], Awaitable[None]]


async def work_off(
    claim: Coroutine[Any, Any, list[W]],
    work: Callable[[list[W]], Coroutine[Any, Any, None]],
    lease: timedelta,
    *,
    renew: Change,
    release: Change,
) -> int:
    """Do what is claimed; how many pieces there were. `renew` gets their ids three times per
    lease. When the caller is cancelled, the work is broken off and `release` gets them."""
    claiming = asyncio.create_task(claim)
    ids: list[int] = []
    working: asyncio.Task[None] | None = None
    try:
        claimed = await asyncio.shield(claiming)
        ids = [one.id for one in claimed]
        if ids:
            working = asyncio.create_task(work(claimed))
        while working is not None and not working.done():
            await asyncio.wait((working,), timeout=lease.total_seconds() / 3)
            if not working.done():
                await _tried(renew, ids)
    except asyncio.CancelledError:
        # A claim that is under way takes its course: nobody else would give back what it brings.
        await asyncio.wait((claiming,))
        if working is not None:
            working.cancel()
            await asyncio.wait((working,))
        if not claiming.cancelled() and claiming.exception() is None:
            await _tried(release, [one.id for one in claiming.result()])
        raise
    if working is not None:
        working.result()
    return len(ids)


async def _tried(change: Change, ids: Sequence[int]) -> None:
    try:
        await change(ids)
    except StorageError:
        _log.warning("leases were left as they are", exc_info=True)
