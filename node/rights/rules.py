"""When an account may end, and how long things stay: pure decisions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from node.i18n import N_
from storage.accounts import Account
from storage.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsLimits:
    """How long an account can change its mind, receipts can be read, and a copy be fetched; and
    over how many hours the personas of one account go, so that nobody sees them go together."""

    grace: timedelta
    receipts: timedelta
    copies: timedelta
    spread_hours: int


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something to hand over first. `group` is what only this person keeps, if it is a group."""

    kind: Literal["administrator", "safety_lead", "group"]
    group: Actor | None = None


SENTENCES = {
    "administrator": N_("You are the only administrator. Make somebody else one first."),
    "safety_lead": N_("You are the only safety lead. Somebody else has to take that over first."),
    "group": N_("You are the only one who looks after this group. Ask a member to share the work."),
}


def role_obstacles(account: Account, staff: Sequence[Account]) -> list[Obstacle]:
    """Nobody leaves a node without the last who can run it or look after its safety."""
    others = [one for one in staff if one.id != account.id and one.leaving_at is None]
    if account.role == "administrator" and not any(one.role == "administrator" for one in others):
        return [Obstacle("administrator")]
    if account.role == "safety_lead" and not any(one.role == "safety_lead" for one in others):
        return [Obstacle("safety_lead")]
    return []


def schedule(
    personas: Sequence[int], now: datetime, hours: int, below: Callable[[int], int]
) -> list[tuple[int, datetime]]:
    """When each persona goes: one at once, each other at a time that nobody can guess."""
    seconds = max(hours * 3600, 1)
    return [
        (persona, now if place == 0 else now + timedelta(seconds=below(seconds)))
        for place, persona in enumerate(personas)
    ]
