"""Activities on their way to peers: one row for each peer that each activity concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from storage import delivery_statements as sql
from storage.delivery_record import DELIVERY, Delivery, DeliveryState
from storage.tables import deliveries

__all__ = ["Backlog", "Delivery", "DeliveryRepository", "DeliveryResult", "DeliveryState"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryResult:
    """How one attempt went. "waiting" means that it is to be tried again at `next_attempt_at`."""

    id: int
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime
    last_status: int | None
    last_error: str | None
    finished_at: datetime | None


Backlog = tuple[int, int, datetime]
"""How many deliveries wait, how many are parked, and when the oldest of them was made."""


class DeliveryRepository:
    """The queue of each peer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_many(self, batch: Sequence[Delivery]) -> None:
        if batch:
            self._connection.execute(
                deliveries.insert(), [DELIVERY.values(delivery) for delivery in batch]
            )

    def claim(self, now: datetime, lease: timedelta, limit: int) -> list[Delivery]:
        """Takes deliveries that may be sent now and keeps others off them until the lease ends.

        To each peer that is neither blocked nor gone, as many as its window has room for; one
        when its circuit is half open; of each root only the first that waits, so that Create
        precedes Update precedes Delete. Peers that have waited longest come first, and every
        peer's first delivery comes before any peer's second.
        """
        parameters: dict[str, Any] = {"now": now, "limit": limit}
        ids = list(self._connection.execute(sql.CANDIDATES, parameters).scalars())
        if not ids:
            return []
        rows = self._connection.execute(sql.LEASE, {"ids": ids, "now": now, "until": now + lease})
        claimed = {delivery.id: delivery for delivery in map(DELIVERY.read, rows)}
        return [claimed[each] for each in ids if each in claimed]

    def record(self, results: Sequence[DeliveryResult]) -> None:
        """Stores how attempts went, and gives up their leases. One that ended meanwhile stays."""
        if results:
            self._connection.execute(
                sql.RECORD,
                [
                    {
                        "delivery": result.id,
                        "new_state": result.state,
                        "new_attempts": result.attempts,
                        "due": result.next_attempt_at,
                        "status": result.last_status,
                        "error": result.last_error,
                        "finished": result.finished_at,
                    }
                    for result in results
                ],
            )

    def release(self, ids: Sequence[int]) -> None:
        """Gives claimed deliveries back untried."""
        if ids:
            self._connection.execute(sql.RELEASE, {"ids": list(ids)})

    def release_all(self) -> int:
        """Ends every lease: for a node that works alone and was killed."""
        return self._connection.execute(sql.RELEASE_ALL).rowcount

    def hasten(self, now: datetime) -> int:
        """Makes due what only waits because there was no connection to its peer; how many."""
        return self._connection.execute(sql.HASTEN, {"now": now}).rowcount

    def cancel_unsent(self, object_uri: str, before_id: int) -> int:
        """Cancels what was to be said of an object that is now deleted, where nobody has heard it
        yet: never tried and not under way, or parked. Deletes and undos stay. How many."""
        return self._connection.execute(
            sql.CANCEL, {"object": object_uri, "before": before_id}
        ).rowcount

    def abandon(self, peer_id: int, state: DeliveryState, now: datetime) -> int:
        """Ends all that waits or is parked for a peer, as "gone", "cancelled" or "parked"."""
        finished = None if state == "parked" else now
        return self._connection.execute(
            sql.ABANDON, {"peer": peer_id, "new_state": state, "finished": finished}
        ).rowcount

    def resume(self, peer_id: int, now: datetime) -> int:
        """Puts what is parked for a peer back into its queue; how many."""
        return self._connection.execute(sql.RESUME, {"peer": peer_id, "due": now}).rowcount

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` that were finished before then; receipts of Deletes stay."""
        key = {"before": before, "limit": limit}
        return self._connection.execute(sql.PRUNE, key).rowcount

    def next_due(self, now: datetime) -> datetime | None:
        """The next time after now at which something becomes due: an attempt, the end of a
        lease, or a probe of a peer whose circuit is open and that something waits for."""
        due: datetime | None = self._connection.execute(sql.NEXT_DUE, {"now": now}).scalar()
        return due

    def summary(self) -> dict[int, Backlog]:
        """What is unsent, by peer id; peers with nothing unsent are left out."""
        rows = self._connection.execute(sql.SUMMARY)
        return {peer: (waiting, parked, oldest) for peer, waiting, parked, oldest in rows}

    def of_activity(self, activity_id: int, limit: int = 10_000) -> list[Delivery]:
        """Where an activity went, and how far."""
        rows = self._connection.execute(sql.OF_ACTIVITY, {"activity": activity_id, "limit": limit})
        return [DELIVERY.read(row) for row in rows]

    def of_object(self, object_uri: str, limit: int = 10_000) -> list[Delivery]:
        """All that was sent about an object: the receipts of its deletion among them."""
        rows = self._connection.execute(sql.OF_OBJECT, {"object": object_uri, "limit": limit})
        return [DELIVERY.read(row) for row in rows]

    def doors_of(self, object_uri: str) -> list[tuple[str, str]]:
        """Where anything about an object went or is to go: (authority, inbox), each once."""
        rows = self._connection.execute(sql.DOORS_OF, {"object": object_uri})
        return [(authority, inbox) for authority, inbox in map(tuple, rows)]
