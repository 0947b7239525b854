"""The only way from a group to the wire: what happened in it, as activities (b2-b11).

Every method takes a `FederatedGroup`, so nothing of a local or private group can pass. For a group
we host, the activity is wrapped in the group's Announce and goes to every node with a member; for a
group of another node, it goes to that group's inbox, and the group hands it on. What another node
sent us for a group of ours is announced exactly as it came, so that its proof still verifies.

All activities about one thread share its URI as `root`, so each peer gets them in order.
"""

from activitypub.vocabulary import (
    Accept,
    Activity,
    Add,
    Create,
    Delete,
    Lock,
    Reject,
    Remove,
    Undo,
    Unknown,
    Update,
)
from node.groups.announcements import Announcements, follow_of, inbox_of, root_of
from node.groups.announcer import Received
from node.groups.rules import FederatedGroup
from storage.actors import Actor
from storage.memberships import Membership
from storage.posts import PostView
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork


class GroupOutbound(Announcements):
    """Implements `Announcer` with ActivityPub."""

    def joined(self, uow: UnitOfWork, group: FederatedGroup, persona: Actor) -> str:
        """Ask to join. Answers the id of the Follow, which the group's Accept names."""
        follow = follow_of(self.new_uri(), group, persona)
        self.send(uow, group, persona, follow, group.actor.uri, None, public=False)
        return follow.id

    def left(
        self, uow: UnitOfWork, group: FederatedGroup, persona: Actor, membership: Membership
    ) -> None:
        """Undo the Follow."""
        follow = follow_of(membership.follow_uri or self.new_uri(), group, persona)
        undo = Undo(id=self.new_uri(), actor=persona.uri, to=(group.actor.uri,), object=follow)
        self.send(uow, group, persona, undo, group.actor.uri, None, public=False)

    def answered(
        self, uow: UnitOfWork, group: FederatedGroup, member: Actor, follow: Received, yes: bool
    ) -> None:
        """Accept or Reject, with the Follow as it came."""
        inner = Unknown(id=follow.uri, actor=member.uri, type="Follow", raw=follow.document)
        kind = Accept if yes else Reject
        answer = kind(id=self.new_uri(), actor=group.actor.uri, to=(member.uri,), object=inner)
        self.publish(
            uow, group.actor, answer, [inbox_of(member)], group.actor.uri, None, public=False
        )

    def dismissed(
        self, uow: UnitOfWork, group: FederatedGroup, member: Actor, membership: Membership
    ) -> None:
        """Reject a Follow that was accepted once: its actor is no longer a member."""
        if membership.follow_uri is None:
            return
        follow = follow_of(membership.follow_uri, group, member)
        reject = Reject(id=self.new_uri(), actor=group.actor.uri, to=(member.uri,), object=follow)
        inboxes, root = [inbox_of(member)], group.actor.uri
        self.publish(uow, group.actor, reject, inboxes, root, None, public=False)

    def posted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        parent: PostView | None,
        received: Received | None,
    ) -> str:
        """A new thread or reply. Answers the id of its Create, or nothing for a fetched post.

        A fetched reply is not announced: who gets what answers it will find it there.
        """
        root = root_of(uow, view.post, parent)
        if received is None and not view.post.is_local:
            if group.actor.is_local and parent is None:
                self.announce_bare(uow, group, view, parent, root)
            return ""
        create: Activity | None = None
        if received is None:
            create = Create(
                object=self._document(view, group, parent), **self._frame(view, group, parent)
            )
        self._tell(uow, group, view, create, root, received, parent)
        if group.actor.is_local and parent is None:
            self.announce_bare(uow, group, view, parent, root)
        return received.uri if received else (create.id if create else "")

    def edited(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        parent: PostView | None,
        received: Received | None,
    ) -> None:
        """Other words for a post."""
        root = root_of(uow, view.post)
        update: Activity | None = None
        if received is None:
            update = Update(
                object=self._document(view, group, parent), **self._frame(view, group, parent)
            )
        self._tell(uow, group, view, update, root, received, parent)

    def deleted(
        self, uow: UnitOfWork, group: FederatedGroup, view: PostView, received: Received | None
    ) -> None:
        """Its author took a post back."""
        delete: Activity | None = None
        if received is None:
            delete = Delete(object=view.post.uri, **self._frame(view, group, None))
        self._tell(uow, group, view, delete, root_of(uow, view.post), received, None)

    def reacted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        persona: Actor,
        kind: str,
        received: Received | None,
    ) -> str:
        """A Like that carries our reaction as its emoji (FEP-c0e0), unaddressed as Lemmy's (b6)."""
        like = None
        if received is None:
            like = self._like(self.new_uri(), group, view, persona, kind, self._now())
        self._react(uow, group, view, persona, like, received)
        return received.uri if received else (like.id if like else "")

    def unreacted(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        persona: Actor,
        reaction: Reaction,
        received: Received | None,
    ) -> None:
        """Undo the Like."""
        undo: Activity | None = None
        if received is None:
            like = self._like(reaction.uri or self.new_uri(), group, view, persona, reaction.kind)
            undo = Undo(
                id=self.new_uri(),
                actor=persona.uri,
                published=self._now(),
                audience=(group.actor.uri,),
                object=like,
            )
        self._react(uow, group, view, persona, undo, received)

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
        """A moderator's Delete, which Lemmy tells by its summary (b9), or the Undo of it."""
        delete = Delete(object=view.post.uri, summary=reason or "", **self._act(group, moderator))
        self._moderate(uow, group, view, moderator, delete, undo, received)

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
        """Lock or Undo of it (b10)."""
        lock = Lock(object=view.post.uri, summary=reason, **self._act(group, moderator))
        self._moderate(uow, group, view, moderator, lock, undo, received)

    def pinned(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        moderator: Actor,
        undo: bool,
        received: Received | None,
    ) -> None:
        """Add to or Remove from `featured` (b11)."""
        kind = Remove if undo else Add
        act = kind(object=view.post.uri, target=group.actor.featured, **self._act(group, moderator))
        self._moderate(uow, group, view, moderator, act, False, received)

    def moderator_changed(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        by: Actor,
        who: Actor,
        undo: bool,
        received: Received | None,
    ) -> None:
        """Add to or Remove from the moderators (b11)."""
        kind = Remove if undo else Add
        act = kind(object=who.uri, target=group.actor.moderators, **self._act(group, by))
        if received is not None:
            self.hand_on(uow, group, received, group.actor.uri, who.uri)
        else:
            self.send(uow, group, by, act, group.actor.uri, who.uri)

    def _tell(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        activity: Activity | None,
        root: str,
        received: Received | None,
        parent: PostView | None,
    ) -> None:
        if received is not None:
            self.hand_on(uow, group, received, root, view.post.uri)
        elif activity is not None:
            also = [inbox_of(parent.author)] if parent and not parent.author.is_local else []
            self.send(uow, group, view.author, activity, root, view.post.uri, also=also)

    def _react(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        persona: Actor,
        activity: Activity | None,
        received: Received | None,
    ) -> None:
        root = root_of(uow, view.post)
        if received is not None:
            self.hand_on(uow, group, received, root, view.post.uri)
        elif activity is not None:
            also = [] if view.author.is_local else [inbox_of(view.author)]
            self.send(uow, group, persona, activity, root, view.post.uri, also=also)

    def _moderate(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        moderator: Actor,
        act: Activity,
        undo: bool,
        received: Received | None,
    ) -> None:
        root = root_of(uow, view.post)
        if received is not None:
            self.hand_on(uow, group, received, root, view.post.uri)
            return
        if undo:
            act = Undo(object=act, **self._act(group, moderator))
        self.send(uow, group, moderator, act, root, view.post.uri)
