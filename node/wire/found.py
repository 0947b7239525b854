"""What another node may find here, each condition on its own line.

Everything that leaves through this edge is looked up by one of these functions. They return None
for what is unknown and for what is not for others alike, so that no handler can tell them apart.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import msgspec

from activitypub.vocabulary import GROUP_TYPES
from node.attaching import with_attached
from node.groups.place import NOTHING
from node.groups.rules import FederatedGroup, federated
from node.profiles.rules import FederatedPost, federated_post
from node.wire.standing import posts_in
from storage.activities import OutboxActivity
from storage.actors import Actor
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork

_HANDLE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NUMBER = re.compile(r"[1-9][0-9]{0,18}")
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post that everybody may read, in the public group `group` or, where that is None, on a
    profile, as `note`. `parent` is what it answers, if it answers anything; `named` are the people
    whom it names."""

    view: PostView
    group: FederatedGroup | None
    parent: PostView | None
    note: FederatedPost | None = None
    named: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundConversation:
    """A post, perhaps gone, below which a conversation stands. `keeper` is the actor of ours that
    answers for it, if it is at home here."""

    post: Post
    keeper: Actor | None


@dataclass(frozen=True, slots=True)
class FoundActivity:
    """An activity of an actor of ours, and the posts it is about, by URI, as they are now."""

    activity: OutboxActivity
    posts: dict[str, Post]


def find_persona(uow: UnitOfWork, origin: str, handle: str) -> Actor | None:
    """A persona of this node by its handle, exactly as in its id."""
    if not _HANDLE.fullmatch(handle):
        return None
    actor = uow.actors.by_uri(f"{origin}/personas/{handle}")
    return actor if actor is not None and is_here(actor) else None


def find_departed(uow: UnitOfWork, origin: str, handle: str) -> Actor | None:
    """A persona that was erased, for as long as its keys are kept: with them other nodes check that
    it was itself who asked to be forgotten. Nothing but those keys is left of it."""
    if not _HANDLE.fullmatch(handle):
        return None
    actor = uow.actors.by_uri(f"{origin}/personas/{handle}")
    if actor is None or not actor.is_local or actor.gone_at is None:
        return None
    if uow.keys.private(actor.id) is None:
        return None
    return replace(actor, name="", summary="", summary_source=None, icon_url=None, header_url=None)


def find_group(uow: UnitOfWork, origin: str, handle: str) -> FederatedGroup | None:
    """A public group of this node by its handle, exactly as in its id."""
    if not _HANDLE.fullmatch(handle):
        return None
    found = uow.groups.by_uri(f"{origin}/groups/{handle}")
    group = federated(found) if found is not None else None
    return group if group is not None and is_here(group.actor) else None


def find_node(uow: UnitOfWork, origin: str) -> Actor | None:
    """The node's own actor."""
    actor = uow.actors.by_uri(f"{origin}/actor")
    return actor if actor is not None and is_here(actor) else None


def find_actor_by_uri(uow: UnitOfWork, uri: str) -> Actor | None:
    """Any actor of this node that others may know, by its id."""
    return _known(uow, uow.actors.by_uri(uri))


def find_actor_by_handle(uow: UnitOfWork, origin: str, handle: str) -> Actor | None:
    """The same by its name, whatever its case. The node bears the name of its host."""
    if handle.lower() == urlsplit(origin).hostname:
        return find_node(uow, origin)
    return _known(uow, uow.actors.local_by_handle(handle))


def find_post(uow: UnitOfWork, number: str) -> FoundPost | None:
    """A post in a public group or for everybody on a profile, ours or another node's copy here; it
    may be gone."""
    group, post = _post(uow, number)
    if post is None:
        return None
    parent = uow.posts.get(post.parent_id) if post.parent_id is not None else None
    authors = uow.actors.get_many([one.author_id for one in (post, parent) if one is not None])
    view = with_attached(uow, [PostView(post=post, author=authors[post.author_id])])[0]
    return FoundPost(
        view=view,
        group=group,
        parent=PostView(post=parent, author=authors[parent.author_id]) if parent else None,
        note=federated_post(view),
        named=() if group else tuple(uow.profile_posts.named([post.id]).get(post.id, ())),
    )


def find_conversation(uow: UnitOfWork, number: str) -> FoundConversation | None:
    """A post in a public group or for everybody on a profile. Also where the post is gone, what was
    said below it stands."""
    group, post = _post(uow, number)
    if post is None:
        return None
    if group is not None:
        return FoundConversation(post, group.actor if group.actor.is_local else None)
    author = uow.actors.get(post.author_id)
    return FoundConversation(post, author if author is not None and author.is_local else None)


def is_for_everybody(post: Post) -> bool:
    """Whether a post below one that others may know is for them as well."""
    return post.audience in ("group", "public", "unlisted")


def find_activity(uow: UnitOfWork, number: str) -> FoundActivity | None:
    """An activity that was sent to everyone, while its actor is here and its group is public."""
    activity_id = number_of(number)
    activity = uow.activities.get(activity_id) if activity_id is not None else None
    if activity is None or not activity.public:
        return None
    actor = uow.actors.get(activity.actor_id)
    if actor is None or not is_here(actor):
        return None
    carried = set(posts_in(msgspec.json.decode(activity.body)))
    posts = uow.posts.by_uris(carried | {activity.object_uri or actor.uri})
    touched = {post.group_id for post in posts.values() if post.audience == "group"}
    if actor.type in GROUP_TYPES:
        touched.add(actor.id)
    if not all(is_for_everybody(post) for post in posts.values()):
        return None
    if not all(_is_public(uow, group_id) for group_id in touched):
        return None
    return FoundActivity(activity, posts)


def is_here(actor: Actor) -> bool:
    """An actor of this node that has neither left nor been suspended."""
    return actor.is_local and actor.gone_at is None and actor.suspended_at is None


def _known(uow: UnitOfWork, actor: Actor | None) -> Actor | None:
    # Asked in any case, so that what is hidden takes as long as what never was.
    is_public = _is_public(uow, actor.id if actor else NOTHING)
    if actor is None or not is_here(actor):
        return None
    if actor.type in GROUP_TYPES and not is_public:
        return None
    return actor


def _post(uow: UnitOfWork, number: str) -> tuple[FederatedGroup | None, Post | None]:
    """The post, and its group if it stands in one, if everybody may read it: else its words are not
    even read."""
    post_id = number_of(number)
    at = uow.posts.whereabouts(post_id) if post_id else None
    found = uow.groups.get(at.group_id if at else NOTHING)
    group = federated(found) if found is not None else None
    is_open = group is not None or (at is not None and at.audience in ("public", "unlisted"))
    post = uow.posts.get(post_id) if post_id and is_open else None
    return group, post if post is not None and has_left(uow, post) else None


def has_left(uow: UnitOfWork, post: Post) -> bool:
    """Whether other nodes may know a post as it is now: not while it waits, or other words of it
    do (`node.safety.hold_rules`)."""
    return uow.delivery_holds.get(post.id) is None


def _is_public(uow: UnitOfWork, group_id: int) -> bool:
    group = uow.groups.get(group_id)
    return group is not None and federated(group) is not None


def number_of(text: str) -> int | None:
    """The id that a path or query names, or None for what is no id."""
    return int(text) if _NUMBER.fullmatch(text) and int(text) <= _LARGEST else None
