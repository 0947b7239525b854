"""What becomes of life outside groups when somebody goes: posts are taken back, shares and follows
end, here and wherever they were heard of. A batch at a time, each harmless when it is done again.
"""

from node.groups.place import view_of
from node.profiles.following import Following
from node.profiles.handing_on import HandingOn
from node.profiles.rules import federated_post
from storage.actors import Actor
from storage.memberships import MembershipState
from storage.unit_of_work import UnitOfWork

OUTGOING: tuple[MembershipState, ...] = ("accepted", "pending", "rejected")
INCOMING: tuple[MembershipState, ...] = ("accepted", "pending")


class Parting(HandingOn, Following):
    """Ways out of what stands on profiles."""

    def take_back(self, uow: UnitOfWork, post_id: int) -> None:
        """Delete a post of a profile in the name of its author, who may be on the way out. Twice
        changes nothing."""
        post = uow.posts.get(post_id)
        if post is None or post.audience == "group" or post.deleted_at is not None:
            return
        view = view_of(uow, post)
        uow.posts.tombstone(post_id, self.now())
        public = federated_post(view)
        if public is not None and view.author.is_local:
            named = uow.profile_posts.named([post_id]).get(post_id, [])
            self.announcer.deleted(uow, public, named)

    def remove_reported(self, uow: UnitOfWork, post_id: int, staff: Actor, reason: str) -> None:
        """The staff of this node take a post out of sight that was reported to them. Other nodes
        are asked to delete it when its author is one of ours. Twice changes nothing."""
        post = uow.posts.get(post_id)
        if post is None or post.deleted_at is not None or post.removed_at is not None:
            return
        view = view_of(uow, post)
        uow.posts.remove(post_id, staff.id, reason, self.now())
        public = federated_post(view)
        if public is not None and view.author.is_local:
            named = uow.profile_posts.named([post_id]).get(post_id, [])
            self.announcer.deleted(uow, public, named)

    def withdraw(self, uow: UnitOfWork, who: Actor, limit: int) -> bool:
        """Take back up to `limit` of somebody's shares, follows and followers. Answers whether
        there were any."""
        shares = uow.shares.by(who.id, limit)
        for share in shares:
            self.unshare(uow, share.post_id, who)
        followed = [
            whom
            for state in OUTGOING
            for whom in uow.profiles.following(who.id, limit, state=state)
        ]
        for whom in followed:
            self.unfollow(uow, who, whom.id)
        followers = [
            other
            for state in INCOMING
            for other in uow.profiles.followers(who.id, limit, state=state)
        ]
        for other in followers:
            self.remove_follower(uow, who, other.id)
        return bool(shares or followed or followers)
