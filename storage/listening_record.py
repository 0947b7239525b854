"""The records of being heard: what was asked for, what is offered, a session, words in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from storage.shapes import Shape
from storage.tables import listening_offers, listening_sessions

Wish = Literal["listen", "similar-experience", "ideas"]
"""What somebody would like to hear back; the words of `reply_wanted`."""
SessionState = Literal[
    "waiting", "offered", "accepted", "running", "paused", "ended", "expired", "withdrawn"
]
OfferState = Literal["open", "yes", "no", "lapsed", "taken-back", "turned-down", "met"]
Felt = Literal["yes", "a-little", "not-yet"]
PauseReason = Literal["own", "care", "moderator"]


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody who asks would like. `minutes` is 0 for letters. `is_urgent` is their own word,
    for no eyes but the matching's."""

    topics: tuple[str, ...]
    wish: Wish = "listen"
    avoid: tuple[str, ...] = ()
    minutes: int = 30
    language: str = ""
    not_people: tuple[int, ...] = ()
    not_groups: tuple[int, ...] = ()
    is_urgent: bool = False

    @property
    def is_letter(self) -> bool:
        return self.minutes == 0


class Offering(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody who listens offers. `slots` are parts of the week (`rules.slot_at`), in the
    time zone `zone`; without any the switch alone says when. `live` and `letters` are how many at
    a time. Until `hard_until` they would rather not."""

    topics: tuple[str, ...]
    wishes: tuple[Wish, ...] = ("listen", "similar-experience", "ideas")
    no_go: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    slots: tuple[int, ...] = ()
    zone: str = "UTC"
    live: int = 1
    letters: int = 3
    hard_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A persona that listens, or has been listened to. `offering` is None where nothing is offered.
    `talks` is how many sessions it was part of; breaks and limits go by it, and nobody sees it."""

    persona_id: int
    is_on: bool = False
    available_until: datetime | None = None
    rests_until: datetime | None = None
    last_asked_at: datetime | None = None
    talks: int = 0
    offering: Offering | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningSession:
    """One request to be heard, and the session it becomes. `due_at` is when its state changes by
    itself."""

    id: int
    seeker_id: int
    helper_id: int | None = None
    state: SessionState = "waiting"
    asked_at: datetime
    changed_at: datetime
    due_at: datetime | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    sealed: bytes = b""
    sealed_words: bytes | None = None
    sealed_pause: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningOffer:
    """That a helper was asked for somebody, and what they said."""

    id: int
    session_id: int
    seeker_id: int
    helper_id: int
    state: OfferState = "open"
    offered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words in a session: `source` is Markdown, `content` clean HTML; None once a key of the two
    people is destroyed."""

    id: int
    session_id: int
    author_id: int
    source: str | None
    content: str | None
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardAnswer:
    """What a seeker felt afterwards. Shown to nobody by itself."""

    session_id: int
    seeker_id: int
    helper_id: int
    felt: Felt
    answered_at: datetime


SESSION = Shape(ListeningSession, listening_sessions)
OFFER = Shape(ListeningOffer, listening_offers)
