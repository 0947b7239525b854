"""Who follows whom: asked, accepted, rejected, ended. The same use cases serve a click and a
Follow of another node.

Of a persona of this node that is `locked`, and that is how they all begin, a follow waits until it
is accepted. Nobody is told that they were rejected or removed, but for the node that asked.
"""

from dataclasses import replace

from node.errors import NotFound
from node.groups.announcer import Received
from node.groups.membership import State, new_membership
from node.groups.place import insist
from node.profiles.rules import may_follow
from node.profiles.tools import Tools
from node.visibility import may_see_persona
from storage.actors import Actor
from storage.memberships import Membership
from storage.notifications import Kind
from storage.unit_of_work import UnitOfWork


class Following(Tools):
    """Follows of people."""

    def follow(
        self, uow: UnitOfWork, who: Actor, whom_id: int, received: Received | None = None
    ) -> Membership:
        """Follow somebody, or ask to: the answer says in its state which. Twice changes nothing.
        Raises Refused for oneself, NotFound for groups, the gone, and across a block."""
        whom = self._somebody(uow, who, whom_id)
        insist(may_follow(who, whom))
        current, now = uow.memberships.get(whom.id, who.id), self.now()
        profile = uow.profiles.ensure(whom, now)
        if current is not None and current.state != "rejected":
            return self._again(uow, who, whom, current, received)
        state: State = "pending" if profile.locked or not whom.is_local else "accepted"
        uri = received.uri if received else None
        if not whom.is_local:
            uri = self.announcer.followed(uow, who, whom) or None
        made = new_membership(whom.id, who.id, now, state=state, follow_uri=uri)
        uow.memberships.put(made)
        if state == "accepted" and not who.is_local:
            self.announcer.answered(uow, whom, who, uri, yes=True)
        kind: Kind = "follow" if state == "accepted" else "follow-request"
        self.notifying.tell(uow, kind, whom, who)
        return made

    def _again(
        self,
        uow: UnitOfWork,
        who: Actor,
        whom: Actor,
        current: Membership,
        received: Received | None,
    ) -> Membership:
        """A second Follow of the same: its node may have lost our answer to the first."""
        if received is None:
            return current
        renewed = replace(current, follow_uri=received.uri)
        uow.memberships.put(renewed)
        if renewed.state == "accepted":
            self.announcer.answered(uow, whom, who, received.uri, yes=True)
        return renewed

    def unfollow(self, uow: UnitOfWork, who: Actor, whom_id: int) -> None:
        """Stop following, or asking to; where there is nothing, nothing changes."""
        known = uow.profiles.get(whom_id)
        current = uow.memberships.get(whom_id, who.id)
        if known is None or current is None:
            return
        uow.memberships.remove(whom_id, who.id)
        if who.is_local and not known.actor.is_local and current.state != "rejected":
            self.announcer.unfollowed(uow, who, known.actor, current.follow_uri)

    def accept(self, uow: UnitOfWork, who: Actor, follower_id: int) -> None:
        """Let somebody follow who asked to. Raises NotFound where nobody did."""
        follower, asked = self._asked(uow, who, follower_id)
        uow.memberships.set_state(who.id, follower.id, "accepted", self.now())
        uow.notifications.withdraw(who.id, "follow-request", follower.id)
        if not follower.is_local:
            self.announcer.answered(uow, who, follower, asked.follow_uri, yes=True)
        self.notifying.tell(uow, "follow-accepted", follower, who)

    def reject(self, uow: UnitOfWork, who: Actor, follower_id: int) -> None:
        """Let somebody not follow who asked to. Raises NotFound where nobody did."""
        follower, asked = self._asked(uow, who, follower_id)
        self._end(uow, who, follower, asked)

    def remove_follower(self, uow: UnitOfWork, who: Actor, follower_id: int) -> None:
        """Let somebody follow no longer; where nobody does, nothing changes."""
        if uow.profiles.get(who.id) is None:
            return
        current = uow.memberships.get(who.id, follower_id)
        follower = uow.actors.get(follower_id)
        if current is not None and follower is not None:
            self._end(uow, who, follower, current)

    def set_locked(self, uow: UnitOfWork, who: Actor, *, locked: bool) -> None:
        """Whether those who want to follow are asked about first. Who waits goes on waiting."""
        uow.profiles.ensure(who, self.now(), locked=locked)

    def settle(self, uow: UnitOfWork, membership: Membership, *, accepted: bool) -> None:
        """The other node answered our Follow."""
        state: State = "accepted" if accepted else "rejected"
        uow.memberships.set_state(membership.group_id, membership.actor_id, state, self.now())
        who, whom = uow.actors.get(membership.actor_id), uow.actors.get(membership.group_id)
        if accepted and who is not None and whom is not None:
            self.notifying.tell(uow, "follow-accepted", who, whom)

    def part(self, uow: UnitOfWork, one: Actor, other: Actor) -> None:
        """End every follow between two people, in both directions: one blocked the other."""
        self.unfollow(uow, one, other.id)
        self.remove_follower(uow, one, other.id)

    def _end(self, uow: UnitOfWork, who: Actor, follower: Actor, membership: Membership) -> None:
        uow.memberships.remove(who.id, follower.id)
        uow.notifications.withdraw(who.id, "follow-request", follower.id)
        if not follower.is_local and who.is_local:
            self.announcer.answered(uow, who, follower, membership.follow_uri, yes=False)

    def _asked(self, uow: UnitOfWork, who: Actor, follower_id: int) -> tuple[Actor, Membership]:
        is_profile = uow.profiles.get(who.id) is not None
        asked = uow.memberships.get(who.id, follower_id)
        follower = uow.actors.get(follower_id)
        if not is_profile or asked is None or follower is None or asked.state != "pending":
            raise NotFound
        return follower, asked

    def _somebody(self, uow: UnitOfWork, who: Actor, whom_id: int) -> Actor:
        """Whoever is there for `who`. Raises NotFound."""
        whom = uow.actors.get(whom_id)
        cut_off = uow.blocks.cut_off(who.id, whom_id)
        if whom is None or not may_see_persona(whom, frozenset({whom_id} if cut_off else ())):
            raise NotFound
        return whom
