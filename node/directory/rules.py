"""What the directory decides by itself: the life of a service, how fresh a record is, how a number
is dialled, what a tip may be. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from node.errors import Invalid, Refused
from node.i18n import N_

State = Literal["draft", "listed", "checking", "delisted", "closed", "withdrawn"]
"""draft: laid ready, seen by nobody. listed: in the directory. checking: in it, and staff has been
told that something may be wrong. delisted: its source has it no more. closed: its source says that
it is. withdrawn: staff took it out."""
Event = Literal[
    "publish", "doubt", "confirm", "gone", "back", "close", "reopen", "withdraw", "restore"
]

TRANSITIONS: Final[Mapping[tuple[State, Event], State]] = {
    ("draft", "publish"): "listed",
    ("draft", "close"): "closed",
    ("draft", "withdraw"): "withdrawn",
    ("listed", "doubt"): "checking",
    ("listed", "gone"): "delisted",
    ("listed", "close"): "closed",
    ("listed", "withdraw"): "withdrawn",
    ("checking", "confirm"): "listed",
    ("checking", "gone"): "delisted",
    ("checking", "close"): "closed",
    ("checking", "withdraw"): "withdrawn",
    ("delisted", "back"): "listed",
    ("delisted", "close"): "closed",
    ("delisted", "withdraw"): "withdrawn",
    ("closed", "reopen"): "listed",
    ("closed", "gone"): "delisted",
    ("closed", "withdraw"): "withdrawn",
    ("withdrawn", "restore"): "checking",
}
"""An import never undoes what staff withdrew; what staff restores is looked at again."""

FOUND: Final[tuple[State, ...]] = ("listed", "checking")
"""What a search finds and the API serves."""
READABLE: Final[tuple[State, ...]] = ("listed", "checking", "delisted", "closed")
"""Whose page opens for everybody, for those who had chosen it or follow an older link."""

IMPORTED: Final[Mapping[str, tuple[Event, ...]]] = {
    "open": ("publish", "back", "reopen"),
    "closed": ("close",),
    "gone": ("gone",),
}
"""What an import says of a service, as the events that bring it there; those that do not fit its
state are passed over."""

STAFF_DAYS: Final = 180
READER_DAYS: Final = 365
TIP_MOST: Final = 600
CORRECTION_MOST: Final = 2000
WAITING_MOST: Final = 5

Freshness = Literal["fresh", "ageing", "old", "unknown"]


@dataclass(frozen=True, slots=True)
class Checked:
    """When somebody last looked whether the record is right, and what follows from it."""

    on: date | None
    freshness: Freshness


def after(state: str, event: Event) -> State:
    """The state that follows. Raises Refused when this cannot happen now."""
    for (known, happening), following in TRANSITIONS.items():
        if known == state and happening == event:
            return following
    raise Refused(N_("That cannot be done with this service as it is now."), "wrong-state")


def imported(state: str, says: str) -> State | None:
    """The state after an import that says so; None when nothing changes."""
    for event in IMPORTED[says]:
        for (known, happening), following in TRANSITIONS.items():
            if known == state and happening == event:
                return following
    return None


def checked(on: str | None, now: datetime) -> Checked:
    """How fresh a record is by its date (`assured_date`, else `last_modified`)."""
    if on is None:
        return Checked(None, "unknown")
    day = date.fromisoformat(on)
    age = (now.date() - day).days
    if age > READER_DAYS:
        return Checked(day, "old")
    return Checked(day, "ageing" if age > STAFF_DAYS else "fresh")


_LETTERS: Final = {
    letter: str(number)
    for number, letters in enumerate(("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"), 2)
    for letter in letters
}
_DIALLED: Final = re.compile(r"\+?[0-9A-Za-z() ./\u2010-\u2015-]+")
_WORDY: Final = re.compile(r"[A-Za-z]{2,}.*\s[A-Za-z]{2,}|\b(?:text|sms)\b", re.IGNORECASE)


def dialled(number: str, extension: object = None) -> str | None:
    """The `tel:` address (RFC 3966) of a number that is shown as published: "116 123" stays a short
    number, nothing is added in front. None for what cannot be dialled as it stands, such as "text
    HELLO to 12345": then it is words, and only words."""
    text = number.strip()
    if not _DIALLED.fullmatch(text) or _WORDY.search(text):
        return None
    if text.startswith("+"):
        text = text.replace("(0)", "")
    digits = "".join(_LETTERS.get(one.lower(), one) for one in text if one.isalnum())
    if not digits.isascii() or not digits.isdigit() or not 2 <= len(digits) <= 20:
        return None
    plus = "+" if text.startswith("+") else ""
    extra = str(extension or "").strip()
    return f"tel:{plus}{digits}" + (f";ext={extra}" if extra.isdigit() else "")


def checked_words(field: str, text: str, most: int) -> str:
    """Words of a tip or a correction. Raises Invalid."""
    made = text.strip()
    if not made:
        raise Invalid(field, N_("Write a few words."))
    if len(made) > most:
        raise Invalid(field, N_("This is too long. Shorten it a little."))
    return made


def insist_room(waiting: int) -> None:
    """Raises Refused while many suggestions of one person wait."""
    if waiting >= WAITING_MOST:
        raise Refused(
            N_("Several of your suggestions wait to be looked at. Come back when they are done."),
            "too-many",
        )
