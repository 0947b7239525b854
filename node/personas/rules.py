"""What an account may do with its personas: pure decisions, each condition on its own line."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from node.errors import Refused
from node.i18n import N_
from storage.accounts import Account
from storage.groups import Group

PLACE_FREE_AFTER: Final = timedelta(days=30)
"""A retired persona keeps its place so long, or handles could be used up by the hundred."""
ONE_OFF_WINDOW: Final = timedelta(hours=24)
FORMER_NAME: Final = "A former member"
"""What a retired persona shows as, here and on other nodes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaLimits:
    """What the operator sets."""

    most: int
    one_offs_a_day: int


def insist_place(taken: int, limits: PersonaLimits) -> None:
    """Raises Refused when the account has as many personas as it may."""
    if taken >= limits.most:
        raise Refused(
            N_(
                "You have as many personas as this node allows. "
                "A place is free again 30 days after you retire one."
            ),
            "too-many",
        )


def insist_retirable(
    account: Account, *, is_first: bool, standing: int, keeps_a_group: bool
) -> None:
    """Raises Refused for the last persona, for the one that bears a role on the node, and for the
    only moderator of a group."""
    if standing <= 1:
        raise Refused(
            N_("This is your only persona. Make another one first, or delete your account."),
            "last-persona",
        )
    if is_first and account.role != "member":
        raise Refused(
            N_("This persona bears your role on this node. Give the role back first."), "has-role"
        )
    if keeps_a_group:
        raise Refused(
            N_("This persona is the only moderator of a group. Hand the group over first."),
            "last-moderator",
        )


def insist_one_off(made: int, limits: PersonaLimits) -> None:
    """Raises Refused when the account has begun enough one-off posts for now."""
    if made >= limits.one_offs_a_day:
        raise Refused(
            N_(
                "You have begun as many anonymous posts as this node allows for one day. "
                "You can post under your own name, or come back tomorrow."
            ),
            "too-many",
        )


def insist_unnamed(group: Group, *, banned: bool) -> None:
    """Raises Refused unless the group lets its members write without their name. `banned` says that
    some persona of the account may not come back here: then a fresh one may not come in either."""
    if not group.is_local or not group.allows_anonymous or banned:
        raise Refused(
            N_("Nobody writes anonymously here. You can write under your own name."), "named-only"
        )
