"""What somebody took back before it came, and who switched what last: late news has no effect.

A grave names who dug it, so nobody can keep someone else's words from arriving by deleting or
undoing them first (ORG-13, ORG-15); a group digs those of posts that its moderators removed. A
switch, such as a lock, remembers when it was last thrown, for each node by its own clock: what
people of several nodes do is taken as it comes.
"""

from datetime import datetime
from hashlib import sha256

from storage.unit_of_work import UnitOfWork


def bury(uow: UnitOfWork, actor: str, uri: str, now: datetime) -> None:
    """Remember that `actor` took back what it did or wrote under `uri`."""
    uow.graves.add(_name(actor, uri), now)


def is_buried(uow: UnitOfWork, actor: str, uri: str) -> bool:
    """Whether `actor` took `uri` back."""
    return uow.graves.has(_name(actor, uri))


def dig_up(uow: UnitOfWork, actor: str, uri: str) -> None:
    """Let `uri` come after all."""
    uow.graves.remove(_name(actor, uri))


def throw(uow: UnitOfWork, switch: str, uri: str, at: datetime, by: str) -> bool:
    """Remember that somebody of the node `by` threw a switch of the thing at `uri`. False when that
    node did so later than `at` already: then this is old news."""
    name = _name(f"switch:{switch} {by}", uri)
    last = uow.graves.when(name)
    if last is not None and at < last:
        return False
    uow.graves.renew(name, at)
    return True


def _name(actor: str, uri: str) -> str:
    """One short name for both: two long URIs would not fit an index of PostgreSQL."""
    return sha256(f"{actor} {uri}".encode()).hexdigest()
