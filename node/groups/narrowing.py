"""A group becomes less open: public to local or private, local to private. There is no way back.

In the transaction of the change the group stops to be one that may leave this node, all that still
waits for peers is cancelled, and memberships of people elsewhere end. Chores then ask every peer
that may have had something of it to delete each post that was written here, and seal what a private
group holds, a batch at a time. What people of other nodes wrote while the group was public stays
for its members; it is their nodes that keep or delete it elsewhere.
"""

from datetime import datetime, timedelta
from typing import Protocol, get_args

from node.errors import Invalid
from node.groups.hosting import Hosting
from node.groups.place import insist
from node.groups.rules import FormerlyPublic, fitting_policy, may_narrow, once_public
from node.i18n import N_
from storage.actors import Actor
from storage.groups import GroupWithActor, Visibility
from storage.jobs import Job
from storage.posts_of_groups import NamedPost
from storage.unit_of_work import UnitOfWork
from storage.withdrawals import PeerReceipt, Withdrawal

WITHDRAW, SEAL_POSTS = "withdraw-group", "seal-group"
AT_ONCE = 50
"""Posts that one transaction asks peers to delete."""
SEALED_AT_ONCE = 200
PAUSE = timedelta(seconds=60)
"""What was under way to a peer when the group left has arrived by then, so that a Delete comes
after it: a send takes half as long at most."""


class TakingBack(Protocol):
    """Asks peers to delete a post of a group that was public once."""

    def taken_back(
        self,
        uow: UnitOfWork,
        group: FormerlyPublic,
        post: NamedPost,
        author: Actor,
        doors: list[tuple[str, str]],
    ) -> None: ...


class Narrowing(Hosting):
    """From open to less open."""

    def narrow(self, uow: UnitOfWork, group_id: int, host: Actor, visibility: str) -> None:
        """Make a group local or private, at once and for good. Raises Invalid, Refused."""
        group = self.hosted(uow, group_id, host)
        if visibility not in get_args(Visibility):
            raise Invalid("visibility", N_("Choose who can read the group from now on."))
        insist(may_narrow(group.group, visibility))
        now = self.now()
        policy = fitting_policy(visibility, group.group.join_policy)
        uow.groups.update(group_id, visibility=visibility, join_policy=policy)
        if group.group.visibility == "public":
            uow.groups.update(group_id, left_public_at=now)
            uow.withdrawals.begin(group_id, group.actor.uri, now)
            uow.members.drop_remote(group_id)
            self._order_chore(uow, WITHDRAW, group, now + PAUSE)
        if visibility == "private":
            self._order_chore(uow, SEAL_POSTS, group, now)
        self.log(uow, group, host, f"make-{visibility}")

    def withdrawal(
        self, uow: UnitOfWork, group_id: int, host: Actor
    ) -> tuple[GroupWithActor, Withdrawal | None, list[PeerReceipt]]:
        """How far the group is forgotten elsewhere, for its host. Raises NotFound, Refused."""
        group = self.hosted(uow, group_id, host)
        begun = uow.withdrawals.get(group_id)
        return group, begun, uow.withdrawals.receipts(begun) if begun else []

    def withdraw_posts(self, uow: UnitOfWork, job: Job, outbound: TakingBack) -> bool:
        """Write the Deletes of one batch; whether all are written."""
        group_id = job.group_id or 0
        found, begun = uow.groups.get(group_id), uow.withdrawals.get(group_id)
        group = once_public(found) if found is not None else None
        if group is None or begun is None:
            return True
        after = (begun.last_author_id, begun.last_post_id)
        posts = uow.posts_of_groups.named(group_id, AT_ONCE, after)
        doors = uow.withdrawals.doors(group_id)
        authors = uow.actors.get_many({post.author_id for post in posts})
        held = uow.delivery_holds.of_posts([post.id for post in posts])
        for post in posts:
            if post.id in held:
                uow.delivery_holds.drop(post.id)
            never_left = post.id in held and held[post.id].act == "create"
            if post.is_local and post.created_at <= group.until and not never_left:
                outbound.taken_back(uow, group, post, authors[post.author_id], doors)
        uow.activities.erase_bodies([post.uri for post in posts])
        if posts:
            uow.withdrawals.advance(group_id, posts[-1].author_id, posts[-1].id, len(posts))
        if len(posts) == AT_ONCE:
            return False
        uow.withdrawals.end(group_id, self.now())
        return True

    def seal_posts(self, uow: UnitOfWork, job: Job) -> int | None:
        """Seal one batch of a group that is private now; where to go on, None at the end."""
        return uow.posts.seal_threads(job.group_id or 0, int(job.reason or 0), SEALED_AT_ONCE)

    def _order_chore(
        self, uow: UnitOfWork, kind: str, group: GroupWithActor, due: datetime
    ) -> None:
        job = Job(
            id=self.new_id(),
            kind=kind,
            target=str(group.actor.id),
            group_id=group.actor.id,
            next_attempt_at=due,
            created_at=self.now(),
        )
        uow.jobs.add(job)
        uow.wake("chores")
