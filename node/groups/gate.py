"""The gate before the wire: what a group tells other nodes of a post of ours waits here for as long
as the post has to (`node/safety/hold_rules.py`).

Everything that speaks to other nodes about posts of groups goes through it, whoever asks: a click,
an app, the end of a poll, a person who leaves. What never left is neither changed, nor moderated,
nor taken back out there.
"""

from collections.abc import Callable
from datetime import datetime

from federation.outbox import Outbox
from node.groups.announcements import root_of
from node.groups.announcer import Received
from node.groups.outbound import GroupOutbound
from node.groups.rules import FederatedGroup
from node.safety.holding import Holding
from storage.actors import Actor
from storage.posts import PostView
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork


class GroupGate(GroupOutbound):
    """`GroupOutbound`, with the wait."""

    def __init__(
        self, outbox: Outbox, now: Callable[[], datetime], origin: str, holding: Holding
    ) -> None:
        super().__init__(outbox, now, origin)
        self._holding = holding

    def posted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        parent: PostView | None,
        received: Received | None,
    ) -> str:
        """Nothing, while the post waits. The caller has stored it."""
        leaves = view.post.is_local or group.actor.is_local
        above = parent.post if parent is not None else None
        if leaves and self._holding.hold_new(uow, view.post, view.author, above):
            return ""
        return super().posted(uow, group, view, parent, received)

    def edited(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        parent: PostView | None,
        received: Received | None,
    ) -> None:
        """Other words are told with the post, if that has yet to leave."""
        leaves = view.post.is_local or group.actor.is_local
        if leaves and self._holding.hold_changed(uow, view.post, view.author):
            return
        super().edited(uow, group, view, parent, received)

    def deleted(
        self, uow: UnitOfWork, group: FederatedGroup, view: PostView, received: Received | None
    ) -> None:
        """A Delete of what nobody got tells nobody anything."""
        if not self._holding.withdraw(uow, view.post):
            super().deleted(uow, group, view, received)

    def reacted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        persona: Actor,
        kind: str,
        received: Received | None,
    ) -> str:
        """A reaction would name the post."""
        if self._holding.waits(uow, view.post):
            return ""
        return super().reacted(uow, group, view, persona, kind, received)

    def unreacted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        persona: Actor,
        reaction: Reaction,
        received: Received | None,
    ) -> None:
        """What was never told is not undone, either."""
        if received is None and not reaction.uri:
            return
        super().unreacted(uow, group, view, persona, reaction, received)

    def removed(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        moderator: Actor,
        reason: str | None,
        undo: bool,
        received: Received | None,
    ) -> None:
        """Nor is it removed elsewhere."""
        if not self._holding.waits(uow, view.post):
            super().removed(uow, group, view, moderator, reason, undo, received)

    def locked(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        moderator: Actor,
        reason: str | None,
        undo: bool,
        received: Received | None,
    ) -> None:
        """Nor locked."""
        if not self._holding.waits(uow, view.post):
            super().locked(uow, group, view, moderator, reason, undo, received)

    def pinned(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        moderator: Actor,
        undo: bool,
        received: Received | None,
    ) -> None:
        """Nor pinned."""
        if not self._holding.waits(uow, view.post):
            super().pinned(uow, group, view, moderator, undo, received)

    def let_go(
        self, uow: UnitOfWork, group: FederatedGroup, view: PostView, parent: PostView | None
    ) -> str:
        """Tell of a post of ours that has waited, as it is now. Answers the id of its Create."""
        return super().posted(uow, group, view, parent, None)

    def let_change_go(
        self, uow: UnitOfWork, group: FederatedGroup, view: PostView, parent: PostView | None
    ) -> None:
        """Tell how the words of a post of ours are now."""
        super().edited(uow, group, view, parent, None)

    def let_announcement_go(self, uow: UnitOfWork, group: FederatedGroup, view: PostView) -> None:
        """Hand on what somebody elsewhere wrote in a group of ours, by its address: its words as
        they are now are fetched from its own node."""
        if group.actor.is_local:
            self._announce(uow, group, view.post.uri, root_of(uow, view.post), view.post.uri)
