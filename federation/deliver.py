"""Deliver: claim what is due, send within each peer's window, record what came of it.

Rows are the only memory that counts: a lease keeps other workers off what is under way, and a crash
between sending and recording repeats a send, which receivers tell from a new one. Results are
written in batches, so that a fan-out to a thousand peers costs a few commits.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from federation.errors import Unreachable
from federation.health import as_update, due_for_probe, probing
from federation.http import HttpClient
from federation.lanes import Lane, Lanes
from federation.peers import Contacts
from federation.policy import PeerPolicy
from federation.results import cancelled, result_of
from federation.sending import Attempt, Sender
from federation.signer import RequestSigner
from storage.database import Database, Subscription
from storage.deliveries import Delivery, DeliveryResult
from storage.unit_of_work import UnitOfWork

LEASE: Final = timedelta(seconds=30)
"""Longer than an attempt may take, which knocks twice at most."""
AT_ONCE: Final = 256
"""Sends under way at the same time, over all peers."""
FLUSH_AT: Final = 50
"""Results that do not wait for others to be written with."""
FLUSH_AFTER: Final = 0.02
"""Seconds that fewer results wait: what follows them in their root waits as long."""
LOOK_FOR_GONE: Final = timedelta(hours=1)
"""How often peers that are gone are looked through for one whose daily probe is due."""

_log = logging.getLogger(__name__)


class Deliverer:
    """Empties the outbox. `chance` gives numbers in [0, 1)."""

    def __init__(
        self,
        *,
        db: Database,
        http: HttpClient,
        signer: RequestSigner,
        policy: PeerPolicy,
        contacts: Contacts,
        now: Callable[[], datetime],
        chance: Callable[[], float],
    ) -> None:
        self._db = db
        self._sender = Sender(http, signer)
        self._policy = policy
        self._contacts = contacts
        self._now = now
        self._chance = chance
        self._lanes = Lanes()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._results: list[DeliveryResult] = []
        self._flushing = asyncio.Lock()
        self._news = asyncio.Event()
        self._looked_for_gone: datetime | None = None
        self._claiming: asyncio.Task[int] | None = None
        self._revivals: set[asyncio.Task[None]] = set()
        contacts.on_revival(self._revive)

    async def run_once(self) -> int:
        """Send all that is due, and what becomes due meanwhile; how many attempts were begun."""
        await self._policy.keep_fresh()
        if not self._policy.federating:
            return 0
        await self._probe_gone()
        subscription = self._db.signals.subscribe("deliveries")
        watching = asyncio.create_task(self._watch(subscription))
        try:
            begun = await self._claim_more()
            while self._under_way or self._results:
                with suppress(TimeoutError):
                    # Not wait_for: before Python 3.12 it keeps a cancellation to itself that
                    # comes along with the news, and a node that is told to end would never end.
                    async with asyncio.timeout(FLUSH_AFTER):
                        await self._news.wait()
                if self._results or self._news.is_set():
                    self._news.clear()
                    await self._flush()
                    begun += await self._claim_more()
        finally:
            watching.cancel()
            subscription.close()
        self._lanes.forget_old()
        return begun

    async def next_due(self) -> datetime | None:
        """When the next delivery or probe is due, or None."""
        now = self._now()
        return await self._db.read(lambda uow: uow.deliveries.next_due(now))

    async def close(self) -> None:
        """Break off what is under way, record what is known, and give the rest back."""
        if self._claiming is not None:
            await asyncio.gather(self._claiming, return_exceptions=True)
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), *self._revivals, return_exceptions=True)
        finished = {result.id for result in self._results}
        unfinished = [number for number in self._under_way if number not in finished]
        self._under_way.clear()
        await self._flush()
        if unfinished:
            await self._db.write(lambda uow: uow.deliveries.release(unfinished))

    async def _watch(self, subscription: Subscription) -> None:
        """New work does not wait until a slow peer has answered."""
        while await subscription.wait():
            self._news.set()

    async def _claim_more(self) -> int:
        """A claim takes its course even when whoever wanted it is cancelled: `close` then gives
        back what it brought."""
        room = AT_ONCE - len(self._under_way)
        if room < AT_ONCE // 4:
            return 0
        self._claiming = asyncio.create_task(self._claim(room))
        return await asyncio.shield(self._claiming)

    async def _claim(self, room: int) -> int:
        now = self._now()
        claimed = await self._db.write(lambda uow: self._lanes.claim(uow, now, LEASE, room))
        self._lanes.take_in(claimed, now)
        for delivery in claimed.deliveries:
            self._under_way[delivery.id] = asyncio.create_task(self._send(delivery))
        return len(claimed.deliveries)

    async def _send(self, delivery: Delivery) -> None:
        lane = self._lanes.lane(delivery.peer_id)
        try:
            self._note(lane, await self._attempt(delivery, lane))
        except Exception:
            _log.exception("delivery %d met a fault of ours", delivery.id)
            fault = Attempt(Unreachable(reason="fault"), None, None, "a fault of ours")
            self._note(lane, self._judge(delivery, lane, fault))
        del self._under_way[delivery.id]
        if len(self._results) >= FLUSH_AT or not self._under_way:
            self._news.set()

    async def _attempt(self, delivery: Delivery, lane: Lane) -> DeliveryResult:
        now = self._now()
        if not self._policy.allows(lane.peer.authority):
            return cancelled(delivery, "the peer is blocked or not on the list", now)
        activity, actor = self._lanes.cargo(delivery)
        attempt = await self._sender.attempt(
            activity, actor, delivery.inbox, lane.peer.profile, now
        )
        now = self._now()
        was_well = lane.peer.state == "up"
        lane.learn(delivery, attempt, now)
        if was_well and lane.peer.state != "up":
            self._contacts.troubled(lane.peer.authority)
        if attempt.status is not None:
            self._results += lane.hastened(now)
        return self._judge(delivery, lane, attempt)

    def _judge(self, delivery: Delivery, lane: Lane, attempt: Attempt) -> DeliveryResult:
        result = result_of(delivery, lane.peer, attempt, self._now(), self._chance)
        if result.state == "waiting" and attempt.status is None:
            lane.keep_unreached(result)
        return result

    def _note(self, lane: Lane, result: DeliveryResult) -> None:
        self._results.append(result)
        if result.state in ("parked", "refused", "gone"):
            _log.info(
                "delivery %d to %s is %s: %s",
                result.id,
                lane.peer.authority,
                result.state,
                result.last_error,
            )

    async def _flush(self) -> None:
        async with self._flushing:
            results, self._results = self._results, []
            updates = list(self._lanes.updates())
            if results or updates:

                def write(uow: UnitOfWork) -> None:
                    uow.deliveries.record(results)
                    uow.peers.record(updates)

                await self._db.write(write)

    def _revive(self, authority: str) -> None:
        """A peer that could not be reached spoke to us: what waited for it goes out at once."""
        lane = self._lanes.named(authority)
        if lane is None:
            return
        lane.revive()
        hastened = lane.hastened(self._now())
        if hastened:
            task = asyncio.create_task(self._hasten(hastened))
            self._revivals.add(task)
            task.add_done_callback(self._revivals.discard)

    async def _hasten(self, results: list[DeliveryResult]) -> None:
        def write(uow: UnitOfWork) -> None:
            uow.deliveries.record(results)
            uow.wake("deliveries")

        await self._db.write(write)

    async def _probe_gone(self) -> None:
        now = self._now()
        if self._looked_for_gone is not None and now - self._looked_for_gone < LOOK_FOR_GONE:
            return
        self._looked_for_gone = now
        peers = await self._db.read(lambda uow: uow.peers.list())
        due = [as_update(probing(peer, now)) for peer in peers if due_for_probe(peer, now)]
        if due:
            await self._db.write(lambda uow: uow.peers.record(due))
