"""Whom a reader does not meet in lists: who is cut off by a block, and whom the reader muted."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from node.clients.mastodon.entities.status import Status
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


def unread(uow: UnitOfWork, reader: Actor | None, now: datetime) -> frozenset[int]:
    """The actors whose posts and shares stay out of lists: two queries."""
    if reader is None:
        return frozenset()
    return uow.blocks.hides(reader.id) | uow.mutes.hides(reader.id, now)


def without_nodes(
    uow: UnitOfWork, reader: Actor | None, shown: Mapping[int, Status]
) -> dict[int, Status]:
    """The same without what comes from nodes that the reader muted: one query."""
    nodes = uow.mutes.nodes(reader.id) if reader is not None else frozenset[str]()
    if not nodes:
        return dict(shown)
    return {
        number: status
        for number, status in shown.items()
        if not any(_host(acct) in nodes for acct in _of(status))
    }


def _of(status: Status) -> Iterable[str]:
    yield status.account.acct
    if status.reblog is not None:
        yield status.reblog.account.acct


def _host(acct: str) -> str:
    return acct.partition("@")[2].lower()
