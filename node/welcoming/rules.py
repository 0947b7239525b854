"""When what comes again falls due, who is on the rota now, and the life of a reply session. Pure.

Hours are those of a place so many minutes ahead of UTC. Clocks that change in spring and autumn are
not followed: whoever set the hour sets it anew, and nothing is posted twice because of it.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from node.errors import Invalid
from node.i18n import N_
from storage.greeters import GreeterSlot
from storage.reply_sessions import ReplySession, SessionState
from storage.reply_turns import Turn

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
LATE_MOST: Final = timedelta(hours=12)
"""A thread of the week comes late by up to so much, after a node that stood still; later than that
the week goes without, so that nothing arrives when its day is over."""

NEW_FOR: Final = timedelta(days=14)
"""So long newcomers of a group are led to its welcome thread, and hellos wait for greeters."""

LOOK_EVERY: Final = timedelta(minutes=10)
SLOTS_MOST: Final = 14
WEEKLY_MOST: Final = 10
SESSION_MINUTES: Final = (30, 45, 60, 90)
AHEAD_MOST: Final = timedelta(days=60)
TURN_MINUTES: Final = timedelta(minutes=15)
FEW: Final = 3
"""With fewer people who heard from a session no number is kept: it could point at somebody."""

OFFSETS: Final = tuple(range(-12 * 60, 14 * 60 + 1, 30))
"""Minutes ahead of UTC that can be chosen."""

Act = Literal["begin", "end", "call-off"]

LIFE: Final[Mapping[SessionState, Mapping[Act, SessionState]]] = {
    "planned": {"begin": "open", "call-off": "called-off"},
    "open": {"end": "ended"},
    "ended": {},
    "called-off": {},
}
"""A reply session: what may happen to it, and what it is then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A weekday (0 is Monday) and an hour, in a place `offset_minutes` ahead of UTC."""

    weekday: int
    hour: int
    offset_minutes: int


def after(state: SessionState, act: Act) -> SessionState | None:
    """What the session is after the act; None where it cannot be done."""
    return LIFE[state].get(act)


def next_time(at: When, now: datetime) -> datetime:
    """The first time of its weekday and hour that comes after now."""
    local = now + timedelta(minutes=at.offset_minutes)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = midnight + DAY * ((at.weekday - local.weekday()) % 7) + timedelta(hours=at.hour)
    due = wanted - timedelta(minutes=at.offset_minutes)
    return due if due > now else due + WEEK


def is_too_late(due: datetime, now: datetime) -> bool:
    """Whether the day of a weekly thread is over."""
    return now - due > LATE_MOST


def next_welcome(every: str, due: datetime, now: datetime) -> datetime:
    """When the next welcome thread opens after the one that was due. However many were missed, one
    comes, and the rhythm stays."""
    later = due
    while later <= now:
        later = later + WEEK if every == "week" else _a_month_after(later)
    return later


def _a_month_after(at: datetime) -> datetime:
    year, month = (at.year + 1, 1) if at.month == 12 else (at.year, at.month + 1)
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


def is_on(slot: GreeterSlot, now: datetime) -> bool:
    """Whether it is this greeter's time now, and they are not away."""
    if slot.away_until is not None and slot.away_until > now:
        return False
    local = now + timedelta(minutes=slot.offset_minutes)
    return local.weekday() == slot.weekday and slot.from_hour <= local.hour < slot.to_hour


def next_look(slot: GreeterSlot, now: datetime) -> datetime:
    """When the greeter's next time begins."""
    at = When(weekday=slot.weekday, hour=slot.from_hour, offset_minutes=slot.offset_minutes)
    return next_time(at, now)


def end_of_week(now: datetime, offset_minutes: int) -> datetime:
    """The Monday on which somebody who is away this week is back."""
    return next_time(When(weekday=0, hour=0, offset_minutes=offset_minutes), now)


def check_when(weekday: str, hour: str, offset: str) -> When:
    """A time of the week as typed. Raises Invalid."""
    at = When(
        weekday=_whole("weekday", weekday, N_("Choose a day.")),
        hour=_whole("hour", hour, N_("Choose an hour.")),
        offset_minutes=_whole("offset", offset, N_("Choose the time of a place.")),
    )
    if not 0 <= at.weekday <= 6:
        raise Invalid("weekday", N_("Choose a day."))
    if not 0 <= at.hour <= 24:
        raise Invalid("hour", N_("Choose an hour."))
    if at.offset_minutes not in OFFSETS:
        raise Invalid("offset", N_("Choose the time of a place."))
    return at


def _whole(field: str, text: str, sentence: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Invalid(field, sentence) from None


def check_window(from_hour: str, to_hour: str) -> tuple[int, int]:
    """From when until when, as typed. Raises Invalid."""
    sentence = N_("Choose from which hour until which later one.")
    first, last = _whole("hour", from_hour, sentence), _whole("to_hour", to_hour, sentence)
    if not 0 <= first < last <= 24:
        raise Invalid("to_hour", sentence)
    return first, last


def check_session(date: str, hour: str, minute: str, offset: str, now: datetime) -> datetime:
    """When a reply session begins, as typed. Raises Invalid."""
    ahead = _whole("offset", offset, N_("Choose the time of a place."))
    if ahead not in OFFSETS:
        raise Invalid("offset", N_("Choose the time of a place."))
    try:
        day = datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Invalid("date", N_("Give the day like 2026-11-30.")) from None
    clock = _whole("hour", hour, N_("Choose an hour.")) * 60 + _whole("hour", minute or "0", "")
    if not 0 <= clock < 24 * 60:
        raise Invalid("hour", N_("Choose an hour."))
    starts = day + timedelta(minutes=clock - ahead)
    if starts <= now - LOOK_EVERY:
        raise Invalid("date", N_("That time is over. Choose one that is still to come."))
    if starts > now + AHEAD_MOST:
        raise Invalid("date", N_("That is far ahead. Choose a day within the next two months."))
    return starts


def phase(session: ReplySession, now: datetime) -> SessionState:
    """What a session is by the clock, even where the worker has not come to it yet."""
    if session.state == "planned" and session.starts_at <= now:
        return "open" if now < session.ends_at else "ended"
    if session.state == "open" and now >= session.ends_at:
        return "ended"
    return session.state


def taken(turns: list[Turn], persona_id: int, now: datetime) -> frozenset[int]:
    """The threads that are not handed to this person: somebody has them now, or they said "not
    this one", or they have answered."""
    return frozenset(
        turn.thread_id
        for turn in turns
        if turn.persona_id == persona_id or (turn.state == "handed" and turn.until > now)
    )


def own_turn(turns: list[Turn], persona_id: int, now: datetime) -> Turn | None:
    """The thread that somebody has in their hands now."""
    return next(
        (
            turn
            for turn in turns
            if turn.persona_id == persona_id and turn.state == "handed" and turn.until > now
        ),
        None,
    )


def heard_to_keep(heard: int) -> int:
    """The number that a session keeps: 0 says only that people were there."""
    return heard if heard >= FEW else 0
