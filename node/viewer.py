"""Who asks: the account that signed in, the persona it acts through, and how it came in.

Rooms are handed a `Viewer` or None, never a cookie or a header. The account is private for ever;
only the persona may show on a page or travel.
"""

from dataclasses import dataclass
from typing import Final, Literal

from storage.accounts import Account
from storage.actors import Actor
from storage.sessions import Session

STAFF: Final = frozenset({"moderator", "safety_lead", "administrator"})
"""The roles of the node. A group has moderators of its own (`node.visibility`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A person who is signed in. `session` is None for one who came with a bearer token."""

    account: Account
    persona: Actor
    via: Literal["session", "token"]
    session: Session | None = None
    scopes: frozenset[str] = frozenset()
    new_messages: int = 0
    """In how many conversations something is new, with requests that wait; the menu says so."""

    @property
    def is_administrator(self) -> bool:
        """Whether this person runs the node."""
        return self.account.role == "administrator"

    @property
    def is_staff(self) -> bool:
        """Whether this person looks after the node: what is reported is for them to see."""
        return self.account.role in STAFF

    @property
    def is_safety_lead(self) -> bool:
        """Whether this person may ask for a link of personas to be revealed."""
        return self.account.role == "safety_lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A program that presented a token. `account` and `persona` are None for the app itself;
    `app_id` is None for a token that was made on the command line."""

    account: Account | None
    persona: Actor | None
    scopes: frozenset[str]
    token_id: int
    app_id: int | None = None
    is_stale: bool = False
    """Whether it is time to remember that the token is in use."""
