"""The people and groups of one demo node, by their handles, and a clock that can be turned back, so
that a goal may have begun forty days ago.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from node.ports import Clock
from node.rooms import Rooms
from storage.accounts import Account
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


class Shown(NamedTuple):
    """What the person with this handle must find on this page. `path` begins with "/"; the phrase
    is looked for in the text as people read it."""

    handle: str
    path: str
    phrase: str


class PastClock:
    """The real time, less what it was turned back."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self.back = timedelta()

    def now(self) -> datetime:
        return self._now() - self.back


@dataclass(frozen=True, slots=True)
class Town:
    """One node's people while one transaction is open. `is_first`: Harbour; Meadow otherwise."""

    uow: UnitOfWork
    clock: PastClock
    authority: str
    is_first: bool

    @property
    def now(self) -> datetime:
        """The time as the rooms have it just now."""
        return self.clock.now()

    def persona(self, handle: str) -> Actor:
        """A person of this node."""
        found = self.uow.actors.by_handle(handle, self.authority)
        if found is None:
            raise LookupError(f"nobody here is called {handle}")
        return found

    def account(self, handle: str) -> Account:
        """The account that a persona belongs to."""
        account_id = self.uow.accounts.account_of(self.persona(handle).id)
        found = None if account_id is None else self.uow.accounts.get(account_id)
        if found is None:
            raise LookupError(f"{handle} has no account here")
        return found

    def group(self, handle: str) -> GroupWithActor:
        """A group of this node."""
        found = self.uow.groups.by_handle(handle, self.authority)
        if found is None:
            raise LookupError(f"no group here is called {handle}")
        return found

    @contextmanager
    def ago(self, *, days: int = 0, hours: int = 0) -> Iterator[None]:
        """What is done inside happens so long ago."""
        before, self.clock.back = self.clock.back, timedelta(days=days, hours=hours)
        try:
            yield
        finally:
            self.clock.back = before


Live = Callable[[UnitOfWork, Rooms, Town], list[Shown]]
"""What happens in one room; what must be seen of it."""
