"""Follow, Accept, Reject: how one node's members come to belong to another node's group (b2)."""

from activitypub.vocabulary import Accept, Activity, Follow, Reject
from federation.dispatch import Context, Done, Ignored, Outcome
from federation.verify import Verified
from node.groups.rules import federated
from node.groups.senders import received_from, sender_of
from node.groups.service import Groups
from storage.memberships import Membership
from storage.unit_of_work import UnitOfWork


class MembershipHandlers:
    """Joining, across nodes."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups

    def follow(self, uow: UnitOfWork, verified: Verified[Follow], _context: Context) -> Outcome:
        """Someone asks to join a group of ours; a group that never federates is not there."""
        sender = sender_of(uow, verified)
        group = uow.groups.by_uri(verified.activity.object)
        if group is None or not group.actor.is_local or federated(group) is None:
            return Ignored("no such group here")
        self._groups.join(uow, group.actor.id, sender, received_from(verified))
        return Done("joined")

    def accept(self, uow: UnitOfWork, verified: Verified[Accept], _context: Context) -> Outcome:
        """A group took our member in."""
        membership = self._asked(uow, verified, verified.activity.object)
        if membership is None:
            return Ignored("answers no Follow of ours")
        if membership.state == "accepted":
            return Done("already accepted")
        if membership.state == "rejected":
            return Ignored("was rejected before")
        self._groups.settle(uow, membership, accepted=True)
        return Done("accepted")

    def reject(self, uow: UnitOfWork, verified: Verified[Reject], _context: Context) -> Outcome:
        """A group turned our member away, or ends what it had accepted."""
        membership = self._asked(uow, verified, verified.activity.object)
        if membership is None:
            return Ignored("answers no Follow of ours")
        if membership.state == "rejected":
            return Done("already rejected")
        self._groups.settle(uow, membership, accepted=False)
        return Done("rejected")

    def _asked(
        self, uow: UnitOfWork, verified: Verified[Activity], follow: Activity | str
    ) -> Membership | None:
        """The membership that the answered Follow asked for, if the answer is the group's own."""
        sender = sender_of(uow, verified)
        uri = follow if isinstance(follow, str) else follow.id
        membership = uow.memberships.by_follow_uri(uri)
        if membership is None or membership.group_id != sender.id:
            return None
        persona = uow.actors.get(membership.actor_id)
        if persona is None or not persona.is_local:
            return None
        if isinstance(follow, Activity) and not _is_ours(follow, persona.uri, sender.uri):
            return None
        return membership


def _is_ours(follow: Activity, persona: str, group: str) -> bool:
    """Whether an inlined Follow says what we once sent."""
    return isinstance(follow, Follow) and follow.actor == persona and follow.object == group
