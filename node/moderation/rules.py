"""Who of the staff may do what: pure decisions, each condition on its own line.

Roles of the node, from less to more: a moderator works on reports; a safety lead does so too, reads
the audit log and may ask for a link of personas; an administrator runs the node and gives roles.
Nobody sees a link by rank alone (`reveals.py`).
"""

from typing import Final, get_args

from node.errors import Invalid, NotFound
from node.i18n import N_
from node.viewer import STAFF
from storage.accounts import Account, Role

WORDS_MOST: Final = 2000
ROLES: Final[tuple[Role, ...]] = get_args(Role)
REASONS: Final = (
    "danger",
    "threat",
    "harassment",
    "sexual",
    "contact",
    "hate",
    "advice",
    "spam",
    "other",
)
"""What a report may be about; `pages/labels.py` says it in words."""


def role(value: str) -> Role:
    """One of the roles. Raises Invalid for field "role"."""
    for known in ROLES:
        if value == known:
            return known
    raise Invalid("role", N_("Choose one of the roles."))


def insist_staff(account: Account) -> None:
    """For everyone else these pages are not there. Raises NotFound."""
    if account.role not in STAFF:
        raise NotFound
    if account.suspended_at is not None:
        raise NotFound


def insist_administrator(account: Account) -> None:
    """Roles are given by administrators. Raises NotFound."""
    if account.role != "administrator":
        raise NotFound
    if account.suspended_at is not None:
        raise NotFound


def insist_overseer(account: Account) -> None:
    """The audit log is read by those who answer for the others. Raises NotFound."""
    if account.role not in ("safety_lead", "administrator"):
        raise NotFound
    if account.suspended_at is not None:
        raise NotFound


def reasons_of(text: str) -> str:
    """The reasons that somebody is told, or the staff among themselves. Raises Invalid for field
    "statement"."""
    reasons = text.replace("\r\n", "\n").strip()
    if not reasons:
        raise Invalid("statement", N_("Say why, so that the person can understand it."))
    if len(reasons) > WORDS_MOST:
        raise Invalid("statement", N_("This is too long. It fits 2000 characters."))
    return reasons


def words_of(text: str, field: str) -> str:
    """What somebody wrote, which may be nothing. Raises Invalid for this field."""
    words = text.replace("\r\n", "\n").strip()
    if len(words) > WORDS_MOST:
        raise Invalid(field, N_("This is too long. It fits 2000 characters."))
    return words
