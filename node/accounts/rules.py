"""What a name and a password may be, and how long a session lives. Pure.

The sign-in name is private and never shown; the handle (`node.handles`) is public.
"""

import re
from datetime import datetime, timedelta

from node.accounts.guessable import GUESSABLE
from node.errors import Invalid
from node.i18n import N_
from storage.sessions import Session

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=90)
TOUCH_EVERY = timedelta(hours=1)
TOKEN_STALE = timedelta(days=1)
LINK_LIFE = timedelta(days=3)

PASSWORD_LEAST, PASSWORD_MOST = 10, 1000
NAME_MOST = 60
DISPLAY_NAME_MOST = 60

_NAME = re.compile(r"[^\s\x00-\x1f\x7f/?#]{2,60}")


def sign_in_name(value: str) -> str:
    """The private name to sign in with, as typed. Raises Invalid for field "name"."""
    name = value.strip()
    if not _NAME.fullmatch(name):
        raise Invalid("name", N_("Choose a sign-in name of 2 to 60 characters without spaces."))
    return name


def display_name(value: str) -> str:
    """The name shown beside posts, on one line. Raises Invalid for field "display_name"."""
    name = " ".join(value.split())
    if not name or not any(letter.isprintable() and not letter.isspace() for letter in name):
        raise Invalid("display_name", N_("Give a name to show; it does not have to be your own."))
    if len(name) > DISPLAY_NAME_MOST:
        raise Invalid("display_name", N_("The name to show fits 60 characters."))
    return name


def new_password(value: str, *names: str) -> str:
    """The password, unless it is short or easily guessed (ASVS 6.2.1 to 6.2.5).

    No rule on composition: a sentence is a fine password. `names` are what others may know of the
    person. Raises Invalid for field "password".
    """
    if len(value) < PASSWORD_LEAST:
        raise Invalid("password", N_("Use at least 10 characters; a short sentence works well."))
    if len(value) > PASSWORD_MOST:
        raise Invalid("password", N_("The password fits 1000 characters."))
    folded = value.casefold().strip()
    if folded in GUESSABLE or len(set(folded)) < 4 or _is_made_of(folded, names):
        raise Invalid("password", N_("This password is easily guessed. Choose another one."))
    return value


def agreement(given: bool) -> None:
    """Nobody takes part without having agreed. Raises Invalid for field "agrees"."""
    if not given:
        raise Invalid("agrees", N_("Tick the box if you agree. Without it we may not keep a word."))


def is_alive(session: Session, now: datetime) -> bool:
    """Used in the last 14 days, and no older than 90."""
    if now >= session.expires_at:
        return False
    return now - session.last_seen_at < IDLE


def is_stale(session: Session, now: datetime) -> bool:
    """Whether it is time to write down again that the session is in use."""
    return now - session.last_seen_at >= TOUCH_EVERY


def _is_made_of(folded: str, names: tuple[str, ...]) -> bool:
    """A name, repeated or with a few digits and signs round it."""
    for name in names:
        known = name.casefold().strip()
        if len(known) < 2:
            continue
        rest = folded.replace(known, "")
        if rest != folded and len(re.sub(r"[\W\d_]", "", rest)) < 4:
            return True
    return False
