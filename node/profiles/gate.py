"""The gate before the wire, for posts outside groups; as `node/groups/gate.py`."""

from collections.abc import Callable, Sequence
from datetime import datetime

from federation.outbox import Outbox
from node.profiles.outbound import ProfileOutbound
from node.profiles.rules import FederatedPost, OpenPost
from node.safety.holding import Holding
from storage.actors import Actor
from storage.posts import PostView
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork


class ProfileGate(ProfileOutbound):
    """`ProfileOutbound`, with the wait."""

    def __init__(
        self, outbox: Outbox, now: Callable[[], datetime], origin: str, holding: Holding
    ) -> None:
        super().__init__(outbox, now, origin)
        self._holding = holding

    def posted(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> str:
        """Nothing, while the post waits. The caller has stored it."""
        above = parent.post if parent is not None else None
        if self._holding.hold_new(uow, post.view.post, post.view.author, above):
            return ""
        return super().posted(uow, post, parent, named)

    def edited(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> None:
        """Other words are told with the post, if that has yet to leave."""
        if not self._holding.hold_changed(uow, post.view.post, post.view.author):
            super().edited(uow, post, parent, named)

    def deleted(self, uow: UnitOfWork, post: FederatedPost, named: Sequence[Actor]) -> None:
        """A Delete of what nobody got tells nobody anything."""
        if not self._holding.withdraw(uow, post.view.post):
            super().deleted(uow, post, named)

    def reacted(self, uow: UnitOfWork, post: FederatedPost, who: Actor, kind: str) -> str:
        """A reaction would name the post."""
        if self._holding.waits(uow, post.view.post):
            return ""
        return super().reacted(uow, post, who, kind)

    def unreacted(
        self, uow: UnitOfWork, post: FederatedPost, who: Actor, reaction: Reaction
    ) -> None:
        """What was never told is not undone, either."""
        if reaction.uri:
            super().unreacted(uow, post, who, reaction)

    def shared(self, uow: UnitOfWork, post: OpenPost, who: Actor) -> str:
        """Nor handed on."""
        if self._holding.waits(uow, post.view.post):
            return ""
        return super().shared(uow, post, who)

    def unshared(self, uow: UnitOfWork, post: OpenPost, who: Actor, uri: str | None) -> None:
        """What was never handed on is not taken back."""
        if uri:
            super().unshared(uow, post, who, uri)

    def let_go(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> str:
        """Tell of a post that has waited, as it is now. Answers the id of its Create."""
        return super().posted(uow, post, parent, named)

    def let_change_go(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> None:
        """Tell how the words of a post are now."""
        super().edited(uow, post, parent, named)
