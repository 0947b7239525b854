"""The life of a session, how long each thing may take, breaks, and the week of a helper. Pure.

Both people say yes: first the helper, who has seen only what the seeker would like, then the
seeker, who has seen who it is. No answer blames nobody: the request goes on to the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from node.errors import Invalid, Refused
from node.i18n import N_
from storage.listening_record import Intake, Listener, Offering, SessionState, Wish

Act = Literal[
    "offer",
    "accept",
    "decline",
    "lapse",
    "begin",
    "turn-down",
    "withdraw",
    "pause",
    "go-on",
    "end",
]

TRANSITIONS: Final[Mapping[tuple[SessionState, Act], SessionState]] = {
    ("waiting", "offer"): "offered",
    ("waiting", "withdraw"): "withdrawn",
    ("waiting", "lapse"): "expired",
    ("offered", "accept"): "accepted",
    ("offered", "decline"): "waiting",
    ("offered", "lapse"): "waiting",
    ("offered", "withdraw"): "withdrawn",
    ("accepted", "begin"): "running",
    ("accepted", "turn-down"): "waiting",
    ("accepted", "decline"): "waiting",
    ("accepted", "lapse"): "expired",
    ("accepted", "withdraw"): "withdrawn",
    ("running", "pause"): "paused",
    ("running", "end"): "ended",
    ("running", "lapse"): "ended",
    ("paused", "go-on"): "running",
    ("paused", "end"): "ended",
    ("paused", "lapse"): "ended",
}
"""What may become of a session. `lapse` is the work of time alone, `offer` that of the matching."""

SEEKING: Final = frozenset({"waiting", "offered", "accepted"})
TALKING: Final = frozenset({"running", "paused"})
OVER: Final = frozenset({"ended", "expired", "withdrawn"})

SEEKER_ACTS: Final[frozenset[Act]] = frozenset(
    {"begin", "turn-down", "withdraw", "pause", "go-on", "end"}
)
HELPER_ACTS: Final[frozenset[Act]] = frozenset({"accept", "decline", "pause", "go-on", "end"})


def next_state(state: SessionState, act: Act) -> SessionState:
    """Where an act leads. Raises Refused."""
    found = TRANSITIONS.get((state, act))
    if found is None:
        raise Refused(
            N_("That is not possible any more. The page shows how things stand now."), "state"
        )
    return found


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a state lasts by itself, for people who are there now and for letters."""

    live: timedelta
    letter: timedelta


PATIENCE: Final[Mapping[SessionState, Patience]] = {
    "waiting": Patience(timedelta(hours=2), timedelta(days=7)),
    "offered": Patience(timedelta(minutes=3), timedelta(hours=24)),
    "accepted": Patience(timedelta(minutes=15), timedelta(days=3)),
    "running": Patience(timedelta(hours=2), timedelta(days=14)),
    "paused": Patience(timedelta(hours=2), timedelta(days=14)),
}
"""A running session counts from the last words. Whoever asked counts from when they asked."""


def due_at(state: SessionState, since: datetime, *, is_letter: bool) -> datetime | None:
    """When a state ends by itself; None for one that does not."""
    patience = PATIENCE.get(state)
    if patience is None:
        return None
    return since + (patience.letter if is_letter else patience.live)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """After `sessions` within `within` (or one that was hard), `rest` passes before the next."""

    sessions: int
    within: timedelta
    rest: timedelta
    is_hard: bool = False


BREAKS: Final = (
    Break(sessions=1, within=timedelta(hours=1), rest=timedelta(minutes=10)),
    Break(sessions=2, within=timedelta(hours=4), rest=timedelta(hours=1)),
    Break(sessions=4, within=timedelta(hours=24), rest=timedelta(hours=12)),
    Break(sessions=1, within=timedelta(hours=24), rest=timedelta(hours=12), is_hard=True),
)
"""Who listens also needs to breathe. The longest that fits is taken. Letters count as well."""


