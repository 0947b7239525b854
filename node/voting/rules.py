"""Who may vote in a poll of a group: whoever may answer there, as long as the poll runs. Pure."""

from node.groups.rules import ALLOWED, ARCHIVED, Decision, Denied, is_gone
from node.i18n import N_
from node.visibility import is_member, may_read_group
from storage.actors import Actor
from storage.groups import Group
from storage.memberships import Membership
from storage.posts import Post


def may_vote(
    group: Group, thread: Post, post: Post, voter: Actor, membership: Membership | None
) -> Decision:
    """Members vote; the group's reply policy may open that to whoever reads it. A lock stops words,
    not votes."""
    if voter.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot vote."))
    if voter.is_local and not may_read_group(group, voter, membership):
        return Denied("not-found", N_("There is nothing here, or it is not open to you."))
    if group.reply_policy == "members" and not is_member(membership):
        return Denied("not-a-member", N_("Join this group first; then you can vote."))
    if group.archived_at is not None:
        return Denied("archived", ARCHIVED)
    return may_vote_still(thread, post, voter)


def may_vote_still(thread: Post, post: Post, voter: Actor) -> Decision:
    """What holds wherever the post stands."""
    if voter.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot vote."))
    if is_gone(thread) or is_gone(post):
        return Denied("gone", N_("This post is no longer there."))
    return ALLOWED
