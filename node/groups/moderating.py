"""Moderators: remove with a reason, restore, lock, pin, and share the work.

Every act is written to the group's moderation log. For a group of another node, that node's word
(`received.via`) stands for its moderators, for its own content alone (DESIGN "Whom we believe").
"""

from node.errors import Invalid, NotFound, Refused
from node.groups.announcer import Received
from node.groups.graves import bury, dig_up, throw
from node.groups.membership import Role, new_membership
from node.groups.place import Place, insist_moderator, place_of, view_of
from node.groups.rules import federated
from node.groups.tools import Tools
from node.i18n import N_
from node.visibility import is_member
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

REASON_LIMIT = 500


class Moderating(Tools):
    """What keeps a group safe and findable."""

    def remove(
        self,
        uow: UnitOfWork,
        post_id: int,
        moderator: Actor,
        reason: str | None,
        received: Received | None = None,
    ) -> None:
        """Take a post out of sight. Members see the reason; here a reason is required."""
        place = self._moderated(uow, post_id, moderator, received)
        if received is None and not (reason or "").strip():
            raise Invalid("reason", N_("Say why, so that the author can understand it."))
        news = self._thrown(uow, _removal(place.group), place.view.post.uri, moderator, received)
        if not news or place.view.post.removed_at is not None:
            return
        reason = (reason or "").strip()[:REASON_LIMIT] or None
        uow.posts.remove(post_id, moderator.id, reason, self.now())
        self.log(uow, place.group, moderator, "remove", post_id=post_id, reason=reason)
        public = federated(place.group)
        if public is not None:
            self.announcer.removed(uow, public, place.view, moderator, reason, False, received)

    def remove_reported(self, uow: UnitOfWork, post_id: int, staff: Actor, reason: str) -> None:
        """The staff of this node take a post out of sight that was reported to them, in whatever
        group it stands. Who may do that is for the room of moderation to say. Other nodes are told
        when the group is ours and public."""
        post = uow.posts.get(post_id)
        group = uow.groups.place(post.group_id) if post else None
        if post is None or group is None:
            raise NotFound
        if post.removed_at is not None or post.deleted_at is not None:
            return
        view, reason = view_of(uow, post), reason[:REASON_LIMIT]
        uow.posts.remove(post_id, staff.id, reason, self.now())
        self.log(uow, group, staff, "remove", post_id=post_id, reason=reason)
        public = federated(group)
        if public is not None and group.actor.is_local:
            self._thrown(uow, _removal(group), post.uri, staff, None)
            self.announcer.removed(uow, public, view, staff, reason, False, None)

    def restore(
        self, uow: UnitOfWork, post_id: int, moderator: Actor, received: Received | None = None
    ) -> None:
        """Bring a removed post back."""
        place = self._moderated(uow, post_id, moderator, received)
        news = self._thrown(uow, _removal(place.group), place.view.post.uri, moderator, received)
        if not news or place.view.post.removed_at is None:
            return
        uow.posts.restore(post_id)
        self.log(uow, place.group, moderator, "restore", post_id=post_id)
        public = federated(place.group)
        if public is not None:
            self.announcer.removed(uow, public, place.view, moderator, None, True, received)

    def lock(
        self,
        uow: UnitOfWork,
        post_id: int,
        moderator: Actor,
        reason: str | None = None,
        received: Received | None = None,
    ) -> None:
        """No new replies in this thread until it is unlocked."""
        self._lock(uow, post_id, moderator, reason, False, received)

    def unlock(
        self, uow: UnitOfWork, post_id: int, moderator: Actor, received: Received | None = None
    ) -> None:
        """Replies are open again."""
        self._lock(uow, post_id, moderator, None, True, received)

    def _lock(
        self,
        uow: UnitOfWork,
        post_id: int,
        moderator: Actor,
        reason: str | None,
        undo: bool,
        received: Received | None,
    ) -> None:
        place = self._moderated(uow, post_id, moderator, received)
        thread = _thread_of(place)
        news = self._thrown(uow, "lock", thread.uri, moderator, received)
        if not news or (thread.locked_at is None) == undo:
            return
        reason = (reason or "").strip()[:REASON_LIMIT] or None
        uow.posts.lock(thread.id, None if undo else self.now())
        act = "unlock" if undo else "lock"
        self.log(uow, place.group, moderator, act, post_id=thread.id, reason=reason)
        public = federated(place.group)
        if public is not None:
            self.announcer.locked(uow, public, place.view, moderator, reason, undo, received)

    def pin(
        self, uow: UnitOfWork, post_id: int, moderator: Actor, received: Received | None = None
    ) -> None:
        """Keep a thread at the top of its group."""
        self._pin(uow, post_id, moderator, False, received)

    def unpin(
        self, uow: UnitOfWork, post_id: int, moderator: Actor, received: Received | None = None
    ) -> None:
        """Let a thread take its place by time again."""
        self._pin(uow, post_id, moderator, True, received)

    def _pin(
        self,
        uow: UnitOfWork,
        post_id: int,
        moderator: Actor,
        undo: bool,
        received: Received | None,
    ) -> None:
        place = self._moderated(uow, post_id, moderator, received)
        thread = _thread_of(place)
        news = self._thrown(uow, "pin", thread.uri, moderator, received)
        if not news or (thread.pinned_at is None) == undo:
            return
        uow.posts.pin(thread.id, None if undo else self.now())
        self.log(uow, place.group, moderator, "unpin" if undo else "pin", post_id=thread.id)
        public = federated(place.group)
        if public is not None:
            self.announcer.pinned(uow, public, place.view, moderator, undo, received)

    def add_moderator(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        by: Actor,
        who: Actor,
        received: Received | None = None,
    ) -> None:
        """Let a member share the work. Raises Refused for someone who is not a member: a group of
        another node says who moderates it, but makes nobody here a member."""
        self._change_moderator(uow, group, by, who, False, received)

    def remove_moderator(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        by: Actor,
        who: Actor,
        received: Received | None = None,
    ) -> None:
        """Make a moderator an ordinary member again. The last one of our groups stays."""
        if group.actor.is_local and [m.id for m in uow.memberships.moderators(group.actor.id)] == [
            who.id
        ]:
            raise Refused(N_("A group needs at least one moderator."), "last-moderator")
        self._change_moderator(uow, group, by, who, True, received)

    def _change_moderator(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        by: Actor,
        who: Actor,
        undo: bool,
        received: Received | None,
    ) -> None:
        insist_moderator(uow, group, by, received)
        membership = uow.memberships.get(group.actor.id, who.id)
        if undo and group.group.host_id == who.id:
            raise Refused(N_("Who hosts the group stays a moderator of it."), "host")
        if group.actor.is_local and not is_member(membership):
            raise Refused(N_("Only members of the group can moderate it."), "not-a-member")
        role: Role = "member" if undo else "moderator"
        news = self._thrown(uow, f"role in {group.actor.uri}", who.uri, by, received)
        if not news or (membership is not None and membership.role == role):
            return
        if membership is not None:
            uow.memberships.set_role(group.actor.id, who.id, role, self.now())
        elif who.is_local:
            raise Refused(N_("Only members of the group can moderate it."), "not-a-member")
        else:
            uow.memberships.put(new_membership(group.actor.id, who.id, self.now(), role=role))
        act = "remove-moderator" if undo else "add-moderator"
        self.log(uow, group, by, act, target_actor_id=who.id)
        public = federated(group)
        if public is not None:
            self.announcer.moderator_changed(uow, public, by, who, undo, received)

    def remove_unseen(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        uri: str,
        moderator: Actor,
        received: Received,
        undo: bool = False,
    ) -> None:
        """A post of the group that is not here yet was removed, or brought back with `undo`: when
        it comes, it comes so."""
        insist_moderator(uow, group, moderator, received)
        if not self._thrown(uow, _removal(group), uri, moderator, received):
            return
        if undo:
            dig_up(uow, group.actor.uri, uri)
        else:
            bury(uow, group.actor.uri, uri, self.now())

    def _thrown(
        self, uow: UnitOfWork, switch: str, uri: str, by: Actor, received: Received | None
    ) -> bool:
        return throw(uow, switch, uri, self.time_of(received), by.authority)

    def _moderated(
        self, uow: UnitOfWork, post_id: int, moderator: Actor, received: Received | None
    ) -> Place:
        place = place_of(uow, post_id, moderator)
        insist_moderator(uow, place.group, moderator, received)
        return place


def _removal(group: GroupWithActor) -> str:
    """The name of the switch: a group has a say over its own posts alone."""
    return f"removal in {group.actor.uri}"


def _thread_of(place: Place) -> Post:
    if place.thread.id != place.view.post.id:
        raise Refused(N_("Only whole threads can be locked or pinned."), "not-a-thread")
    return place.thread
