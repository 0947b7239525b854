"""What a poll is, who may vote when, and who sees how it stands. Pure decisions; the life of a poll
is two tables.

Nobody is ranked: results are numbers and shares beside each option, in the order of its author.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from node.errors import Invalid
from node.i18n import N_, filled
from storage.polls import Poll

OPTION_LIMIT: Final = 100
"""Characters of one option."""
OPTIONS_LEAST: Final = 2
SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(days=60)
_SLACK: Final = timedelta(seconds=30)
"""Whoever counts five minutes from the request shall not be refused for how long it took."""
REMOTE_OPTIONS_MOST: Final = 50
REMOTE_OPTION_LIMIT: Final = 500
"""What is kept of another node's poll."""

State = Literal["open", "ended"]
Standing = Literal["author", "voted", "free"]

ENDED: Final = N_("The poll has already ended")
OWN: Final = N_("You can't vote in your own polls")
VOTED: Final = N_("You have already voted on this poll")
NO_SUCH_OPTION: Final = N_("The chosen vote option does not exist")
NOTHING_CHOSEN: Final = N_("Choose an option first.")

WHO_MAY_VOTE: Final[dict[tuple[State, Standing], str | None]] = {
    ("open", "free"): None,
    ("open", "voted"): VOTED,
    ("open", "author"): OWN,
    ("ended", "free"): ENDED,
    ("ended", "voted"): ENDED,
    ("ended", "author"): ENDED,
}
"""Why somebody may not vote; None where they may."""

WHO_SEES_TOTALS: Final[dict[tuple[State, Standing], bool]] = {
    ("open", "free"): False,
    ("open", "voted"): False,
    ("open", "author"): False,
    ("ended", "free"): True,
    ("ended", "voted"): True,
    ("ended", "author"): True,
}
"""Who sees the numbers of a poll that hides them while it runs: not even who asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollLimits:
    """What an operator can set."""

    options_most: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PollDraft:
    """A poll as typed: its options, whether one may choose several, whether the numbers stay hidden
    until it closes, and when that is."""

    options: tuple[str, ...]
    multiple: bool = False
    hide_totals: bool = False
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePoll:
    """A poll as another node tells of it: `counts` has a number for each option."""

    options: tuple[str, ...]
    counts: tuple[int, ...]
    multiple: bool = False
    voters: int | None = None
    expires_at: datetime | None = None
    closed_at: datetime | None = None


def state_of(poll: Poll, now: datetime) -> State:
    """A poll ends at its time, or when its node says so; one without a time may run for ever."""
    for end in (poll.expires_at, poll.closed_at):
        if end is not None and end <= now:
            return "ended"
    return "open"


def standing_of(poll: Poll, voter_id: int | None, votes: Sequence[int]) -> Standing:
    """What somebody is to a poll; `votes` is what they chose."""
    if voter_id == poll.owner_id:
        return "author"
    return "voted" if votes else "free"


def shows_totals(poll: Poll, standing: Standing, now: datetime) -> bool:
    """Whether somebody sees how many chose what."""
    return not poll.hide_totals or WHO_SEES_TOTALS[state_of(poll, now), standing]


def insist_vote(poll: Poll, standing: Standing, choices: Sequence[int], now: datetime) -> None:
    """Go on when somebody may choose this. Raises Invalid, with the words that clients know from
    Mastodon."""
    if not choices:
        raise Invalid("choices", NOTHING_CHOSEN)
    why_not = WHO_MAY_VOTE[state_of(poll, now), standing]
    if why_not == ENDED:
        raise Invalid("choices", ENDED)
    if any(not 0 <= choice < len(poll.options) for choice in choices):
        raise Invalid("choices", NO_SUCH_OPTION)
    if why_not is not None:
        raise Invalid("choices", why_not)
    if not poll.multiple and len(set(choices)) > 1:
        raise Invalid("choices", VOTED)


def checked(draft: PollDraft, limits: PollLimits, now: datetime) -> PollDraft:
    """The draft as it may be kept. Raises Invalid, naming the first field that does not fit."""
    options = tuple(" ".join(option.split()) for option in draft.options)
    options = tuple(option for option in options if option)
    if len(options) < OPTIONS_LEAST:
        raise Invalid("poll", N_("A poll needs at least two options."))
    if len(options) > limits.options_most:
        sentence = N_("A poll can have %(most)d options.")
        raise Invalid("poll", filled(sentence, most=limits.options_most))
    if any(len(option) > OPTION_LIMIT for option in options):
        raise Invalid("poll", N_("An option of a poll fits 100 characters."))
    if len({option.casefold() for option in options}) < len(options):
        raise Invalid("poll", N_("Two options of the poll say the same."))
    if not SHORTEST - _SLACK <= draft.closes_at - now <= LONGEST:
        raise Invalid("poll", N_("A poll runs for at least 5 minutes and at most 60 days."))
    return replace(draft, options=options)


def share(count: int, people: int) -> int:
    """Whole percent of those who voted."""
    return round(100 * count / people) if people else 0
