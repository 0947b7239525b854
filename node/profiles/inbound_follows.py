"""Follow, Accept, Reject of people: how people of different nodes come to follow each other."""

from activitypub.vocabulary import Accept, Activity, Follow, Reject
from federation.dispatch import Context, Done, Ignored, Outcome
from federation.verify import Verified
from node.groups.senders import received_from, sender_of
from node.profiles.rules import is_person
from node.profiles.service import Profiles
from storage.actors import Actor
from storage.memberships import Membership
from storage.unit_of_work import UnitOfWork


class FollowHandlers:
    """Following, across nodes."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    def follow(
        self, uow: UnitOfWork, verified: Verified[Follow], _context: Context
    ) -> Outcome | None:
        """Somebody asks to follow a persona of ours."""
        whom = uow.actors.by_uri(verified.activity.object)
        if whom is None or not whom.is_local or not is_person(whom):
            return None
        sender = sender_of(uow, verified)
        made = self._profiles.follow(uow, sender, whom.id, received_from(verified))
        return Done("follows" if made.state == "accepted" else "asks to follow")

    def accept(
        self, uow: UnitOfWork, verified: Verified[Accept], _context: Context
    ) -> Outcome | None:
        """Somebody lets a persona of ours follow."""
        membership = self._asked(uow, verified, verified.activity.object)
        if membership is None:
            return None
        if membership.state == "accepted":
            return Done("already accepted")
        if membership.state == "rejected":
            return Ignored("was rejected before")
        self._profiles.settle(uow, membership, accepted=True)
        return Done("accepted")

    def reject(
        self, uow: UnitOfWork, verified: Verified[Reject], _context: Context
    ) -> Outcome | None:
        """Somebody does not let a persona of ours follow, or no longer."""
        membership = self._asked(uow, verified, verified.activity.object)
        if membership is None:
            return None
        if membership.state == "rejected":
            return Done("already rejected")
        self._profiles.settle(uow, membership, accepted=False)
        return Done("rejected")

    def _asked(
        self, uow: UnitOfWork, verified: Verified[Activity], follow: Activity | str
    ) -> Membership | None:
        """The follow that is answered, if the answer is from whoever was asked."""
        sender = uow.actors.by_uri(verified.activity.actor)
        if sender is None or uow.profiles.get(sender.id) is None:
            return None
        membership = self._meant(uow, follow, sender)
        if membership is None or membership.group_id != sender.id:
            return None
        who = uow.actors.get(membership.actor_id)
        if who is None or not who.is_local:
            return None
        return membership

    def _meant(self, uow: UnitOfWork, follow: Activity | str, sender: Actor) -> Membership | None:
        """By the id of the Follow; software that makes a new id says instead who follows whom."""
        if isinstance(follow, str):
            return uow.memberships.by_follow_uri(follow)
        if not isinstance(follow, Follow) or follow.object != sender.uri:
            return None
        who = uow.actors.by_uri(follow.actor)
        return uow.memberships.get(sender.id, who.id) if who is not None else None
