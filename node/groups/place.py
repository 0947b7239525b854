"""Finding a group or a post for someone, or finding nothing: the step before every use case.

Whatever a reader may not see is `NotFound`, exactly as if it did not exist. It takes as long, too:
for what is not there the same questions are put to the database as for what is, about `NOTHING`.
"""

from dataclasses import dataclass
from typing import Final

from node.errors import NotFound, Refused
from node.groups.announcer import Received
from node.groups.limits import GroupLimits
from node.groups.rules import (
    ALLOWED,
    Decision,
    Denied,
    federated,
    may_moderate,
    may_open_thread,
)
from node.visibility import is_moderator, may_read_group, may_see_place, may_see_post
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.memberships import Membership
from storage.posts import Post, PostView, shown_author
from storage.unit_of_work import UnitOfWork

NOTHING: Final = 0
"""An id that nothing has."""


@dataclass(frozen=True, slots=True)
class Place:
    """A post where it stands, and what the one who acts on it is to its group."""

    group: GroupWithActor
    thread: Post
    view: PostView
    membership: Membership | None


def group_for(uow: UnitOfWork, group_id: int, persona: Actor | None) -> GroupWithActor:
    """The group, if `persona` may read it. Raises NotFound."""
    found = uow.groups.get(group_id)
    membership = _membership(uow, group_id, persona)
    if found is None or not may_read_group(found.group, persona, membership):
        raise NotFound
    return found


def groups_to_write_in(uow: UnitOfWork, persona: Actor) -> list[GroupWithActor]:
    """The groups in which a persona may start a thread. Two queries, however many it joined."""
    memberships = uow.memberships.of_actor(persona.id)
    return [
        one
        for one in uow.memberships.groups_of(persona.id)
        if may_open_thread(one.group, persona, memberships.get(one.actor.id)) == ALLOWED
    ]


def place_for(uow: UnitOfWork, group_id: int, persona: Actor | None) -> GroupWithActor:
    """The group, or the circle, in which a post stands, if `persona` may read it. Raises
    NotFound."""
    found = uow.groups.place(group_id)
    membership = _membership(uow, group_id, persona)
    if found is None or not may_read_group(found.group, persona, membership):
        raise NotFound
    return found


def place_of(uow: UnitOfWork, post_id: int, persona: Actor, *, to_take_back: bool = False) -> Place:
    """The post and its surroundings, if `persona` may read them; `to_take_back` also if it is
    their own in a private group that they left. Raises NotFound."""
    at = uow.posts.whereabouts(post_id)
    group_id = at.group_id if at else NOTHING
    group, membership = uow.groups.place(group_id), _membership(uow, group_id, persona)
    hidden = unseen_by(uow, group_id, persona)
    if at is None or group is None:
        raise NotFound
    # One's own words can always be taken back, wherever they stand.
    is_own = at.author_id == persona.id
    may_read = not persona.is_local or may_read_group(group.group, persona, membership)
    if not may_read and not (is_own and to_take_back):
        raise NotFound
    if not is_own and not may_see_place(at, hidden):
        raise NotFound
    post = uow.posts.get(post_id)
    if post is None:
        raise NotFound
    return Place(group, thread_of(uow, post), view_of(uow, post), membership)


def unseen_by(uow: UnitOfWork, group_id: int, persona: Actor | None) -> frozenset[int]:
    """The authors whose posts in a group are not there for `persona`, because of a block. Whoever
    moderates the group sees all of it, or a block would be a way round them."""
    if persona is None or not persona.is_local:
        return frozenset()
    hidden = uow.blocks.hides(persona.id)
    if not hidden:
        return hidden
    group, runs_the_node = uow.groups.place(group_id), _runs_the_node(uow, persona)
    is_steward_here = runs_the_node and group is not None and group.actor.is_local
    if is_steward_here or is_moderator(_membership(uow, group_id, persona)):
        return frozenset()
    return hidden


