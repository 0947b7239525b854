"""Who may read, join, write and moderate: pure decisions, each condition on its own line.

Who may see what is decided in `node.visibility`; this is who may act.

`federated` is the only door from a group to the wire: outbound code takes `FederatedGroup`, which a
local or private group cannot become.
"""

from dataclasses import dataclass
from datetime import datetime

from node.i18n import N_
from node.visibility import is_host, is_member, is_moderator, may_read_group
from storage.actors import Actor
from storage.groups import Group, GroupWithActor, JoinPolicy
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

ARCHIVED = N_("This group is archived: what was written stays, and nothing new is added.")
JOIN_POLICIES: dict[str, tuple[JoinPolicy, ...]] = {
    "public": ("open",),
    "local": ("open", "approval"),
    "private": ("invitation", "approval"),
}
NARROWER: dict[str, tuple[str, ...]] = {
    "public": ("local", "private"),
    "local": ("private",),
    "private": (),
}


@dataclass(frozen=True, slots=True)
class FederatedGroup:
    """A public group and its actor. Made by `federated` alone."""

    group: Group
    actor: Actor


@dataclass(frozen=True, slots=True)
class FormerlyPublic:
    """The actor of a group that was public `until` then. Made by `once_public` alone: it opens the
    way for Deletes of what was written by then, and for nothing else."""

    actor: Actor
    until: datetime


def once_public(group: GroupWithActor) -> FormerlyPublic | None:
    """The group as those know it who had it while it was public, or None for any other."""
    if group.group.visibility == "public" or not group.group.is_local:
        return None
    if group.group.left_public_at is None:
        return None
    return FormerlyPublic(group.actor, group.group.left_public_at)


def federated(group: GroupWithActor) -> FederatedGroup | None:
    """The group as the wire may know it, or None for a group that never leaves this node."""
    if group.group.visibility != "public":
        return None
    return FederatedGroup(group.group, group.actor)


def may_join(
    group: Group,
    persona: Actor,
    membership: Membership | None,
    *,
    invited: bool = False,
    banned: bool = False,
) -> Decision:
    """Public and local groups are open, some after questions; a private one to who is `invited`.

    Who may not come back is told nothing else than who holds an invitation that has ended.
    """
    if persona.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot join groups."))
    if is_member(membership):
        return ALLOWED
    if banned:
        return Denied("not-found", N_("There is nothing here, or it is not open to you."))
    if group.visibility != "public" and not persona.is_local:
        return Denied("not-found", N_("There is no such group."))
    if group.visibility == "private" and not invited:
        return Denied("not-found", N_("There is no such group."))
    if group.archived_at is not None:
        return Denied("archived", N_("This group is archived. Nobody joins it any more."))
    return ALLOWED


def is_asked_first(group: Group) -> bool:
    """Whether moderators of this node decide who comes in."""
    return group.is_local and group.join_policy == "approval"


def fitting_policy(visibility: str, wished: str) -> JoinPolicy:
    """The nearest way of joining that a group of this visibility can have."""
    ways = JOIN_POLICIES[visibility]
    return next((way for way in ways if way == wished), ways[0])


def may_leave(group: Group, who: Actor, membership: Membership | None) -> Decision:
    """Everybody may go at any time; a host finds somebody else first, or archives the group."""
    if not group.is_local or not is_host(group, who, membership):
        return ALLOWED
    if group.archived_at is not None:
        return ALLOWED
    sentence = N_("You host this group. Hand it on to another member first, or archive it.")
    return Denied("host", sentence)


def may_host(group: Group, who: Actor, membership: Membership | None, steward: bool) -> Decision:
    """The host decides about the group as a whole; the administrators of the node may step in."""
    if is_host(group, who, membership) or steward:
        return ALLOWED
    return Denied("not-the-host", N_("Only who hosts this group can do that."))


def may_dismiss(group: Group, other: Membership, who: Actor, hosting: bool) -> Decision:
    """Moderators remove members; another moderator goes by the host's word, the host by nobody's.
    `hosting` says that `who` may act for the host."""
    if other.actor_id == who.id:
        return Denied("yourself", N_("To go yourself, leave the group."))
    if group.host_id == other.actor_id:
        return Denied("host", N_("Nobody can remove who hosts the group."))
    if is_moderator(other) and not hosting:
        return Denied("not-the-host", N_("Only who hosts this group can remove a moderator."))
    return ALLOWED


def may_narrow(group: Group, visibility: str) -> Decision:
    """A group goes from public to local to private, and never back: its members wrote what they
    wrote for those who could read it then."""
    if not group.is_local:
        return Denied("not-ours", N_("The node that hosts this group decides that."))
    if visibility not in NARROWER[group.visibility]:
        return Denied("too-open", N_("A group can only become less open than it is."))
    return ALLOWED


def may_open_thread(group: Group, author: Actor, membership: Membership | None) -> Decision:
    """Members open threads; where the policy says so, moderators alone."""
    if author.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot post."))
    if not is_member(membership):
        return Denied("not-a-member", N_("Join this group first; then you can start a thread."))
    if group.archived_at is not None:
        return Denied("archived", ARCHIVED)
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
    if group.archived_at is not None:
        return Denied("archived", ARCHIVED)
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
    if group.archived_at is not None:
        return Denied("archived", ARCHIVED)
    if is_gone(post):
        return Denied("gone", N_("This post is no longer there."))
    return ALLOWED


def may_edit(post: Post, editor: Actor, group: Group | None = None) -> Decision:
    """Only its author changes a post, only while it stands, and not in an archived group."""
    if post.author_id != editor.id:
        return Denied("not-yours", N_("Only its author can change a post."))
    if group is not None and group.archived_at is not None:
        return Denied("archived", ARCHIVED)
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


def may_thank(reply: Post, author: Actor) -> bool:
    """Whether who asked can say that a reply of somebody else helped. Only whoever is of this node
    learns of it: it is a private word, and nothing private goes to other nodes."""
    if reply.parent_id is None:
        return False
    if reply.deleted_at is not None or reply.removed_at is not None:
        return False
    if reply.author_hidden:
        return False
    return is_reachable(author)


def is_reachable(author: Actor) -> bool:
    """A person of this node who is still here."""
    if not author.is_local or author.type != "Person":
        return False
    return author.gone_at is None
