"""The life of a circle, as tables, and what may be done in it. Pure.

A circle is gathered by invitation, or made of people who wait and asked whether they want it. It
runs for some weeks with one question a day, closes with a week for looking back, can be read for a
while, and is erased. There is nobody above it: a host cares for the questions and the door, and
nothing else (the trial that this follows had no leader: Tweet2Quit, Pechmann and others 2017).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Literal, get_args

from node.i18n import N_
from storage.circles import Circle, CircleMember, CircleState, MemberState, Voice

DAY: Final = timedelta(days=1)
WEEK: Final = 7
CLOSING_DAYS: Final = 7
"""The last days of a circle are for looking back."""
ASKING: Final = timedelta(days=3)
"""So long a circle that has become small is asked what it wants."""
GATHERS: Final = timedelta(days=28)
"""So long a circle gathers after somebody last made a link or came in. Then time decides."""
NUDGES: Final = timedelta(days=14)
"""After this long its host is reminded of it."""
PAUSES: Final = timedelta(days=14)
"""No pause is longer: nobody waits for a host who has gone."""
SHORTEST, LONGEST = 28, 100
LENGTHS: Final = (28, 42, 56, 70, 84, 100)
"""Days that are offered; a script must have a question for each."""
NAME_MOST: Final = 80
TOPICS_MOST: Final = 5

Event = Literal[
    "start", "give-up", "pause", "resume", "become-small", "go-on", "close", "end", "empty"
]
Part = Literal["morning", "midday", "evening"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
HOUR_OF: Final[Mapping[str, int]] = {"morning": 8, "midday": 12, "evening": 19}
"""When the question comes, by the clocks of the node's members. Never at night."""

MOVES: Final[Mapping[tuple[CircleState, Event], CircleState]] = {
    ("gathering", "start"): "running",
    ("gathering", "give-up"): "given-up",
    ("gathering", "empty"): "given-up",
    ("confirming", "start"): "running",
    ("confirming", "give-up"): "given-up",
    ("confirming", "empty"): "given-up",
    ("running", "pause"): "paused",
    ("running", "become-small"): "asking",
    ("running", "close"): "closing",
    ("running", "empty"): "closed",
    ("asking", "go-on"): "running",
    ("asking", "close"): "closing",
    ("asking", "empty"): "closed",
    ("paused", "resume"): "running",
    ("paused", "empty"): "closed",
    ("closing", "end"): "closed",
    ("closing", "empty"): "closed",
}
"""What happens to a circle, and what it is then. Nothing else can happen."""

BY_TIME: Final[Mapping[CircleState, tuple[Event, ...]]] = {
    "gathering": ("start", "give-up"),
    "confirming": ("start", "give-up"),
    "running": ("close",),
    "asking": ("go-on", "close"),
    "paused": ("resume",),
    "closing": ("end",),
}
"""What time alone does to a circle for which nobody does anything: no state keeps people waiting
for ever. Of two it is the first where enough people want it."""

MEMBER_MOVES: Final[Mapping[tuple[MemberState, str], MemberState]] = {
    ("waiting", "let-in"): "member",
    ("waiting", "turn-away"): "declined",
    ("waiting", "leave"): "left",
    ("asked", "agree"): "agreed",
    ("asked", "join"): "member",
    ("asked", "decline"): "declined",
    ("asked", "turn-away"): "declined",
    ("asked", "leave"): "declined",
    ("agreed", "decline"): "declined",
    ("agreed", "leave"): "declined",
    ("agreed", "start"): "member",
    ("member", "leave"): "left",
}
"""How a person stands to a circle. `waiting` asked to come in by a code; `asked` is asked whether
they want a circle that was made for them."""

ALIVE: Final[frozenset[CircleState]] = frozenset({"running", "asking", "paused", "closing"})
ASKS_DAILY: Final[frozenset[CircleState]] = frozenset({"running", "asking", "closing"})
TALKS: Final[frozenset[CircleState]] = ALIVE | {"gathering"}
OPEN_DOORS: Final[frozenset[CircleState]] = frozenset({"gathering"})


@dataclass(frozen=True, slots=True)
class Widening:
    """After so many days of waiting somebody is also matched with people who share `shared` of
    their topics; `same_part` and `same_length` say whether the rest must fit as well."""

    after_days: int
    shared: int
    same_part: bool
    same_length: bool
    words: str


