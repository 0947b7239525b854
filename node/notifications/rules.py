"""What becomes of news before it is told: pure decisions, each condition on its own line.

A persona says of five kinds of people whose news it wants at once ("accept"), whose it is asked
about first ("filter") and whose not at all ("drop"). The strictest that applies holds.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, get_args

from node.errors import Invalid
from storage.news_policies import Choice, NewsPolicy
from storage.notifications import Kind

ALWAYS_TOLD: Final[frozenset[Kind]] = frozenset(
    {"application", "let-in", "message-request", "follow-accepted", "poll", "room"}
)
"""What somebody asked for, or must answer, is never held back."""
OF_ONESELF: Final[frozenset[Kind]] = frozenset({"poll", "room"})
"""What happens to one's own things without one's doing."""
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
NEW_FOR: Final = timedelta(days=30)
"""How long somebody counts as new."""
FOLLOWS_FROM: Final = timedelta(days=3)
"""How long somebody must have followed to count as a follower."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is between a persona and whoever did something. `is_unasked`: a private message in a
    conversation in which the persona has said nothing."""

    is_following: bool = False
    is_followed_by: bool = False
    is_new: bool = False
    is_unasked: bool = False
    is_limited: bool = False


def decide(policy: NewsPolicy, facts: Facts) -> Choice:
    """Whether to tell at once, to hold back, or to tell nothing."""
    chosen: list[Choice] = ["accept"]
    if not facts.is_following:
        chosen.append(policy.not_following)
    if not facts.is_followed_by:
        chosen.append(policy.not_followers)
    if facts.is_new and not facts.is_following:
        chosen.append(policy.new_accounts)
    if facts.is_unasked and not facts.is_following:
        chosen.append(policy.private_mentions)
    if facts.is_limited and not facts.is_following:
        chosen.append(policy.limited_accounts)
    return max(chosen, key=CHOICES.index)


def lets_all_through(policy: NewsPolicy) -> bool:
    """Whether nothing between people can hold news back, so that nobody needs to look."""
    return {
        policy.not_following,
        policy.not_followers,
        policy.new_accounts,
        policy.private_mentions,
    } == {"accept"}


def choice_of(field: str, value: str) -> Choice:
    """Raises Invalid."""
    for known in CHOICES:
        if known == value:
            return known
    raise Invalid(field, f"Validation failed: {field} must be one of {', '.join(CHOICES)}")
