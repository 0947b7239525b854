"""What somebody took back before it came: late originals must not take effect.

Only their own: a grave names who dug it, so nobody can keep someone else's words from arriving by
deleting or undoing them first (ORG-13, ORG-15).
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


def _name(actor: str, uri: str) -> str:
    """One short name for both: two long URIs would not fit an index of PostgreSQL."""
    return sha256(f"{actor} {uri}".encode()).hexdigest()
