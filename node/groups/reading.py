"""The read side of groups: what one reader may see of a group, a thread or the list of groups.

Each page takes a handful of queries whatever its length. What may not be read is NotFound.
"""

from dataclasses import dataclass
from datetime import datetime

from node.errors import NotFound
from node.groups.place import group_for, is_steward
from node.groups.rules import Decision, is_gone, is_moderator, may_open_thread, may_reply
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.memberships import Membership
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

PAGE_LENGTH = 50
THREAD_LENGTH = 500

Cursor = tuple[datetime, int]
"""Where the next page of threads starts: (last activity, id) of the last one shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPage:
    """A group as `reader` sees it. `next` is None on the last page."""

    group: GroupWithActor
    membership: Membership | None
    moderators: list[Actor]
    pinned: list[PostView]
    threads: list[PostView]
    next: Cursor | None
    may_open_thread: Decision
    can_moderate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A post with its replies below it, oldest first."""

    view: PostView
    replies: "list[Node]"
    reactions: dict[str, int]
    mine: str | None
    may_reply: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """A thread as `reader` sees it; `root` holds the whole tree."""

    group: GroupWithActor
    membership: Membership | None
    root: Node
    can_moderate: bool
    reader: Actor | None


def group_page(
    uow: UnitOfWork, group_id: int, reader: Actor | None, before: Cursor | None = None
) -> GroupPage:
    """One page of a group: PAGE_LENGTH threads, latest activity first. Raises NotFound."""
    group = group_for(uow, group_id, reader)
    membership = uow.memberships.get(group_id, reader.id) if reader else None
    threads = uow.posts.threads(group_id, PAGE_LENGTH + 1, before)
    shown = threads[:PAGE_LENGTH]
    last = shown[-1].post if len(threads) > PAGE_LENGTH else None
    return GroupPage(
        group=group,
        membership=membership,
        moderators=uow.memberships.moderators(group_id),
        pinned=[] if before else uow.posts.pinned(group_id),
        threads=shown,
        next=(last.last_activity_at, last.id) if last else None,
        may_open_thread=may_open_thread(group.group, reader or _nobody(group), membership),
        can_moderate=_can_moderate(uow, group, reader, membership),
    )


def thread_page(uow: UnitOfWork, thread_id: int, reader: Actor | None) -> ThreadPage:
    """A whole thread, up to THREAD_LENGTH posts. Raises NotFound."""
    views = uow.posts.thread(thread_id, THREAD_LENGTH)
    if not views or views[0].post.id != thread_id:
        raise NotFound
    group = group_for(uow, views[0].post.group_id, reader)
    membership = uow.memberships.get(group.actor.id, reader.id) if reader else None
    ids = [view.post.id for view in views]
    counts = uow.reactions.counts(ids)
    mine = uow.reactions.of_actor(ids, reader.id) if reader else {}
    who = reader or _nobody(group)
    nodes: dict[int, Node] = {}
    for view in views:
        nodes[view.post.id] = Node(
            view=view,
            replies=[],
            reactions=counts.get(view.post.id, {}),
            mine=mine.get(view.post.id),
            may_reply=may_reply(group.group, views[0].post, view.post, who, membership),
        )
    for view in sorted(views[1:], key=lambda view: (view.post.created_at, view.post.id)):
        above = nodes.get(view.post.parent_id or 0)
        if above is not None:
            above.replies.append(nodes[view.post.id])
    return ThreadPage(
        group=group,
        membership=membership,
        root=nodes[thread_id],
        can_moderate=_can_moderate(uow, group, reader, membership),
        reader=reader,
    )


def thread_of(uow: UnitOfWork, post_id: int, reader: Actor | None) -> int:
    """The id of the thread a readable post stands in. Raises NotFound."""
    post = uow.posts.get(post_id)
    if post is None:
        raise NotFound
    group_for(uow, post.group_id, reader)
    return post.thread_id


def list_groups(uow: UnitOfWork, reader: Actor | None, limit: int = 200) -> list[GroupWithActor]:
    """The groups `reader` may find here: its own node's, and those it belongs to."""
    return uow.groups.list_for(reader.id if reader else None, limit)


def is_visible(view: PostView) -> bool:
    """Whether the words of a post may be shown."""
    return not is_gone(view.post)


def _can_moderate(
    uow: UnitOfWork, group: GroupWithActor, reader: Actor | None, membership: Membership | None
) -> bool:
    if reader is None:
        return False
    return is_moderator(membership) or is_steward(uow, group, reader)


def _nobody(group: GroupWithActor) -> Actor:
    """Stands for a reader who is not signed in: the group itself, which is never a member."""
    return group.actor


def cares(uow: UnitOfWork, announcer: str) -> bool:
    """Whether what this actor announces is of interest: a group that someone here belongs to."""
    group = uow.groups.by_uri(announcer)
    return group is not None and uow.memberships.local_followers(group.actor.id) > 0
