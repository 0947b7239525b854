"""Fields that several forms of this room have: a time of the week, and the words of a thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from node.i18n import N_
from node.web.forms import Form
from node.web.http import Request
from node.web.keys import CONFIG, NOW
from node.welcoming.rules import OFFSETS
from storage.welcomes import Wording

WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


@dataclass(frozen=True, slots=True)
class Offset:
    """The time of a place, as it is offered."""

    minutes: int
    label: str


def _label(minutes: int) -> str:
    sign, size = ("-" if minutes < 0 else "+"), abs(minutes)
    return f"UTC{sign}{size // 60}:{size % 60:02d}" if minutes else "UTC"


Clock = Callable[[datetime], datetime]


def clock_of(request: Request) -> Clock:
    """A moment by the clocks of the community, which is what its members read."""
    zone = ZoneInfo(request.app[CONFIG].time_zone)
    return lambda moment: moment.astimezone(zone)


def offset_of(request: Request) -> str:
    """How far ahead of UTC the community is now, as the form has it; "0" where none of its choices
    is right."""
    ahead = clock_of(request)(request.app[NOW]()).utcoffset() or timedelta()
    minutes = ahead // timedelta(minutes=1)
    return str(minutes) if minutes in OFFSETS else "0"


OFFSETS_SHOWN: Final = tuple(Offset(minutes, _label(minutes)) for minutes in OFFSETS)


def label_of_offset(minutes: int) -> str:
    """Such as "UTC+1:00"."""
    return _label(minutes)


def wording_of(form: Form) -> Wording:
    """The words of a thread as typed."""
    return Wording(
        title=form["title"].strip(),
        text=form["text"].strip(),
        language=form["language"] or None,
        reply_wanted=form["reply_wanted"] or None,
        closing=form["closing"].strip(),
    )


def fields_of(wording: Wording) -> dict[str, str]:
    """The same, to be changed."""
    return {
        "title": wording.title,
        "text": wording.text,
        "language": wording.language or "",
        "reply_wanted": wording.reply_wanted or "",
        "closing": wording.closing,
    }
