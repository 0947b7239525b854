"""Goals: what may become of one, what an entry may say, and when a reminder is due. Pure.

A goal is its owner's word to themselves. Whatever happens to it, it can be taken up again, and
nothing that was lived is ever taken away (safety invariants 16, 22 and 25).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from node.errors import Invalid, Refused
from node.i18n import N_
from node.local_time import A_WEEK, is_night, minute_of, next_at
from storage.check_ins import EntryKind
from storage.goals import Goal, GoalKind, GoalState, Reminder, Sharing

Act = Literal["pause", "resume", "end", "reopen"]

TRANSITIONS: Final[Mapping[tuple[GoalState, Act], GoalState]] = {
    ("open", "pause"): "paused",
    ("paused", "resume"): "open",
    ("open", "end"): "ended",
    ("paused", "end"): "ended",
    ("ended", "reopen"): "open",
}
"""The life of a goal. No state is its last."""

TAKES_ENTRIES: Final[frozenset[GoalState]] = frozenset({"open", "paused"})

MILESTONES: Final = (1, 3, 7, 14, 30, 60, 90, 182, 365)
"""Days; after these, every further year."""

GOALS_MOST: Final = 30
ENTRIES_A_DAY: Final = 30
WORDS_MOST: Final = 300
NOTE_MOST: Final = 4000
TOPICS_MOST: Final = 5
YEARS_BACK: Final = 80
LATE: Final = timedelta(hours=2)
"""A reminder that could not be given for so long is let go: its moment is over."""

IS_NIGHT: Final = N_(
    "That is between 22:00 and 7:00. Tick the box below if you really want it then."
)
AT_AN_END: Final = N_("This goal has ended. Take it up again first, if you like.")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDraft:
    """A goal as typed."""

    words: str
    kind: str = "days"
    began: str = ""
    zone: str = ""
    situation: str = ""
    answer: str = ""
    weekdays: frozenset[int] = frozenset()
    topics: tuple[str, ...] = ()
    shared: str = "me"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """An entry as typed; "" is not said."""

    mood: str = ""
    difficulty: str = ""
    did: str = ""
    note: str = ""
    day: str = ""
    shared: str = "me"


def moved(state: GoalState, act: str) -> GoalState:
    """The state after an act. Raises Refused for what is not in the table."""
    for (before, known), after in TRANSITIONS.items():
        if before == state and known == act:
            return after
    raise Refused(N_("That is not possible for this goal now."), "not-now")


def insist_entries(goal: Goal) -> None:
    """Raises Refused for a goal that takes no entries."""
    if goal.state not in TAKES_ENTRIES:
        raise Refused(AT_AN_END, "ended")


def kind_of(value: str) -> GoalKind:
    """Raises Invalid."""
    for known in ("days", "doing"):
        if known == value:
            return known
    raise Invalid("kind", N_("Choose one from the list."))


def shared_of(value: str) -> Sharing:
    """With whom an entry is shared. Whoever would like to show it to a group or a circle writes a
    post of their own there; the entry stays with them."""
    return "buddies" if value == "buddies" else "me"


def words_of(field: str, value: str, *, most: int = WORDS_MOST, needed: bool = False) -> str:
    """One line of a person's own words. Raises Invalid."""
    text = " ".join(value.replace("\x00", "").split())
    if needed and not text:
        raise Invalid(field, N_("Say it in a few words of your own."))
    if len(text) > most:
        raise Invalid(field, N_("That is too long; up to 300 characters fit."))
    return text


def note_of(value: str) -> str:
    """The note of an entry. Raises Invalid."""
    text = value.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > NOTE_MOST:
        raise Invalid("note", N_("The note is too long; up to 4,000 characters fit."))
    return text


def step_of(field: str, value: str) -> int | None:
    """One of five steps, None for not said. Raises Invalid."""
    if not value:
        return None
    if value not in {"1", "2", "3", "4", "5"}:
        raise Invalid(field, N_("Choose one from the list."))
    return int(value)


def did_of(value: str) -> bool | None:
    """Whether it was done. Raises Invalid."""
    known = {"": None, "yes": True, "no": False}
    if value not in known:
        raise Invalid("did", N_("Choose one from the list."))
    return known[value]


def day_of(field: str, value: str, *, since: date, until: date) -> date:
    """A date as a browser sends it, "" for the last one possible. Raises Invalid."""
    if not value:
        return until
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Invalid(field, N_("Write the date like this: 2026-05-31.")) from None
    if day > until:
        raise Invalid(field, N_("That day is still to come."))
    if day < since:
        raise Invalid(field, N_("That is before this goal began."))
    return day


def insist_says_something(kind: EntryKind, draft: EntryDraft) -> None:
    """An entry says something; that there was a setback is enough. Raises Invalid."""
    said = draft.mood or draft.difficulty or draft.did or draft.note.strip()
    if kind == "check-in" and not said:
        raise Invalid("mood", N_("Choose a mood, or write a few words. One of them is enough."))


def reminder_of(time: str, *, at_night: bool) -> Reminder | None:
    """When a reminder is wanted, "" for never. Raises Invalid."""
    if not time:
        return None
    hour, colon, minute = time.partition(":")
    is_time = colon and hour.isdecimal() and minute.isdecimal() and len(minute) == 2
    if not is_time or int(hour) > 23 or int(minute) > 59:
        raise Invalid("time", N_("Write the time like this: 18:30."))
    chosen = int(hour) * 60 + int(minute)
    if is_night(chosen) and not at_night:
        raise Invalid("time", IS_NIGHT)
    return Reminder(chosen, at_night)


def next_reminder(goal: Goal, now: datetime) -> datetime | None:
    """When the next reminder of a goal is due; None while it rests, or when none is wanted."""
    reminder = goal.said.reminder
    if reminder is None or goal.state != "open":
        return None
    weekdays = frozenset(goal.said.weekdays) or A_WEEK
    return next_at(now, reminder.minute, goal.said.zone, weekdays)


def may_remind(goal: Goal, now: datetime) -> bool:
    """Whether a reminder that was due may be given now: while its moment lasts, and in the night
    only to whoever asked for that."""
    reminder = goal.said.reminder
    if reminder is None or goal.state != "open" or goal.remind_at is None:
        return False
    if now - goal.remind_at > LATE:
        return False
    return reminder.at_night or not is_night(minute_of(now, goal.said.zone))