def rest_until(met: Iterable[datetime], now: datetime, *, was_hard: bool) -> datetime:
    """Until when somebody rests whose sessions came about at these times; the one that just ended
    is among them."""
    times = list(met)
    fitting = [
        one.rest
        for one in BREAKS
        if (was_hard and one.is_hard)
        or (
            not one.is_hard
            and sum(now - one.within <= time <= now for time in times) >= one.sessions
        )
    ]
    return now + max(fitting, default=BREAKS[0].rest)


HARD_DAY: Final = timedelta(hours=18)
"""How long "not today" lasts: until after a night."""
AVAILABLE: Final = timedelta(hours=2)
"""How long the switch stays on by itself, so that nobody is asked who forgot it."""
NEWCOMER_TALKS: Final = 3
"""In how many sessions of either there are no links."""
EVIDENCE: Final = timedelta(hours=72)
"""For so long after the end nobody can have the words deleted, so that either can report them."""
ASKED_WORDS: Final = timedelta(hours=24)
"""How long the words of whoever asked stay after the two have met."""
FEW: Final = 10
"""From how many people on something is said of all of them together."""

WISHES: Final[tuple[tuple[Wish, str], ...]] = (
    ("listen", N_("Just listen")),
    ("similar-experience", N_("Similar experience")),
    ("ideas", N_("Ideas")),
)
LENGTHS: Final[tuple[tuple[int, str], ...]] = (
    (15, N_("15 minutes")),
    (30, N_("30 minutes")),
    (60, N_("60 minutes")),
    (0, N_("By letters, without hurry")),
)
WORDS_MOST: Final = 500
TEXT_MOST: Final = 4_000
TOPICS_MOST: Final = 5
OFFERED_TOPICS_MOST: Final = 44
LIVE_MOST: Final = 2
LETTERS_MOST: Final = 5

PARTS: Final = ("night", "morning", "afternoon", "evening")
"""Quarters of a day, each six hours long, from midnight on."""


def slot_at(moment: datetime, zone: str) -> int:
    """The part of the week in a time zone: Monday night is 0, Sunday evening 27."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.weekday() * len(PARTS) + local.hour // 6


def is_their_time(listener: Listener, now: datetime) -> bool:
    """Whether somebody can be asked to listen now: they switched it on, or it is a time of the week
    that they chose."""
    if listener.offering is None or not listener.is_on:
        return False
    if listener.available_until is not None and listener.available_until > now:
        return True
    return slot_at(now, listener.offering.zone) in listener.offering.slots


def rests(listener: Listener, now: datetime) -> bool:
    """Whether it is a break, or a day on which they would rather not."""
    if listener.rests_until is not None and listener.rests_until > now:
        return True
    return has_hard_day(listener, now)


def has_hard_day(listener: Listener, now: datetime) -> bool:
    """Whether they said: not today."""
    offering = listener.offering
    return offering is not None and offering.hard_until is not None and offering.hard_until > now


def check_offering(offering: Offering) -> Offering:
    """Raises Invalid."""
    if not offering.topics:
        raise Invalid("topics", N_("Choose at least one topic that you can listen to."))
    if set(offering.topics) & set(offering.no_go):
        raise Invalid("no_go", N_("A topic is either one that you offer or one to leave out."))
    if not offering.wishes:
        raise Invalid("wishes", N_("Choose at least one way in which you like to listen."))
    if not offering.live and not offering.letters:
        raise Invalid("live", N_("Choose at least one: to talk now, or to answer letters."))
    return offering


def check_intake(intake: Intake) -> Intake:
    """Raises Invalid."""
    if not intake.topics:
        raise Invalid("topics", N_("Choose at least one topic; the rest is up to you."))
    if set(intake.topics) & set(intake.avoid):
        raise Invalid("avoid", N_("A topic is either what it is about or one to leave out."))
    return intake
