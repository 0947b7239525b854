"""Add, Remove and Lock: how those who keep a group act across nodes (b10, b11).

For a group we host the sender must be one of its moderators. For a group of another node only what
that group announces counts, and for its own content alone.
"""

from activitypub.vocabulary import Add, Lock, Remove
from federation.dispatch import Context, Done, Ignored, Needs, Outcome
from federation.verify import Verified
from node.groups.incoming import Arrivals
from node.groups.rules import federated
from node.groups.senders import group_named, received_from, sender_of
from node.groups.service import Groups
from storage.unit_of_work import UnitOfWork


class ModerationHandlers:
    """Moderators of a group, wherever they live."""

    def __init__(self, groups: Groups, arrivals: Arrivals) -> None:
        self._groups = groups
        self._arrivals = arrivals

    @staticmethod
    def needs(activity: Add | Remove) -> Needs:
        """The thread to pin or the member to trust, whichever the object turns out to be."""
        target = activity.target or ""
        if target.endswith("/moderators"):
            return Needs(actors=(activity.object,))
        if target.endswith("/featured"):
            return Needs(posts=(activity.object,))
        return Needs()

    def add(self, uow: UnitOfWork, verified: Verified[Add], context: Context) -> Outcome:
        """A thread is pinned, or a member begins to moderate."""
        return self._change(uow, verified, context, undo=False)

    def remove(self, uow: UnitOfWork, verified: Verified[Remove], context: Context) -> Outcome:
        """A thread is unpinned, or a moderator steps down."""
        return self._change(uow, verified, context, undo=True)

    def _change(
        self,
        uow: UnitOfWork,
        verified: Verified[Add] | Verified[Remove],
        context: Context,
        undo: bool,
    ) -> Outcome:
        sender = sender_of(uow, verified)
        activity, received = verified.activity, received_from(verified)
        group = group_named(uow, verified)
        if group is None or federated(group) is None:
            return Ignored("for no group here")
        if activity.target == group.actor.moderators:
            who = uow.actors.by_uri(activity.object)
            if who is None:
                return Ignored("the moderator is not known")
            change = self._groups.remove_moderator if undo else self._groups.add_moderator
            change(uow, group, sender, who, received)
            return Done("moderators changed")
        if activity.target != group.actor.featured:
            return Ignored("not a collection of that group")
        post = self._arrivals.bring(uow, activity.object, verified.via, context)
        if post is None or post.group_id != group.actor.id:
            return Ignored("what it pins is not here")
        pin = self._groups.unpin if undo else self._groups.pin
        pin(uow, post.id, sender, received)
        return Done("unpinned" if undo else "pinned")

    def lock(self, uow: UnitOfWork, verified: Verified[Lock], context: Context) -> Outcome:
        """A thread takes no more replies."""
        sender = sender_of(uow, verified)
        activity = verified.activity
        post = self._arrivals.bring(uow, activity.object, verified.via, context)
        if post is None:
            return Ignored("what it locks is not here")
        received = received_from(verified)
        self._groups.lock(uow, post.id, sender, activity.summary, received)
        return Done("locked")
