"""Which handler an activity goes to, what the handler needs first, and what came of it.

Rooms of the node register one short function per activity type. A handler gets an open unit of work
and a `Verified` activity; it cannot await, so it cannot touch the network: what it needs from other
nodes it names beforehand (`Needs`), and `process.py` brings it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from activitypub.vocabulary import Activity
from federation.fetch import FetchedPost
from federation.verify import Verified
from storage.unit_of_work import UnitOfWork

A = TypeVar("A", bound=Activity)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an activity."""


@dataclass(frozen=True, slots=True)
class Done(Outcome):
    """It took effect; `effect` says in a few words which."""

    effect: str


@dataclass(frozen=True, slots=True)
class Ignored(Outcome):
    """Nothing wrong and nothing to do; `reason` says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Waits(Ignored):
    """Nothing to do now, but what is missing may be on its way: the receipt is tried again, and
    ignored in the end."""


@dataclass(frozen=True, slots=True)
class Refused(Outcome):
    """Its sender may not do that; `reason` says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Needs:
    """URIs of what must be stored or at hand before the handler runs.

    `actors` are fetched and stored; `posts` are fetched with their missing ancestors and handed
    over in `Context.posts`. What is known already costs nothing, and all of it together is bounded
    by the fetch budget of one activity.
    """

    actors: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler may use besides its unit of work.

    `posts` holds what was fetched, oldest ancestor first; their authors are stored as actors.
    `gone` are URIs of needed posts whose own host says that they were there and are no more.
    """

    now: datetime
    new_id: Callable[[], int]
    origin: str
    posts: tuple[FetchedPost, ...] = ()
    gone: frozenset[str] = frozenset()
    by_uri: Mapping[str, FetchedPost] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_uri", {item.post.id: item for item in self.posts})


def no_needs(_activity: Activity) -> Needs:
    """For handlers that work on what the node has."""
    return Needs()


Offer = Callable[[UnitOfWork, Verified[Any], Context], Outcome | None]
"""A handler that may leave an activity to another one."""


@dataclass(frozen=True, slots=True)
class _Entry:
    handle: Callable[[UnitOfWork, Verified[Any], Context], Outcome]
    needs: Callable[[Any], Needs]


class Dispatcher:
    """{activity type: handler}, and rooms that are asked before it."""

    def __init__(self) -> None:
        self._entries: dict[type[Activity], _Entry] = {}
        self._first: dict[type[Activity], list[Offer]] = {}

    def first(
        self,
        kind: type[A],
        handle: Callable[[UnitOfWork, Verified[A], Context], Outcome | None],
    ) -> None:
        """Ask `handle` before the handler of this type. It answers None for what is none of its
        business."""
        self._first.setdefault(kind, []).append(handle)

    def on(
        self,
        kind: type[A],
        handle: Callable[[UnitOfWork, Verified[A], Context], Outcome],
        needs: Callable[[A], Needs] = no_needs,
    ) -> None:
        """Send activities of exactly this type to `handle`. A second handler is a ValueError."""
        if kind in self._entries:
            raise ValueError(f"{kind.__name__} has a handler already")
        self._entries[kind] = _Entry(handle, needs)

    def needs(self, activity: Activity) -> Needs:
        """What must be brought before `handle` may be called with this activity."""
        entry = self._entries.get(type(activity))
        return Needs() if entry is None else entry.needs(activity)

    def handle(self, uow: UnitOfWork, verified: Verified[Activity], context: Context) -> Outcome:
        """Run the handler of this activity's type inside the open unit of work."""
        for offered in self._first.get(type(verified.activity), ()):
            outcome = offered(uow, verified, context)
            if outcome is not None:
                return outcome
        entry = self._entries.get(type(verified.activity))
        if entry is None:
            return Ignored("unknown type")
        return entry.handle(uow, verified, context)
