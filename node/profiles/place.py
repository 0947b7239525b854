"""Finding a post of a profile for someone, or finding nothing: the step before every use case.

Whatever a reader may not see is `NotFound`, exactly as if it did not exist, and takes as long.
"""

from dataclasses import dataclass

from node.errors import NotFound, Refused
from node.groups.place import NOTHING, thread_of, view_of
from node.groups.rules import is_gone
from node.i18n import N_
from node.profiles.rules import federated_post, open_post
from node.visibility import may_read_profile_post
from storage.actors import Actor
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Standing:
    """A post on a profile, and the thread that it is part of."""

    view: PostView
    thread: Post


def readable(uow: UnitOfWork, post_id: int, reader: Actor | None) -> Standing | None:
    """The post of a profile, if `reader` may read it; it may be gone. None alike, and after as many
    questions, for what is not there, what is in a group, and what is not for this reader."""
    sight = uow.profile_posts.sights([post_id], reader.id if reader else None).get(post_id)
    hidden = hidden_from(uow, reader)
    if sight is None or not may_read_profile_post(sight, reader, hidden):
        return None
    post = uow.posts.get(post_id)
    return Standing(view_of(uow, post), thread_of(uow, post)) if post is not None else None


def standing_of(uow: UnitOfWork, post_id: int, reader: Actor | None) -> Standing:
    """The same. Raises NotFound where there is nothing to read."""
    found = readable(uow, post_id, reader)
    if found is None:
        raise NotFound
    return found


def own_post(uow: UnitOfWork, post_id: int, author: Actor) -> PostView:
    """The author's own post on the own profile, gone or not. Raises Refused for somebody else's,
    and NotFound for what one may not read."""
    view = standing_of(uow, post_id, author).view
    if view.post.author_id != author.id:
        raise Refused(N_("Only its author can change a post."), "not-yours")
    return view


def hidden_from(uow: UnitOfWork, reader: Actor | None) -> frozenset[int]:
    """The people whose posts are not there for the reader, because of a block."""
    if reader is None or not reader.is_local:
        return frozenset()
    return uow.blocks.hides(reader.id)


def parent_of(uow: UnitOfWork, post: Post) -> PostView | None:
    """What a post answers."""
    parent = uow.posts.get(post.parent_id) if post.parent_id is not None else None
    return view_of(uow, parent) if parent is not None else None


def federated_at(uow: UnitOfWork, uri: str) -> Post | None:
    """The post of a profile at `uri`, as other nodes may know it."""
    post = uow.posts.by_uri(uri)
    view = view_of(uow, post) if post is not None else None
    return post if view is not None and federated_post(view) is not None else None


def open_at(uow: UnitOfWork, uri: str) -> Post | None:
    """The post at `uri`, wherever it stands, if everybody may hand it on and it is not gone."""
    post = uow.posts.by_uri(uri)
    group = uow.groups.get(post.group_id if post is not None else NOTHING)
    if post is None or is_gone(post):
        return None
    return post if open_post(view_of(uow, post), group) is not None else None
