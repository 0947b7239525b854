"""Leaving a group and being removed from it, and what becomes of what one wrote there.

The membership ends at once. Posts that are to go are taken a batch at a time by a chore
(`node.groups.chores`), so that somebody with ten thousand of them holds nobody up.
"""

from typing import Literal

from node.errors import Invalid, NotFound
from node.groups.belonging import Belonging
from node.groups.moderating import REASON_LIMIT
from node.groups.place import group_for, insist, insist_moderator, is_steward, view_of
from node.groups.rules import Denied, federated, may_dismiss, may_host
from node.i18n import N_
from node.visibility import is_member
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.jobs import Job
from storage.members import Member
from storage.unit_of_work import UnitOfWork

PostsOf = Literal["keep", "unnamed", "delete"]
"""What a leaver wants of its posts: left as they are, left without the name, or deleted."""

ERASE_POSTS, REMOVE_POSTS = "erase-posts", "remove-posts"
AT_ONCE = 50
"""Posts that one transaction takes away."""


class Parting(Belonging):
    """Ways out of a group of this node."""

    def part(self, uow: UnitOfWork, group_id: int, persona: Actor, posts: PostsOf) -> None:
        """Leave, and say what shall become of one's posts. Raises Refused for a host, Invalid."""
        group = group_for(uow, group_id, persona)
        membership = uow.memberships.get(group_id, persona.id)
        if not is_member(membership):
            raise NotFound
        if posts not in ("keep", "unnamed", "delete"):
            raise Invalid("posts", N_("Choose what shall become of your posts."))
        if posts == "unnamed" and group.group.visibility == "public":
            sentence = N_(
                "Your posts were copied to other nodes with your name. You can delete them."
            )
            raise Invalid("posts", sentence)
        self.leave(uow, group_id, persona)
        if posts == "unnamed":
            uow.posts_of_groups.hide_author(group_id, persona.id)
        elif posts == "delete":
            self._order(uow, ERASE_POSTS, group, persona, persona)

    def dismiss(
        self,
        uow: UnitOfWork,
        group_id: int,
        moderator: Actor,
        who_id: int,
        reason: str,
        *,
        with_posts: bool = False,
        for_good: bool = False,
    ) -> None:
        """Remove a member, with its posts or without; `for_good` says that it may not come back,
        under no other persona either. Raises Invalid, Refused, NotFound."""
        group, member = self.member_for(uow, group_id, moderator, who_id)
        steward = is_steward(uow, group, moderator)
        own = uow.memberships.get(group_id, moderator.id)
        hosting = not isinstance(may_host(group.group, moderator, own, steward), Denied)
        insist(may_dismiss(group.group, member.membership, moderator, hosting))
        reason = " ".join(reason.split())[:REASON_LIMIT]
        if not reason:
            raise Invalid("reason", N_("Say why, in a few words. Other moderators can read it."))
        uow.memberships.remove(group_id, who_id)
        public = federated(group)
        if public is not None and not member.actor.is_local:
            self.announcer.dismissed(uow, public, member.actor, member.membership)
        if for_good:
            account = uow.accounts.account_of(who_id)
            uow.group_bans.add(group_id, who_id, account, self.now())
        if with_posts:
            self._order(uow, REMOVE_POSTS, group, member.actor, moderator)
        act = "ban" if for_good else "dismiss"
        self.log(uow, group, moderator, act, target_actor_id=who_id, reason=reason)

    def readmit(self, uow: UnitOfWork, group_id: int, moderator: Actor, who_id: int) -> None:
        """Let somebody come back who could not. Twice changes nothing."""
        group = group_for(uow, group_id, moderator)
        insist_moderator(uow, group, moderator, None)
        if uow.group_bans.remove(group_id, who_id):
            self.log(uow, group, moderator, "readmit", target_actor_id=who_id)

    def member_for(
        self, uow: UnitOfWork, group_id: int, moderator: Actor, who_id: int
    ) -> tuple[GroupWithActor, Member]:
        """A member of a group of this node, for who moderates it. Raises NotFound, Refused."""
        group = group_for(uow, group_id, moderator)
        if not group.actor.is_local:
            raise NotFound
        insist_moderator(uow, group, moderator, None)
        member = uow.members.get(group_id, who_id)
        if member is None:
            raise NotFound
        return group, member

    def clear_posts(self, uow: UnitOfWork, job: Job) -> bool:
        """One batch of a member's posts: deleted in its own name, or removed by a moderator.
        Answers whether all are gone."""
        author_id, by_id = (int(part) for part in job.target.split(":")[1:])
        group = uow.groups.get(job.group_id or 0)
        by = uow.actors.get(by_id)
        if group is None or by is None:
            return True
        found = uow.posts_of_groups.of_member(
            group.actor.id, author_id, AT_ONCE, removed=job.kind == ERASE_POSTS
        )
        for post_id in found:
            if job.kind == ERASE_POSTS:
                self._erase_one(uow, group, post_id)
            else:
                self._remove_one(uow, group, post_id, by)
        return len(found) < AT_ONCE

    def _erase_one(self, uow: UnitOfWork, group: GroupWithActor, post_id: int) -> None:
        post = uow.posts.get(post_id)
        if post is None or not uow.posts.tombstone(post_id, self.now()):
            return
        public = federated(group)
        if public is not None:
            self.announcer.deleted(uow, public, view_of(uow, post), None)

    def _remove_one(self, uow: UnitOfWork, group: GroupWithActor, post_id: int, by: Actor) -> None:
        post = uow.posts.get(post_id)
        reason = N_("Its author is no longer a member.")
        if post is None or not uow.posts.remove(post_id, by.id, reason, self.now()):
            return
        public = federated(group)
        if public is not None:
            self.announcer.removed(uow, public, view_of(uow, post), by, reason, False, None)

    def _order(
        self, uow: UnitOfWork, kind: str, group: GroupWithActor, author: Actor, by: Actor
    ) -> None:
        """Do the first batch now and leave the rest to a chore."""
        now = self.now()
        job = Job(
            id=self.new_id(),
            kind=kind,
            target=f"{group.actor.id}:{author.id}:{by.id}",
            group_id=group.actor.id,
            next_attempt_at=now,
            created_at=now,
        )
        if not self.clear_posts(uow, job):
            uow.jobs.add(job)
            uow.wake("chores")
