"""When members can fold something away by themselves until somebody looks. Pure.

Side by Side (Mind) does so with three members on one post and five on one member
(peer-support invariant 15). Nothing is deleted, no other node is told, and a person decides.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

ESTABLISHED: Final = timedelta(days=7)
"""How long somebody must be here for their report to count."""
WRONG_FOR: Final = timedelta(days=365)
WRONG_MOST: Final = 3
"""Whose reports came to nothing so often in that time does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumLimits:
    """People who must report one post, and one person; 0 is never. Between the two times of
    `staffed` somebody is there to look, in the community's own time zone; None is never."""

    post: int = 3
    person: int = 5
    staffed: tuple[time, time] | None = None
    zone: tzinfo


def is_staffed(limits: QuorumLimits, now: datetime) -> bool:
    """Whether somebody of the staff is there now. Hours may go over midnight."""
    if limits.staffed is None:
        return False
    begins, ends = limits.staffed
    clock = now.astimezone(limits.zone).time()
    if begins <= ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def is_enough(reporters: int, needed: int) -> bool:
    """Whether so many are a quorum."""
    return needed > 0 and reporters >= needed
