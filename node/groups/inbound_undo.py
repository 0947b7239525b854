"""Undo: what was followed, liked, locked or removed is not any more (b2, b6, b9, b10).

The inner activity may come whole or by its id; senders such as Lemmy make a new id for it, so it is
matched by id first and by (actor, object) after that. Its id is remembered, so that an original
which comes late has no effect.
"""

from activitypub.vocabulary import Delete, EmojiReact, Follow, Like, Lock, Undo
from federation.dispatch import Context, Done, Ignored, Needs, Outcome, Refused
from federation.verify import Verified
from node.groups.graves import bury
from node.groups.inbound_reactions import kind_of
from node.groups.incoming import Arrivals
from node.groups.place import known_post
from node.groups.rules import federated
from node.groups.senders import group_named, received_from, sender_of
from node.groups.service import Groups
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


class UndoHandlers:
    """Taking back."""

    def __init__(self, groups: Groups, arrivals: Arrivals) -> None:
        self._groups = groups
        self._arrivals = arrivals

    @staticmethod
    def needs(activity: Undo) -> Needs:
        """The thread to unlock: a Lock that comes late must find that it was undone."""
        inner = activity.object
        return Needs(posts=(inner.object,)) if isinstance(inner, Lock) else Needs()

    def undo(self, uow: UnitOfWork, verified: Verified[Undo], context: Context) -> Outcome:
        """Revert the inner activity, if it is the sender's own or a moderator's act."""
        sender = sender_of(uow, verified)
        inner = verified.activity.object
        if isinstance(inner, str):
            return self._undo_by_id(uow, verified, sender, inner, context)
        if isinstance(inner, Lock | Delete):
            return self._undo_moderation(uow, verified, sender, inner, context)
        if inner.actor != sender.uri:
            return Refused("someone else's act")
        if verified.how == "group":
            return Refused("unverified")
        bury(uow, sender.uri, inner.id, context.now)
        if isinstance(inner, Follow):
            return self._leave(uow, sender, inner.object)
        if isinstance(inner, Like | EmojiReact):
            return self._unreact(uow, verified, sender, inner)
        return Ignored(f"nothing to undo in {type(inner).__name__}")

    def _undo_by_id(
        self,
        uow: UnitOfWork,
        verified: Verified[Undo],
        sender: Actor,
        uri: str,
        context: Context,
    ) -> Outcome:
        bury(uow, sender.uri, uri, context.now)
        membership = uow.memberships.by_follow_uri(uri)
        if membership is not None and membership.actor_id == sender.id:
            self._groups.leave(uow, membership.group_id, sender)
            return Done("left")
        reaction = uow.reactions.by_uri(uri)
        if reaction is not None and reaction.actor_id == sender.id:
            self._groups.unreact(uow, reaction.post_id, sender, received_from(verified))
            return Done("reaction taken back")
        return Ignored("what it undoes is not here")

    def _leave(self, uow: UnitOfWork, sender: Actor, uri: str) -> Outcome:
        group = uow.groups.by_uri(uri)
        if group is None or not group.actor.is_local:
            return Ignored("no such group here")
        if uow.memberships.get(group.actor.id, sender.id) is None:
            return Ignored("was no member")
        self._groups.leave(uow, group.actor.id, sender)
        return Done("left")

    def _unreact(
        self,
        uow: UnitOfWork,
        verified: Verified[Undo],
        sender: Actor,
        inner: Like | EmojiReact,
    ) -> Outcome:
        post = known_post(uow, inner.object)
        reaction = uow.reactions.get(post.id, sender.id) if post else None
        if post is None or reaction is None:
            return Ignored("no such reaction here")
        undone_at = verified.activity.published
        later = undone_at is not None and undone_at < reaction.created_at
        if reaction.uri != inner.id and (later or reaction.kind != kind_of(inner.content)):
            return Ignored("another reaction has taken its place")
        self._groups.unreact(uow, post.id, sender, received_from(verified))
        return Done("reaction taken back")

    def _undo_moderation(
        self,
        uow: UnitOfWork,
        verified: Verified[Undo],
        sender: Actor,
        inner: Lock | Delete,
        context: Context,
    ) -> Outcome:
        if inner.actor == sender.uri and verified.how != "group":
            bury(uow, sender.uri, inner.id, context.now)
        received = received_from(verified)
        if isinstance(inner, Lock):
            post = self._arrivals.bring(uow, inner.object, verified.via, context)
            if post is None:
                return Ignored("not here")
            self._groups.unlock(uow, post.id, sender, received)
            return Done("unlocked")
        post = known_post(uow, inner.object)
        if post is None:
            return self._restore_unseen(uow, verified, sender, inner)
        if post.deleted_at is not None and post.removed_at is None:
            return Ignored("its author deleted it; the words are gone")
        self._groups.restore(uow, post.id, sender, received)
        return Done("restored")

    def _restore_unseen(
        self, uow: UnitOfWork, verified: Verified[Undo], sender: Actor, inner: Delete
    ) -> Outcome:
        """A post that was removed and brought back before it came."""
        group = group_named(uow, verified)
        if group is not None and federated(group) is not None:
            received = received_from(verified)
            self._groups.remove_unseen(uow, group, inner.object, sender, received, undo=True)
        return Ignored("not here")
