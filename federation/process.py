"""Process: take receipts, bring what they need, and let them take effect.

The network comes first and outside any transaction. Then one transaction does it all: the handlers
of everything in the receipt, what they publish, and the receipt's end. A crash before its commit
repeats the work; after it, nothing is left to do.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from activitypub.addressing import authority
from federation.dispatch import Context, Dispatcher, Done, Ignored, Outcome, Refused, Waits
from federation.errors import FetchError
from federation.fetch import Fetcher
from federation.leases import work_off
from federation.prepare import Cares, Preparer, Ready
from federation.turns import Turns
from federation.verify import Verifier
from storage.database import Database
from storage.errors import AlreadyThere, StorageError, TryAgain
from storage.receipts import Receipt, ReceiptState
from storage.unit_of_work import UnitOfWork

LEASE: Final = timedelta(seconds=20)
"""How long a claim holds that is not renewed: its worker is gone."""
AT_ONCE: Final = 16
"""Receipts whose network step runs at the same time."""
MAX_ATTEMPTS: Final = 5
STEPS: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 5 * 60, 30 * 60))
"""How long a receipt waits after its first, second, ... failed attempt."""
RACES: Final = 3
"""Times that a transaction which lost a race is run again at once."""

_log = logging.getLogger(__name__)


class _Overtaken(Exception):
    """Another worker finished the receipt meanwhile: what we did is rolled back."""


class _NotYet(Exception):
    """What the receipt needs may be on its way: what we did is rolled back, and done later."""


class Processor:
    """Works off receipts. Any number of them may run, in any number of processes.

    `cares` says whether what an actor announces is of interest here; what is not costs no fetch.
    """

    def __init__(
        self,
        *,
        db: Database,
        dispatcher: Dispatcher,
        fetcher: Fetcher,
        verifier: Verifier,
        cares: Cares,
        origin: str,
        now: Callable[[], datetime],
        new_id: Callable[[], int],
    ) -> None:
        self._db = db
        self._dispatcher = dispatcher
        self._preparer = Preparer(
            db=db,
            dispatcher=dispatcher,
            fetcher=fetcher,
            verifier=verifier,
            own=authority(origin),
            cares=cares,
        )
        self._origin = origin
        self._now = now
        self._new_id = new_id
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def run_once(self, limit: int = 50) -> int:
        """Handle up to `limit` receipts that are due; how many there were."""
        now, write = self._now, self._db.write
        return await work_off(
            write(lambda uow: uow.receipts.claim(now(), LEASE, limit)),
            self._all,
            LEASE,
            renew=lambda ids: write(lambda uow: uow.receipts.extend(ids, now() + LEASE)),
            release=lambda ids: write(lambda uow: uow.receipts.release(ids)),
        )

    async def next_due(self) -> datetime | None:
        """When the next postponed receipt is due, or None."""
        now = self._now()
        return await self._db.read(lambda uow: uow.receipts.next_due(now))

    async def _all(self, claimed: Sequence[Receipt]) -> None:
        turns = Turns()
        for receipt in claimed:
            turns.announce(receipt.id, receipt.ordering_key)
        await asyncio.gather(*(self._one(receipt, turns) for receipt in claimed))

    async def _one(self, receipt: Receipt, turns: Turns) -> None:
        try:
            async with self._slots:
                ready = await self._prepare(receipt, turns)
            if ready is not None:
                await self._take_effect(receipt, ready)
        except _NotYet as reason:
            await self._postpone(receipt, str(reason))
        except _Overtaken:
            _log.info("receipt %d was dealt with by another worker", receipt.id)
        except StorageError:
            _log.warning("receipt %d waits for the database", receipt.id, exc_info=True)
        except Exception:
            if receipt.attempts == 1:  # the same fault again says nothing new
                _log.exception("receipt %d (%s) met a fault of ours", receipt.id, receipt.type)
            await self._again(receipt, "fault")
        finally:
            turns.over(receipt.id)

    async def _prepare(self, receipt: Receipt, turns: Turns) -> Ready | None:
        """What the transaction needs, or None when the receipt has to wait."""
        patient = receipt.attempts < MAX_ATTEMPTS
        if receipt.attempts > 2 * MAX_ATTEMPTS:  # only crashes while it was worked on lead here
            await self._finish(receipt, "failed", "given up")
            return None
        try:
            return await self._preparer.prepare(receipt, turns, patient=patient)
        except FetchError as error:
            if patient and error.retryable:
                await self._postpone(receipt, error.reason)
            else:
                await self._finish(receipt, "refused", error.reason)
            return None

    async def _take_effect(self, receipt: Receipt, ready: Ready) -> None:
        for left in reversed(range(RACES)):
            try:
                await self._db.write(lambda uow: self._effect(uow, receipt, ready))
                return
            except (AlreadyThere, TryAgain):
                # Someone stored the same thing meanwhile; a second look sees it.
                if not left:
                    raise

    def _effect(self, uow: UnitOfWork, receipt: Receipt, ready: Ready) -> None:
        now = self._now()
        brought = ready.brought
        context = Context(now, self._new_id, self._origin, brought.posts, brought.gone)
        outcomes: list[Outcome] = list(ready.settled)
        outcomes += [self._dispatcher.handle(uow, item, context) for item in ready.items]
        if receipt.attempts < MAX_ATTEMPTS:
            for outcome in outcomes:
                if isinstance(outcome, Waits):
                    raise _NotYet(outcome.reason)
        state, reason = summed_up(outcomes)
        if not uow.receipts.finish(receipt.id, state, reason, now):
            raise _Overtaken

    async def _again(self, receipt: Receipt, reason: str) -> None:
        try:
            if receipt.attempts < MAX_ATTEMPTS:
                await self._postpone(receipt, reason)
            else:
                await self._finish(receipt, "failed", reason)
        except StorageError:
            _log.warning("receipt %d stays leased", receipt.id, exc_info=True)

    async def _postpone(self, receipt: Receipt, reason: str) -> None:
        due = self._now() + STEPS[min(receipt.attempts, len(STEPS)) - 1]
        await self._db.write(lambda uow: uow.receipts.postpone(receipt.id, due, reason))

    async def _finish(self, receipt: Receipt, state: ReceiptState, reason: str) -> None:
        now = self._now()
        await self._db.write(lambda uow: uow.receipts.finish(receipt.id, state, reason, now))


def summed_up(outcomes: Sequence[Outcome]) -> tuple[ReceiptState, str]:
    """The end of a receipt that held several things: done if any was, refused if any was."""
    said: dict[ReceiptState, list[str]] = {"done": [], "refused": [], "ignored": []}
    for outcome in outcomes:
        match outcome:
            case Done(effect=text):
                said["done"].append(text)
            case Refused(reason=text):
                said["refused"].append(text)
            case Ignored(reason=text):
                said["ignored"].append(text)
            case _:
                raise TypeError(f"a handler answered {outcome!r}")
    for state, texts in said.items():
        if texts:
            return state, "; ".join(dict.fromkeys(texts))[:500]
    return "ignored", "nothing in it"
