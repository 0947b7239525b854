"""Who may write, answer, hand on and follow outside groups: pure decisions.

Who may read a post is decided in `node.visibility`; this is who may act, and what may leave.

A post for followers or for oneself never leaves this node. `federated_post` and `open_post` are the
only doors from a post on a profile to the wire: outbound code takes what they make, and of such a
post they make nothing.
"""

from dataclasses import dataclass
from typing import Final

from node.groups.rules import ALLOWED, Decision, Denied, FederatedGroup, federated, is_gone
from node.i18n import N_
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.post_record import Audience
from storage.posts import Post, PostView

AUDIENCES: Final[tuple[Audience, ...]] = ("public", "unlisted", "followers", "self")
"""Of a post on a profile, each narrower than the one before."""


@dataclass(frozen=True, slots=True)
class FederatedPost:
    """A public or unlisted post of a profile. Made by `federated_post` alone."""

    view: PostView


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post that everybody may hand on, in a public group (`group`) or on a profile. Made by
    `open_post` alone."""

    view: PostView
    group: FederatedGroup | None


def federated_post(view: PostView) -> FederatedPost | None:
    """The post as the wire may know it, or None for one that never leaves this node, and for one
    that stands in a group."""
    if view.post.audience not in ("public", "unlisted"):
        return None
    return FederatedPost(view)


def open_post(view: PostView, group: GroupWithActor | None) -> OpenPost | None:
    """The post as something to hand on. `group` is where it stands, None for a profile. What was
    meant for followers, for oneself, or only for those who come by it, is not handed on."""
    if view.post.audience == "public":
        return OpenPost(view, None)
    if view.post.audience != "group" or group is None:
        return None
    public = federated(group)
    return OpenPost(view, public) if public is not None else None


def narrowest(*audiences: Audience) -> Audience:
    """The one that the fewest may read. An answer is never for more people than what it answers."""
    return max(audiences, key=AUDIENCES.index)


def is_person(actor: Actor) -> bool:
    """Somebody who can have a profile: no group, and not the node itself."""
    return actor.type not in ("Group", "Application")


def may_write(who: Actor) -> Decision:
    """Whoever is not suspended writes on the own profile."""
    if who.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot post."))
    return ALLOWED


def may_answer(parent: Post, thread: Post, who: Actor) -> Decision:
    """What still stands can be answered by whoever may read it."""
    if who.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot post."))
    if is_gone(parent):
        return Denied("gone", N_("This post is no longer there. You can reply to another one."))
    if is_gone(thread):
        return Denied("gone", N_("This thread is no longer there, so it takes no replies."))
    return ALLOWED


def may_react(post: Post, who: Actor) -> Decision:
    """Whoever may read may say "I hear you", but nobody to a post that is gone."""
    if who.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot react."))
    if is_gone(post):
        return Denied("gone", N_("This post is no longer there."))
    return ALLOWED


def may_share(view: PostView, group: GroupWithActor | None, who: Actor) -> Decision:
    """Only what is public is handed on, by whoever may write."""
    if who.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot post."))
    if is_gone(view.post):
        return Denied("gone", N_("This post is no longer there."))
    if open_post(view, group) is None:
        sentence = N_("Only public posts can be shared. This one was written for fewer people.")
        return Denied("not-public", sentence)
    return ALLOWED


def may_follow(who: Actor, whom: Actor) -> Decision:
    """People follow people. Groups are joined instead."""
    if who.suspended_at is not None:
        return Denied("suspended", N_("This account is suspended and cannot follow anybody."))
    if who.id == whom.id:
        return Denied("yourself", N_("You see your own posts without following yourself."))
    if not is_person(who) or not is_person(whom):
        return Denied("not-found", N_("There is nothing here, or it is not open to you."))
    return ALLOWED
