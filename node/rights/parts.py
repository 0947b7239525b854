"""The pieces of a copy, and how a room hands over its own.

A room that keeps something of people adds an `Exporter` to `EXPORTERS` (exporters.py), and names it
in `storage.personal`. It gives bounded batches, so that no transaction is held long.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from storage.accounts import Account
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

BATCH: Final = 200
MANY: Final = 10_000
"""Rows of lists that are short by their nature."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose copy it is: the account, and the actors of all its personas."""

    account: Account
    personas: tuple[Actor, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Part:
    """One thing, ready for JSON. `persona` is the handle that it belongs to, "" for the account."""

    persona: str
    item: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some parts, and from where to ask for the next ones; None at the end."""

    parts: Sequence[Part] = field(default_factory=tuple)
    following: int | None = None


def when(moment: datetime | None) -> str | None:
    """A time as JSON has it."""
    return None if moment is None else moment.isoformat(timespec="seconds")


Collect = Callable[[UnitOfWork, Owner, int], Batch]
"""(transaction, owner, where to go on: 0 at first) to the next batch."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A section of the copy. `change_at` is the page on which its owner corrects it, if any."""

    name: str
    title: str
    collect: Collect
    change_at: str = ""


def at_once(collect: Callable[[UnitOfWork, Owner], list[Part]]) -> Collect:
    """For what is short: everything in one batch."""
    return lambda uow, owner, _after: Batch(collect(uow, owner))


def of_each_persona(collect: Callable[[UnitOfWork, Actor], list[dict[str, Any]]]) -> Collect:
    """For what each persona has a few of: a persona a batch."""

    def batch(uow: UnitOfWork, owner: Owner, after: int) -> Batch:
        if after >= len(owner.personas):
            return Batch()
        persona = owner.personas[after]
        parts = [Part(persona.handle, item) for item in collect(uow, persona)]
        return Batch(parts, after + 1)

    return batch


def paged(
    collect: Callable[[UnitOfWork, Owner, Actor, int], Sequence[tuple[int, dict[str, Any]]]],
) -> Collect:
    """For what a persona may have thousands of. `collect` answers (id, item) above an id, at most
    BATCH of them, in order. Where to go on is the persona's place and the id in one number."""

    def batch(uow: UnitOfWork, owner: Owner, after: int) -> Batch:
        place, last = divmod(after, 1 << 64)
        if place >= len(owner.personas):
            return Batch()
        persona = owner.personas[place]
        found = collect(uow, owner, persona, last)
        parts = [Part(persona.handle, item) for _, item in found]
        if len(found) == BATCH:
            return Batch(parts, place << 64 | found[-1][0])
        return Batch(parts, (place + 1) << 64)

    return batch
