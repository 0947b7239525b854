"""Who asks: the account that signed in, the persona it acts through, and how it came in.

Rooms are handed a `Viewer` or None, never a cookie or a header. The account is private for ever;
only the persona may show on a page or travel.
"""

from dataclasses import dataclass
from typing import Literal

from storage.accounts import Account
from storage.actors import Actor
from storage.sessions import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A person who is signed in. `session` is None for one who came with a bearer token."""

    account: Account
    persona: Actor
    via: Literal["session", "token"]
    session: Session | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def is_administrator(self) -> bool:
        """Whether this person runs the node."""
        return self.account.role == "administrator"
