"""From an attempt to the row that remembers it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from federation.retry import Gone, Later, Parked, Refused, Sent, Verdict, after
from federation.sending import Attempt
from storage.deliveries import Delivery, DeliveryResult, DeliveryState
from storage.peers import Peer

_STATES: Final[dict[type[Verdict], DeliveryState]] = {
    Sent: "sent",
    Later: "waiting",
    Parked: "parked",
    Refused: "refused",
    Gone: "gone",
}
_ENDED: Final = frozenset({"sent", "refused", "gone"})


def result_of(
    delivery: Delivery, peer: Peer, attempt: Attempt, now: datetime, chance: Callable[[], float]
) -> DeliveryResult:
    """What to record of `attempt`; `peer` is as it is after it."""
    attempts = delivery.attempts + 1
    passed = peer.last_success_at is not None and peer.last_success_at > delivery.created_at
    verdict = after(
        attempt.answer,
        attempts=attempts,
        now=now,
        chance=chance,
        retry_after=attempt.retry_after,
        others_succeeding=passed,
    )
    state = _STATES[type(verdict)]
    return DeliveryResult(
        id=delivery.id,
        state=state,
        attempts=attempts,
        next_attempt_at=verdict.at if isinstance(verdict, Later) else now,
        last_status=attempt.status,
        last_error=None if state == "sent" else attempt.summary,
        finished_at=now if state in _ENDED else None,
    )


def cancelled(delivery: Delivery, why: str, now: datetime) -> DeliveryResult:
    """For a delivery that is not sent after all."""
    return DeliveryResult(
        id=delivery.id,
        state="cancelled",
        attempts=delivery.attempts,
        next_attempt_at=now,
        last_status=None,
        last_error=why,
        finished_at=now,
    )
