"""The life of a risk signal, and who may see one: pure decisions on records.

    open      somebody shall look
    claimed   one person of the team looks; the claim ends by itself after some minutes
    settled   a person decided what it was and what to do

No rule here does anything to anybody: what is found is advice to people, who decide (safety
invariant 4). A signal is never part of a post, a feed, a notification's words, a log line or an
activity (invariant 2).
"""

from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.viewer import STAFF
from storage.accounts import Account
from storage.risk_signals import Hit, RiskSignal, SignalState

SignalEvent = Literal["claim", "let-go", "lapse", "hand-over", "settle", "hit"]

TRANSITIONS: Final[dict[tuple[SignalState, SignalEvent], SignalState]] = {
    ("open", "claim"): "claimed",
    ("open", "hit"): "open",
    ("claimed", "claim"): "claimed",
    ("claimed", "let-go"): "open",
    ("claimed", "lapse"): "open",
    ("claimed", "hand-over"): "open",
    ("claimed", "settle"): "settled",
    ("claimed", "hit"): "claimed",
}
"""Everything that can happen. A settled signal stays so: what comes after is a new one."""

Outcome = Literal["answered", "signposted", "emergency", "no-risk", "elsewhere"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)

AUTHOR_SEVERITY: Final = 3
MEMBER_SEVERITY: Final = 2
MODERATOR_SEVERITY: Final = 2
CHANGED: Final = "what was folded away was changed"
"""Stands where the name of a word rule does."""
HITS_MOST: Final = 20
"""Hits that one signal keeps: a wave of people who worry says no more than the first few."""
WORDS_MOST: Final = 500
NOTE_MOST: Final = 2000


def may_happen(state: SignalState, event: SignalEvent) -> bool:
    """Whether the table knows it."""
    return (state, event) in TRANSITIONS


def severity(signal: RiskSignal) -> int:
    """The gravest of its hits, 1 to 3; 1 where none is left to read."""
    return max((hit.severity for hit in signal.signs.hits), default=1)


def rank(signal: RiskSignal) -> tuple[int, datetime, int]:
    """What the queue is sorted by: the gravest first, then the longest wait."""
    return -severity(signal), signal.created_at, signal.id


def holds(signal: RiskSignal, account_id: int, now: datetime) -> bool:
    """Whether this account looks at it."""
    if signal.state != "claimed" or signal.claimed_until is None:
        return False
    return signal.claimed_by == account_id and signal.claimed_until > now


def is_taken(signal: RiskSignal, account_id: int, now: datetime) -> bool:
    """Whether somebody else does."""
    if signal.state != "claimed" or signal.claimed_until is None:
        return False
    return signal.claimed_by != account_id and signal.claimed_until > now


def claimed_until(now: datetime, minutes: int) -> datetime:
    """When a claim that begins now ends by itself."""
    return now + timedelta(minutes=minutes)


def may_see(
    signal: RiskSignal,
    account: Account,
    own_personas: frozenset[int],
    moderated: frozenset[int],
    is_private: bool,
) -> bool:
    """Whether a signal is there for somebody: the team of the node, and of the group on this node
    (`moderated` are the groups that they look after). What a word rule found in a private group is
    for that group's team; once the author or a member asked for help, for both. Nobody sees one
    about a post of their own here."""
    if account.suspended_at is not None:
        return False
    if signal.author_id in own_personas:
        return False
    if signal.group_id is not None and signal.group_id in moderated:
        return True
    if account.role not in STAFF:
        return False
    if not is_private:
        return True
    return any(hit.source != "words" for hit in signal.signs.hits)


def is_staff(account: Account) -> bool:
    """The staff of the node, while not suspended."""
    return account.role in STAFF and account.suspended_at is None


def is_known(hits: tuple[Hit, ...], hit: Hit) -> bool:
    """Whether the same was said before: the same rule, or the same person worries."""
    return any((one.source, one.rule, one.by) == (hit.source, hit.rule, hit.by) for one in hits)


def outcome_of(value: str) -> Outcome:
    """One of the outcomes. Raises Invalid for field "outcome"."""
    for known in OUTCOMES:
        if value == known:
            return known
    raise Invalid("outcome", N_("Choose what came of it."))


def words_of(text: str, most: int, field: str) -> str:
    """What somebody typed, which may be nothing. Raises Invalid for this field."""
    words = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(words) > most:
        raise Invalid(field, N_("This is too long. Please say it in fewer words."))
    return words


def reply_of(text: str, templates: tuple[str, ...]) -> str:
    """A letter in a person's own words: a template that was not edited is refused, and so is one
    whose gaps are still open (safety invariant 8). Raises Invalid for field "reply"."""
    reply = words_of(text, NOTE_MOST, "reply")
    if not reply:
        return ""
    said = _even(reply)
    if any(said == _even(template) for template in templates):
        raise Invalid(
            "reply", N_("This is the template as it stands. Make it your own words first.")
        )
    if "[" in reply and "]" in reply.partition("[")[2]:
        raise Invalid("reply", N_("Fill in what stands between [ and ], or take it out."))
    return reply


def insist_claim(signal: RiskSignal, account_id: int, now: datetime) -> None:
    """Raises Refused without a claim that still holds, NotFound once it is settled."""
    if signal.state == "settled":
        raise NotFound
    if not holds(signal, account_id, now):
        raise Refused(N_("Take this on first; then you can work on it."), "not-claimed")


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()
