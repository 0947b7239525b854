"""Buddy pairs: who may ask whom, what may become of a pair, and when the clock has a word. Pure.

Both say yes or nothing happens. Either ends it at any time, without a reason and without blame; so
does time. A block ends it too (safety invariants 9, 10, 12 and 22).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from node.errors import Invalid, Refused
from node.i18n import N_
from node.local_time import at, local, next_at, today
from storage.buddy_record import Manner, Pair, PairState
from storage.message_choices import WhoMayAsk

Act = Literal["accept", "decline", "withdraw", "renew", "end", "expire", "cut-off"]
Who = Literal["asker", "asked", "clock"]

TRANSITIONS: Final[Mapping[tuple[PairState, Act], tuple[PairState, frozenset[Who]]]] = {
    ("asked", "accept"): ("together", frozenset({"asked"})),
    ("asked", "decline"): ("declined", frozenset({"asked"})),
    ("asked", "withdraw"): ("ended", frozenset({"asker"})),
    ("asked", "expire"): ("ended", frozenset({"clock"})),
    ("asked", "cut-off"): ("ended", frozenset({"clock"})),
    ("declined", "withdraw"): ("ended", frozenset({"asker"})),
    ("declined", "expire"): ("ended", frozenset({"clock"})),
    ("declined", "cut-off"): ("ended", frozenset({"clock"})),
    ("together", "renew"): ("together", frozenset({"asker", "asked"})),
    ("together", "end"): ("ended", frozenset({"asker", "asked"})),
    ("together", "expire"): ("ended", frozenset({"clock"})),
    ("together", "cut-off"): ("ended", frozenset({"clock"})),
}
"""The life of a pair: the state after an act, and who may do it. To the one who asked, "declined"
looks like "asked": there was no answer."""

TERM: Final = timedelta(weeks=4)
ASKING: Final = timedelta(days=14)
"""How long an asking waits for its answer."""
QUIET_AFTER: Final = timedelta(days=30)
"""For how long nobody asks the same person again."""
CODE: Final = timedelta(days=3)
NEARLY_OVER: Final = timedelta(days=7)
MOST: Final = 5
"""Buddies of one persona; an hour with somebody has only sixty minutes."""
ASKED_A_DAY: Final = 5
CODES_MOST: Final = 3
PROMPT_MINUTE: Final = 10 * 60
"""At ten in the morning, where whoever is prompted lives."""
LATE: Final = timedelta(hours=10)
"""A prompt that could not be given for so long is let go."""
BREATH: Final = timedelta(minutes=10)
"""Buddies who were told of a hard moment are not told again before that."""
UP_HOURS: Final = (1, 2, 4, 8)
MANNERS: Final[tuple[tuple[Manner, str], ...]] = (
    ("both", N_("We are there for each other.")),
    ("asker-helps", N_("I am there for you, as a sponsor.")),
    ("asked-helps", N_("You are there for me, as a sponsor.")),
)
KIND_LINES: Final = (
    N_("Thinking of you today. No need to answer."),
    N_("How are you? I am here if you feel like writing, and also if you do not."),
    N_("Whatever today was like, you are still you to me."),
)
"""Lines to send to a buddy who did not write; to be changed by whoever sends them."""

FULL: Final = N_("You have five buddies, and that is as many as one person can look after.")
THEY_ARE_FULL: Final = N_("They cannot take on another buddy at the moment.")
NO_CODE: Final = N_("This code does not work. It may be used up, or too old; ask for a new one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that decides whether one may ask another. `asked_today` counts all personas of whoever
    asks: a second persona is no second allowance."""

    shares_group: bool
    who_may_ask: WhoMayAsk
    is_newcomer: bool
    is_under_way: bool
    asked_lately: bool
    asked_today: int
    buddies: int


def insist_may_ask(standing: Standing) -> None:
    """Raises Refused."""
    if standing.is_newcomer:
        raise Refused(
            N_("You are new here. Asking opens in a few days; a code from a friend works today."),
            "newcomer",
        )
    if standing.buddies >= MOST:
        raise Refused(FULL, "full")
    if standing.is_under_way:
        raise Refused(N_("You two are buddies already, or one of you has asked."), "under-way")
    if standing.asked_lately:
        raise Refused(
            N_("You asked this person not long ago. Leave them their time."), "asked-lately"
        )
    if standing.who_may_ask in ("nobody", "buddies") or not standing.shares_group:
        raise Refused(
            N_("You can ask people of your groups, if they let others ask. A code works, too."),
            "closed",
        )
    if standing.asked_today >= ASKED_A_DAY:
        raise Refused(N_("That is enough for one day. Try again tomorrow."), "slow-down")


def moved(pair: Pair, act: Act, who: Who) -> PairState:
    """The state after an act. Raises Refused for what is not in the table."""
    after, allowed = TRANSITIONS.get((pair.state, act), ("ended", frozenset[Who]()))
    if who not in allowed:
        raise Refused(N_("That is not possible any more."), "not-now")
    return after


def role_of(pair: Pair, persona_id: int) -> Who:
    """Which of the two somebody is."""
    return "asker" if pair.asked_by == persona_id else "asked"


def is_together(pair: Pair, now: datetime) -> bool:
    """Whether the two are buddies now, also if the clock did not come by yet."""
    return pair.state == "together" and (pair.expires_at is None or pair.expires_at > now)


def may_renew(pair: Pair, now: datetime) -> bool:
    """Whether it is time to say that one would like to go on."""
    return (
        is_together(pair, now) and pair.expires_at is not None and pair.expires_at - now <= TERM / 2
    )


def manner_of(value: str) -> Manner:
    """Raises Invalid."""
    for known, _ in MANNERS:
        if known == value:
            return known
    raise Invalid("manner", N_("Choose one from the list."))


def up_until(value: str, now: datetime) -> datetime | None:
    """Until when somebody is up, None for no longer. Raises Invalid."""
    if value == "no":
        return None
    if value not in {str(hours) for hours in UP_HOURS}:
        raise Invalid("hours", N_("Choose one from the list."))
    return now + timedelta(hours=int(value))


def next_look(weekdays: tuple[int, ...], zone: str, now: datetime) -> datetime | None:
    """The morning after the next agreed day, where whoever looks lives; None without any."""
    after = frozenset((day + 1) % 7 for day in weekdays)
    return next_at(now, PROMPT_MINUTE, zone, after)


def looked_at(look_at: datetime, zone: str) -> tuple[datetime, datetime]:
    """The time in which an entry counts: from the beginning of the agreed day to the look."""
    day: date = local(look_at, zone).date() - timedelta(days=1)
    return at(day, 0, zone), look_at


def ending_at(expires_at: datetime, zone: str) -> datetime:
    """When to say that the time is nearly over: on a morning, a week before."""
    return at(today(expires_at - NEARLY_OVER, zone), PROMPT_MINUTE, zone)