def is_in_sight(uow: UnitOfWork, place: Place, persona: Actor) -> bool:
    """Whether the thread of one's own post still shows to `persona`."""
    return may_see_post(place.thread, unseen_by(uow, place.group.actor.id, persona))


def insist_in_touch(uow: UnitOfWork, place: Place, persona: Actor) -> None:
    """Go on unless a block stands between `persona` and who wrote the post or its thread; that
    holds for moderators as well. Raises NotFound."""
    hidden = uow.blocks.hides(persona.id) if persona.is_local else frozenset()
    if not (may_see_post(place.view.post, hidden) and may_see_post(place.thread, hidden)):
        raise NotFound


def thread_of(uow: UnitOfWork, post: Post) -> Post:
    """The thread that a post stands in; a thread is its own."""
    thread = post if post.thread_id == post.id else uow.posts.get(post.thread_id)
    if thread is None:
        raise NotFound
    return thread


def known_post(uow: UnitOfWork, uri: str) -> Post | None:
    """The post at `uri`, as other nodes may know it: what never leaves this node is not there."""
    post = uow.posts.by_uri(uri)
    group = uow.groups.get(post.group_id) if post else None
    return post if group is not None and federated(group) is not None else None


def view_of(uow: UnitOfWork, post: Post) -> PostView:
    """The post with its author."""
    author = uow.actors.get(post.author_id)
    if author is None:
        raise NotFound
    return PostView(post=post, author=shown_author(post, author))


def parent_of(uow: UnitOfWork, post: Post) -> PostView | None:
    """What the post answers, or None for a thread."""
    parent = uow.posts.get(post.parent_id) if post.parent_id else None
    return view_of(uow, parent) if parent else None


def insist(decision: Decision) -> None:
    """Go on when the rules allow it. Raises Refused, or NotFound where a refusal would tell."""
    if isinstance(decision, Denied):
        if decision.code == "not-found":
            raise NotFound(decision.sentence)
        raise Refused(decision.sentence, decision.code)


def insist_inside(
    uow: UnitOfWork, group: GroupWithActor, author: Actor, limits: GroupLimits
) -> None:
    """In groups of ours people of this node write, and those of the nodes that it trusts, whoever
    else may read and follow them. Raises Refused."""
    if limits.outsiders_write:
        return
    if author.is_local or not group.actor.is_local:
        return
    peer = uow.peers.by_authority(author.authority)
    if peer is None or peer.policy != "allow":
        raise Refused("The node of the author is not in the circle.", "outside-the-circle")


def insist_moderator(
    uow: UnitOfWork, group: GroupWithActor, persona: Actor, received: Received | None
) -> None:
    """Only moderators go on, or the remote group itself for its own content. Raises Refused."""
    if received is not None and received.via is not None:
        if received.via == group.actor.uri and not group.actor.is_local:
            return
        raise Refused("The announcing group does not keep this post.", "not-its-group")
    if received is not None and not group.actor.is_local:
        raise Refused("Only the group itself speaks for its moderators.", "not-its-group")
    membership = uow.memberships.get(group.group.actor_id, persona.id)
    insist(may_moderate(membership, is_steward(uow, group, persona)))


def is_steward(uow: UnitOfWork, group: GroupWithActor, persona: Actor) -> bool:
    """Whether an administrator of this node stands behind `persona`, and the group is ours."""
    return persona.is_local and group.actor.is_local and _runs_the_node(uow, persona)


def _runs_the_node(uow: UnitOfWork, persona: Actor) -> bool:
    account_id = uow.accounts.account_of(persona.id)
    account = uow.accounts.get(account_id) if account_id is not None else None
    if account is None or account.role != "administrator":
        return False
    # Under another name an administrator is an ordinary member, or stepping in would give it away.
    return uow.personas.first(account.id) == persona.id


def _membership(uow: UnitOfWork, group_id: int, persona: Actor | None) -> Membership | None:
    return uow.memberships.get(group_id, persona.id) if persona else None
