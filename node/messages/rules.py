"""Who may write to whom, and who has to ask first: pure decisions, each condition on its own line.

A first message needs a group that both have been in for some days. Others ask with a short note,
if the one they ask lets them. Whom nobody may reach looks as if nobody were there.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from node.i18n import N_
from storage.actors import Actor
from storage.message_choices import WhoMayAsk

KEEP_CHOICES = (7, 30, 180, 0)
"""Days for which a person can keep messages; 0 is for ever."""

WHO_CHOICES: tuple[WhoMayAsk, ...] = ("shared-groups", "anyone", "buddies", "nobody")
"""Who may be let ask; buddies write without asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an operator can set about messages."""

    people_most: int
    standing_days: int
    request_letters: int
    requests_a_day: int
    request_days: int
    keep_days: int
    search_most: int

    @property
    def standing(self) -> timedelta:
        """How long two people must have shared a group before one writes to the other."""
        return timedelta(days=self.standing_days)


@dataclass(frozen=True, slots=True)
class Denied:
    """No, and why: a stable code and a sentence that says what would be accepted."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What is between one who would like to write and another. `has_asked` and `was_asked` are
    requests without a yes."""

    is_there: bool
    is_self: bool = False
    has_conversation: bool = False
    shares_group: bool = False
    shares_group_long: bool = False
    is_buddy: bool = False
    is_newcomer: bool = False
    who_may_ask: WhoMayAsk
    has_asked: bool = False
    was_asked: bool = False


Reach = Literal["write", "ask"]

NOT_THERE = Denied("not-found", N_("There is nobody by that name here. Check the spelling."))
GONE = Denied(
    "gone", N_("This person is not here any more, so nothing more can be sent or changed.")
)
CLOSED = Denied(
    "closed",
    N_("This person takes no first messages from you. In a group you share you can still talk."),
)
NEWCOMER = Denied(
    "newcomer",
    N_(
        "You are new here. You can already read, answer in groups, block, report and get help; "
        "writing to people first opens after a few days of reading along."
    ),
)
ASK_FIRST = Denied(
    "ask-first",
    N_(
        "You two have not shared a group for long enough to write first. Send a short request "
        "instead: plain text without links."
    ),
)


def may_reach(contact: Contact) -> Reach | Denied:
    """Whether one may write to the other at once, has to ask, or neither."""
    if contact.is_self:
        return Denied("self", N_("That is you. Name somebody else."))
    if not contact.is_there:
        return NOT_THERE
    if contact.has_conversation:
        return "write"
    if contact.is_newcomer:
        return NEWCOMER
    if contact.who_may_ask == "nobody":
        return CLOSED
    if contact.who_may_ask == "buddies" and not contact.is_buddy:
        return CLOSED
    if contact.is_buddy:
        return "write"
    if contact.shares_group_long:
        return "write"
    if contact.who_may_ask == "shared-groups" and not contact.shares_group:
        return CLOSED
    return "ask"


def may_ask(contact: Contact, asked_today: int, limits: Limits) -> Denied | None:
    """Whether a request may be made now; None when it may."""
    reach = may_reach(contact)
    if isinstance(reach, Denied):
        return reach
    if reach == "write":
        return Denied("no-need", N_("You need not ask: you can write to this person."))
    if contact.was_asked:
        return Denied("was-asked", N_("This person asked you already. You find it among requests."))
    if contact.has_asked:
        return Denied("has-asked", N_("You asked this person already. Leave them their time."))
    if asked_today >= limits.requests_a_day:
        return Denied("slow-down", N_("That is enough requests for one day. Try again tomorrow."))
    return None


def is_here(actor: Actor | None) -> bool:
    """Whether an actor is a person of this node who can take messages."""
    if actor is None or not actor.is_local or actor.type != "Person":
        return False
    return actor.gone_at is None and actor.suspended_at is None
