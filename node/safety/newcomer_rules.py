"""What newcomers may not do yet, and until when: pure decisions on facts, each on its own line.

The limits slow down those who come to harm. They hold for an account with all its personas, so
that a fresh name is no fresh start and shows nothing; only the one who writes reads the sentences.
Reading, joining, sending support, blocking, reporting, leaving and help are open from the start.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from node.errors import Invalid, Refused
from node.i18n import N_, filled

FIRST_DAY: Final = timedelta(hours=24)
CODE: Final = "newcomer"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerLimits:
    """What the operator sets (docs/settings.md)."""

    days: int
    threads_read: int
    threads: int
    replies: int
    links: int
    message_links: int
    images: bool
    messages: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the account behind a persona. `threads` and `replies` are what it wrote in
    its first 24 hours, and counted only then."""

    age: timedelta
    threads_read: int
    vouched: bool
    is_staff: bool
    threads: int = 0
    replies: int = 0


def is_newcomer(facts: Facts | None, limits: NewcomerLimits) -> bool:
    """None stands for somebody of another node, whose own node sees to it."""
    if facts is None:
        return False
    if facts.vouched:
        return False
    if facts.is_staff:
        return False
    if facts.age < timedelta(days=limits.days):
        return True
    return facts.threads_read < limits.threads_read


def is_first_day(facts: Facts | None, limits: NewcomerLimits) -> bool:
    """Whether what is written today is counted."""
    return facts is not None and is_newcomer(facts, limits) and facts.age < FIRST_DAY


def counts_reading(facts: Facts | None, limits: NewcomerLimits) -> bool:
    """Whether one more thread that is read changes anything."""
    if facts is None or not is_newcomer(facts, limits):
        return False
    return facts.threads_read < limits.threads_read


def insist_thread(facts: Facts | None, limits: NewcomerLimits) -> None:
    """Raises Refused when there were enough threads for a first day."""
    if facts is None or not is_first_day(facts, limits):
        return
    if facts.threads >= limits.threads:
        sentence = N_(
            "Threads that fit into your first day here: %(count)s. You can start more by this time "
            "tomorrow, and answer others until then."
        )
        raise Refused(filled(sentence, count=limits.threads), CODE)


def insist_reply(facts: Facts | None, limits: NewcomerLimits) -> None:
    """Raises Refused when there were enough replies for a first day."""
    if facts is None or not is_first_day(facts, limits):
        return
    if facts.replies >= limits.replies:
        sentence = N_(
            "Replies that fit into your first day here: %(count)s. You can write more by this time "
            "tomorrow, and read on and send support until then."
        )
        raise Refused(filled(sentence, count=limits.replies), CODE)


def insist_links(count: int, facts: Facts | None, limits: NewcomerLimits) -> None:
    """Raises Invalid when a newcomer puts too many links into one post."""
    if count <= limits.links or not is_newcomer(facts, limits):
        return
    sentence = N_(
        "Links that fit into one post while you are new here: %(count)s. Take some out. The limit "
        "ends when you have been here for %(days)s days and have read %(threads)s threads."
    )
    values = {"count": limits.links, "days": limits.days, "threads": limits.threads_read}
    raise Invalid("text", filled(sentence, **values))


def may_send_links(count: int, facts: Facts | None, limits: NewcomerLimits) -> bool:
    """Whether a private message may hold so many links."""
    return count <= limits.message_links or not is_newcomer(facts, limits)


def may_send_images(facts: Facts | None, limits: NewcomerLimits) -> bool:
    """Newcomers write first and send pictures later."""
    return limits.images or not is_newcomer(facts, limits)


def may_write_first(facts: Facts | None, limits: NewcomerLimits) -> bool:
    """Newcomers may answer, but write to nobody who has not written to them."""
    return limits.messages or not is_newcomer(facts, limits)


def links_in(html: str) -> int:
    """The links of clean HTML."""
    return html.count("<a ")
