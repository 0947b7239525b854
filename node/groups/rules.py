"""Who may read, join, write and moderate: pure decisions, each condition on its own line.

Who may see what is decided in `node.visibility`; this is who may act.

`federated` is the only door from a group to the wire: outbound code takes `FederatedGroup`, which a
local or private group cannot become.
"""

from dataclasses import dataclass

from node.i18n import N_
from node.visibility import is_member, is_moderator, may_read_group
from storage.actors import Actor
from storage.groups import Group, GroupWithActor
from storage.memberships import Membership
from storage.posts import Post


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes."""


@dataclass(frozen=True, slots=True)
class Denied:
    """No, and why: a stable code and a sentence that says what would be accepted."""

    code: str
    sentence: str


Decision = Allowed | Denied

ALLOWED = Allowed()


@dataclass(frozen=True, slots=True)
class FederatedGroup:
    """A public group and its actor. Made by `federated` alone."""

    group: Group
    actor: Actor


def federated(group: GroupWithActor) -> FederatedGroup | None:
    """The group as the wire may know it, or None for a group that never leaves this node."""
    if group.group.visibility != "public":
        return None
    return FederatedGroup(group.group, group.actor)


def may_join(group: Group, persona: Actor, membership: Membership | None) -> Decision:
    """Public and local groups are joined freely; a private one only by invitation."""
    if persona.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot join groups."))
    if group.visibility == "public":
        return ALLOWED
    if not persona.is_local:
        return Denied("not-found", N_("There is no such group."))
    if group.visibility == "local":
        return ALLOWED
    if is_member(membership):
        return ALLOWED
    return Denied("not-found", N_("There is no such group."))


def may_open_thread(group: Group, author: Actor, membership: Membership | None) -> Decision:
    """Members open threads; where the policy says so, moderators alone."""
    if author.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot post."))
    if not is_member(membership):
        return Denied("not-a-member", N_("Join this group first; then you can start a thread."))
    if group.posting_policy == "moderators" and not is_moderator(membership):
        return Denied("moderators-only", N_("In this group only moderators start threads."))
    return ALLOWED


def may_reply(
    group: Group, thread: Post, parent: Post, author: Actor, membership: Membership | None
) -> Decision:
    """Members reply to what still stands; the group's reply policy may open that to anyone."""
    if author.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot post."))
    if not may_read_group(group, author, membership) and author.is_local:
        return Denied("not-found", N_("There is nothing here, or it is not open to you."))
    if group.reply_policy == "members" and not is_member(membership):
        return Denied("not-a-member", N_("Join this group first; then you can reply."))
    if thread.locked_at is not None and not is_moderator(membership):
        return Denied("locked", N_("A moderator has locked this thread; no new replies now."))
    if is_gone(thread):
        return Denied("gone", N_("This thread is no longer there, so it takes no replies."))
    if is_gone(parent):
        return Denied("gone", N_("This post is no longer there. You can reply to another one."))
    return ALLOWED


def may_react(group: Group, post: Post, persona: Actor, membership: Membership | None) -> Decision:
    """Whoever may read may say "I hear you", but nobody to a post that is gone."""
    if persona.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot react."))
    if persona.is_local and not may_read_group(group, persona, membership):
        return Denied("not-found", N_("There is nothing here, or it is not open to you."))
    if is_gone(post):
        return Denied("gone", N_("This post is no longer there."))
    return ALLOWED


def may_edit(post: Post, editor: Actor) -> Decision:
    """Only its author changes a post, and only while it stands."""
    if post.author_id != editor.id:
        return Denied("not-yours", N_("Only its author can change a post."))
    if is_gone(post):
        return Denied("gone", N_("This post is no longer there."))
    return ALLOWED


def may_delete(post: Post, author: Actor) -> Decision:
    """Only its author deletes a post; a moderator removes it instead, with a reason."""
    if post.author_id != author.id:
        return Denied("not-yours", N_("Only its author can delete a post."))
    return ALLOWED


def may_moderate(membership: Membership | None, steward: bool) -> Decision:
    """Moderators keep their group; the administrators of its node (`steward`) may step in."""
    if is_moderator(membership) or steward:
        return ALLOWED
    return Denied("not-a-moderator", N_("Only moderators of this group can do that."))


def is_gone(post: Post) -> bool:
    """Deleted by its author or removed by a moderator."""
    return post.deleted_at is not None or post.removed_at is not None
