"""Who tells other nodes what happened in a public group.

Use cases call an `Announcer` in their own transaction; `outbound.py` implements it. Every method
takes a `FederatedGroup`, which local and private groups cannot become.

`received` is set when another node told us: a group we host then hands that activity on unchanged
(FEP-1b12) instead of writing one of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from node.groups.rules import FederatedGroup
from storage.actors import Actor
from storage.memberships import Membership
from storage.posts import PostView
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Received:
    """An activity that another node sent. `via` is the remote group that announced it, if any,
    `at` the time that it bears."""

    uri: str
    document: dict[str, Any]
    via: str | None = None
    at: datetime | None = None


class Announcer(Protocol):
    """What public groups tell the network, one method for each thing that happens."""

    def joined(self, uow: UnitOfWork, group: FederatedGroup, persona: Actor) -> str: ...

    def left(
        self, uow: UnitOfWork, group: FederatedGroup, persona: Actor, membership: Membership
    ) -> None: ...

    def answered(
        self, uow: UnitOfWork, group: FederatedGroup, member: Actor, follow: Received, yes: bool
    ) -> None: ...

    def dismissed(
        self, uow: UnitOfWork, group: FederatedGroup, member: Actor, membership: Membership
    ) -> None: ...

    def posted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        parent: PostView | None,
        received: Received | None,
    ) -> str: ...

    def edited(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        parent: PostView | None,
        received: Received | None,
    ) -> None: ...

    def deleted(
        self, uow: UnitOfWork, group: FederatedGroup, view: PostView, received: Received | None
    ) -> None: ...

    def reacted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        persona: Actor,
        kind: str,
        received: Received | None,
    ) -> str: ...

    def unreacted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        persona: Actor,
        reaction: Reaction,
        received: Received | None,
    ) -> None: ...

    def removed(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        moderator: Actor,
        reason: str | None,
        undo: bool,
        received: Received | None,
    ) -> None: ...

    def locked(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        moderator: Actor,
        reason: str | None,
        undo: bool,
        received: Received | None,
    ) -> None: ...

    def pinned(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        moderator: Actor,
        undo: bool,
        received: Received | None,
    ) -> None: ...

    def moderator_changed(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        by: Actor,
        who: Actor,
        undo: bool,
        received: Received | None,
    ) -> None: ...


class Gate(Protocol):
    """What has waited leaves, as it is now."""

    def let_go(
        self, uow: UnitOfWork, group: FederatedGroup, view: PostView, parent: PostView | None
    ) -> str: ...

    def let_change_go(
        self, uow: UnitOfWork, group: FederatedGroup, view: PostView, parent: PostView | None
    ) -> None: ...

    def let_announcement_go(
        self, uow: UnitOfWork, group: FederatedGroup, view: PostView
    ) -> None: ...
