"""When a post waits before other nodes hear of it, and for what: pure decisions on records.

    risk    somebody may not be safe: a person looks first (safety invariant 3)
    first   the first posts of somebody that would travel: a person looks first (invariant 18)
    pause   a few minutes for second thoughts (invariant 18)
    kept    a person decided that it stays here

Only a person leads out of "risk", "first" and "kept", and only the end of the pause leads out of
this node: being flagged never sends anything, being cleared does.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from storage.delivery_holds import DeliveryHold, HoldAct, HoldReason

HoldEvent = Literal["flag", "clear", "keep", "change"]

TRANSITIONS: Final[dict[tuple[HoldReason, HoldEvent], HoldReason]] = {
    ("pause", "flag"): "risk",
    ("first", "flag"): "risk",
    ("risk", "flag"): "risk",
    ("kept", "flag"): "kept",
    ("risk", "clear"): "pause",
    ("first", "clear"): "pause",
    ("kept", "clear"): "pause",
    ("pause", "clear"): "pause",
    ("risk", "keep"): "kept",
    ("first", "keep"): "kept",
    ("pause", "keep"): "kept",
    ("kept", "keep"): "kept",
}
"""What becomes of a reason when something happens. A change of the words asks `reason_of` anew."""

FOR_A_PERSON: Final[frozenset[HoldReason]] = frozenset({"risk", "first"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLimits:
    """What the operator chose: minutes of the pause, how many first posts a person looks at."""

    minutes: int
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a post that is about to leave. `sent` counts what its author has sent so
    far, at most `HoldLimits.first`; None for whom nobody need look at. `answers_waiting`: what it
    answers has not left yet."""

    act: HoldAct
    is_flagged: bool
    sent: int | None
    answers_waiting: bool = False


def reason_of(facts: Facts, limits: HoldLimits) -> HoldReason | None:
    """Why the post waits, None where it may leave at once."""
    if facts.is_flagged:
        return "risk"
    if facts.act == "announce":
        return None
    if facts.sent is not None and facts.sent < limits.first:
        return "first"
    if facts.act == "update":
        return None  # who mends something, such as a name too much, is not kept waiting
    if limits.minutes > 0 or facts.answers_waiting:
        return "pause"
    return None


def at_least(
    reason: HoldReason | None, act: HoldAct, before: DeliveryHold | None
) -> HoldReason | None:
    """The reason for other words of a post that waits. Of what no other node has heard of yet, no
    change of words, and no end of a signal that nobody looked at in time, leads out of what only a
    person leads out of. Calm words in place of others that wait are not kept waiting for those."""
    if before is None:
        return reason
    if before.reason == "kept":
        return "kept"
    if act != "update" and before.reason in FOR_A_PERSON and reason != "risk":
        return before.reason
    return reason


def after(hold: DeliveryHold, event: HoldEvent) -> HoldReason:
    """The reason that follows."""
    return TRANSITIONS[hold.reason, event]


def release_at(hold_from: datetime, limits: HoldLimits) -> datetime:
    """When a pause that begins then is over."""
    return hold_from + timedelta(minutes=limits.minutes)


def may_send_now(hold: DeliveryHold, author_id: int) -> bool:
    """Only the author ends a pause early, and nobody but a person of the team any other wait."""
    return hold.author_id == author_id and hold.reason == "pause"
