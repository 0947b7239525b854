"""The numbers of this room."""

from dataclasses import dataclass

from node.moderation.quorum_rules import QuorumLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Reports that an account may make in a day, minutes that a claim holds, hours that each step
    of revealing a link waits."""

    reports_a_day: int = 20
    claim_minutes: int = 15
    reveal_hours: int = 72
    quorum: QuorumLimits
