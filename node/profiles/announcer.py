"""Who tells other nodes what happened on a profile.

Use cases call an `Announcer` in their own transaction; `outbound.py` implements it. What is about a
post takes a `FederatedPost` or `OpenPost`, which posts for followers or for oneself cannot become.
"""

from collections.abc import Sequence
from typing import Protocol

from node.profiles.rules import FederatedPost, OpenPost
from storage.actors import Actor
from storage.posts import PostView
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork


class Announcer(Protocol):
    """What profiles tell the network, one method for each thing that happens. Those that answer a
    string answer the id of the activity."""

    def followed(self, uow: UnitOfWork, who: Actor, whom: Actor) -> str: ...

    def unfollowed(self, uow: UnitOfWork, who: Actor, whom: Actor, uri: str | None) -> None: ...

    def answered(
        self, uow: UnitOfWork, who: Actor, follower: Actor, uri: str | None, *, yes: bool
    ) -> None: ...

    def posted(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> str: ...

    def edited(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> None: ...

    def deleted(self, uow: UnitOfWork, post: FederatedPost, named: Sequence[Actor]) -> None: ...

    def reacted(self, uow: UnitOfWork, post: FederatedPost, who: Actor, kind: str) -> str: ...

    def unreacted(
        self, uow: UnitOfWork, post: FederatedPost, who: Actor, reaction: Reaction
    ) -> None: ...

    def shared(self, uow: UnitOfWork, post: OpenPost, who: Actor) -> str: ...

    def unshared(self, uow: UnitOfWork, post: OpenPost, who: Actor, uri: str | None) -> None: ...


class Gate(Protocol):
    """What has waited leaves, as it is now."""

    def let_go(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> str: ...

    def let_change_go(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> None: ...