WIDENING: Final = (
    Widening(0, 2, True, True, N_("We look for people who chose at least two of your topics.")),
    Widening(2, 1, True, True, N_("We look for people who chose at least one of your topics.")),
    Widening(
        5, 1, True, False, N_("We look for one of your topics, also in circles of another length.")
    ),
    Widening(9, 1, False, False, N_("We look for one of your topics, at any time of the day.")),
    Widening(16, 0, False, False, N_("We also look for a mixed circle, with other topics.")),
)
"""By waiting. The language always fits, nobody meets whom they are cut off from, nor themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleLimits:
    """What the operator set: people, days, and the time zone of the community."""

    least: int
    most: int
    small: int
    confirm_days: int
    readable_days: int
    zone: tzinfo


def after(state: CircleState, event: Event) -> CircleState | None:
    """What the circle is then; None where that cannot happen."""
    return MOVES.get((state, event))


def member_after(state: MemberState, event: str) -> MemberState | None:
    """How the person stands to the circle then; None where that cannot happen."""
    return MEMBER_MOVES.get((state, event))


def widening_of(waited: timedelta) -> Widening:
    """The step that somebody has come to who waited so long."""
    return [one for one in WIDENING if waited >= one.after_days * DAY][-1]


def day_of(circle: Circle, now: datetime) -> int | None:
    """Which day it is, the first is 1; None before the first question and while it is paused."""
    if circle.started_at is None or now < circle.started_at or circle.state not in ASKS_DAILY:
        return None
    return (now - circle.started_at) // DAY + 1


def first_question(now: datetime, hour: int, zone: tzinfo) -> datetime:
    """The next time that it is this hour by the clocks here."""
    local = now.astimezone(zone)
    at = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if at <= local:
        at += DAY
    return at.astimezone(UTC)


def whole_days(away: timedelta) -> timedelta:
    """A pause in whole days, so that the question keeps its hour; what has begun counts."""
    return -(-away // DAY) * DAY


def ends_at(circle: Circle) -> datetime | None:
    """When its last day is over; None before it has begun."""
    return None if circle.started_at is None else circle.started_at + circle.days * DAY


def is_last_days(circle: Circle, now: datetime) -> bool:
    """Whether its time for looking back has come."""
    day = day_of(circle, now)
    return day is not None and day > circle.days - CLOSING_DAYS


def days_if_closed_now(circle: Circle, now: datetime) -> int:
    """How many days it has in all when its last week begins today."""
    day = day_of(circle, now) or 1
    return min(circle.days, day + CLOSING_DAYS - 1)


def question_of(script: Sequence[str], day: int, days: int) -> str | None:
    """The question of a day. The last ones of a script are for the last days of the circle, however
    long it lasts; None when it has no more."""
    left = days - day
    if day < 1 or left < 0 or not script:
        return None
    if left < CLOSING_DAYS and len(script) >= CLOSING_DAYS:
        return script[len(script) - 1 - left]
    body = script[: max(0, len(script) - CLOSING_DAYS)]
    return body[day - 1] if day <= len(body) else None


def lasts_until(circle: Circle, limits: CircleLimits) -> datetime | None:
    """When time alone ends the state that a circle is in; None where its days are counted."""
    lasts: dict[CircleState, timedelta] = {
        "gathering": GATHERS,
        "confirming": limits.confirm_days * DAY,
        "asking": ASKING,
        "paused": PAUSES,
        "closed": limits.readable_days * DAY,
        "given-up": timedelta(0),
    }
    return circle.changed_at + lasts[circle.state] if circle.state in lasts else None


def is_nudged(circle: Circle) -> bool:
    """Whether the worker came to remind people of a circle that still gathers."""
    return circle.state == "gathering" and circle.next_at == circle.changed_at + NUDGES


def next_look(circle: Circle, now: datetime, limits: CircleLimits) -> datetime | None:
    """When something has to be done for the circle."""
    over = lasts_until(circle, limits)
    if circle.state == "gathering" and now < circle.changed_at + NUDGES:
        return circle.changed_at + NUDGES
    if circle.state not in ASKS_DAILY or circle.started_at is None:
        return over
    tomorrow = circle.started_at + (day_of(circle, now) or 0) * DAY
    return tomorrow if over is None else min(tomorrow, over)


def was_called(circle: Circle) -> bool:
    """Whether the worker was asked to come between two questions, because a persona that was in
    the circle ended (`CircleRepository.part`)."""
    if circle.started_at is None or circle.next_at is None:
        return False
    return (circle.next_at - circle.started_at) % DAY != timedelta(0)


def is_small(members: int, limits: CircleLimits) -> bool:
    """Whether so few are left that they are asked what they want."""
    return 0 < members < limits.small


def verdict(voices: Iterable[Voice | None]) -> Voice:
    """What most of those who answered want; while they do not agree, the circle goes on."""
    said = Counter(one for one in voices if one is not None)
    ordered = said.most_common()
    if not ordered or (len(ordered) > 1 and ordered[0][1] == ordered[1][1]):
        return "go-on"
    return ordered[0][0]


def is_in(member: CircleMember | None) -> bool:
    """Whether somebody belongs to the circle."""
    return member is not None and member.state == "member"


def may_see(state: CircleState, member: CircleMember | None) -> bool:
    """A circle in this state is there for its members, for those who are asked, and for who asked
    to come in."""
    if member is None or state == "given-up":
        return False
    if state == "confirming":
        return member.state in ("asked", "agreed")
    if state == "gathering":
        return member.state in ("member", "waiting", "asked")
    return member.state == "member"


def cares_for(circle: Circle, member: CircleMember | None) -> bool:
    """The host cares for questions and door; a circle without one is everybody's."""
    if member is None or not is_in(member):
        return False
    return circle.host_id is None or circle.host_id == member.persona_id


def weeks_past(circle: Circle, now: datetime) -> int:
    """How many whole weeks are over."""
    day = day_of(circle, now)
    return 0 if day is None else (day - 1) // WEEK
