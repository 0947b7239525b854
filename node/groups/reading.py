"""The read side of groups: what one reader may see of a group, a thread or the list of groups.

Each page takes a handful of queries whatever its length. What may not be read is NotFound.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from node.errors import NotFound
from node.groups.place import NOTHING, group_for, is_steward, place_for, place_of, unseen_by
from node.groups.rules import Decision, Denied, is_gone, may_open_thread, may_reply
from node.i18n import N_
from node.visibility import is_member, is_moderator, may_see_place, may_see_post
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.memberships import Membership
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

PAGE_LENGTH = 50
THREAD_LENGTH = 500
"""Replies of one page of a thread."""

VEILED = N_("Several members reported this. It is folded away until somebody has looked.")
FOLDED = N_("A person of the team looks at this first.")

OUT_OF_TOUCH = Denied(
    "out-of-touch", N_("You read this as a moderator; it takes no reply of yours.")
)
"""Only moderators see what a block stands before."""

Cursor = tuple[datetime, int]
"""Where the next page of threads starts: (last activity, id) of the last one shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPage:
    """A group as `reader` sees it. `next` is None on the last page. `welcome_thread` is where
    members can say hello."""

    group: GroupWithActor
    membership: Membership | None
    moderators: list[Actor]
    pinned: list[PostView]
    threads: list[PostView]
    next: Cursor | None
    may_open_thread: Decision
    can_moderate: bool
    welcome_thread: int | None


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
    """A thread as `reader` sees it; `root` holds the tree. `after` is where this page starts, 0 on
    the first, and `next` where the following one does, None on the last."""

    group: GroupWithActor
    membership: Membership | None
    root: Node
    can_moderate: bool
    reader: Actor | None
    after: int
    next: int | None


def group_page(
    uow: UnitOfWork, group_id: int, reader: Actor | None, before: Cursor | None = None
) -> GroupPage:
    """One page of a group: PAGE_LENGTH threads, latest activity first. Raises NotFound."""
    group = group_for(uow, group_id, reader)
    membership = uow.memberships.get(group_id, reader.id) if reader else None
    hidden = unseen_by(uow, group_id, reader)
    threads = uow.posts.threads(group_id, PAGE_LENGTH + 1, before, without=hidden)
    shown = threads[:PAGE_LENGTH]
    last = shown[-1].post if len(threads) > PAGE_LENGTH else None
    pinned = [] if before else uow.posts.pinned(group_id, without=hidden)
    can_moderate = _can_moderate(uow, group, reader, membership)
    if not can_moderate:
        veiled = uow.quorum.veiled([one.post.id for one in (*pinned, *shown)])
        pinned, shown = without(pinned, veiled), without(shown, veiled)
        pinned, shown = with_folds(uow, pinned, reader), with_folds(uow, shown, reader)
    return GroupPage(
        group=group,
        membership=membership,
        moderators=[one for one in uow.memberships.moderators(group_id) if one.id not in hidden],
        pinned=counted(uow, pinned, hidden),
        threads=counted(uow, shown, hidden),
        next=(last.last_activity_at, last.id) if last else None,
        may_open_thread=may_open_thread(group.group, reader or _nobody(group), membership),
        can_moderate=can_moderate,
        welcome_thread=uow.welcomes.thread_of(group_id) if is_member(membership) else None,
    )


def thread_page(
    uow: UnitOfWork, thread_id: int, reader: Actor | None, after: int = 0
) -> ThreadPage:
    """A thread and up to THREAD_LENGTH of its replies, those above the id `after`. Raises
    NotFound."""
    at = uow.posts.whereabouts(thread_id)
    group_id = at.group_id if at else NOTHING
    hidden = unseen_by(uow, group_id, reader)
    group = place_for(uow, group_id, reader)
    if at is None or not may_see_place(at, hidden):
        raise NotFound
    views = uow.posts.thread(thread_id, THREAD_LENGTH + 2, after)
    if not views or views[0].post.id != thread_id:
        raise NotFound
    membership = uow.memberships.get(group.actor.id, reader.id) if reader else None
    if not all(may_see_post(view.post, hidden) for view in views):
        views = uow.posts.thread(thread_id, THREAD_LENGTH + 2, after, hidden)
        views = _without_a_trace(views)
    shown = views[: THREAD_LENGTH + 1]
    can_moderate = _can_moderate(uow, group, reader, membership)
    if not can_moderate:
        shown = with_veils(uow, shown, reader)
    return ThreadPage(
        group=group,
        membership=membership,
        root=_tree(uow, group, shown, reader, membership),
        can_moderate=can_moderate,
        reader=reader,
        after=after,
        next=shown[-1].post.id if len(views) > len(shown) else None,
    )


def counted(uow: UnitOfWork, views: list[PostView], hidden: frozenset[int]) -> list[PostView]:
    """The same threads, each with the number of replies that its reader would count."""
    if not hidden or not views:
        return views
    fewer = uow.posts.replies_by([view.post.id for view in views], hidden)
    return [
        replace(view, post=replace(view.post, reply_count=view.post.reply_count - less))
        if (less := fewer.get(view.post.id))
        else view
        for view in views
    ]


def without(views: list[PostView], ids: frozenset[int]) -> list[PostView]:
    """All but these."""
    return [one for one in views if one.post.id not in ids]


def with_veils(uow: UnitOfWork, views: list[PostView], reader: Actor | None) -> list[PostView]:
    """The same posts; what several members reported, and nobody has looked at yet, stands there as
    if it were removed, with the reason; and so does what is folded away. Nothing of it is stored,
    so a look undoes it at once."""
    veiled = uow.quorum.veiled([one.post.id for one in views])
    return with_folds(uow, [_away(one, veiled, VEILED) for one in views], reader)


def with_folds(uow: UnitOfWork, views: list[PostView], reader: Actor | None) -> list[PostView]:
    """The same posts; the words of one that may tell a method are not there for anybody but its
    author until a person has looked (safety invariant 3)."""
    reader_id = reader.id if reader is not None else None
    folded = uow.quorum.folded([one.post.id for one in views if one.post.author_id != reader_id])
    return [_away(one, folded, FOLDED) for one in views]


def _away(view: PostView, ids: frozenset[int], why: str) -> PostView:
    post = view.post
    if post.id not in ids or post.removed_at is not None:
        return view
    away = replace(
        post,
        removed_at=post.created_at,
        removal_reason=why,
        title=None,
        content="",
        content_warning=None,
        source=None,
    )
    return replace(view, post=away)


def _without_a_trace(views: list[PostView]) -> list[PostView]:
    """Replies to what is left out answer the thread, and so do those to an earlier page: they would
    name what the reader does not see."""
    here, thread = {view.post.id for view in views}, views[0].post
    return [
        view
        if view.post.parent_id is None or view.post.parent_id in here
        else replace(view, post=replace(view.post, parent_id=thread.id))
        for view in views
    ]


def _tree(
    uow: UnitOfWork,
    group: GroupWithActor,
    views: list[PostView],
    reader: Actor | None,
    membership: Membership | None,
) -> Node:
    """The thread, which comes first, with each reply below what it answers. A reply to one of
    another page stands below the thread itself."""
    ids = [view.post.id for view in views]
    counts = uow.reactions.counts(ids)
    mine = uow.reactions.of_actor(ids, reader.id) if reader else {}
    who, thread = reader or _nobody(group), views[0].post
    out_of_touch = uow.blocks.hides(reader.id) if reader else frozenset()
    nodes: dict[int, Node] = {}
    for view in views:
        nodes[view.post.id] = Node(
            view=view,
            replies=[],
            reactions=counts.get(view.post.id, {}),
            mine=mine.get(view.post.id),
            may_reply=may_reply(group.group, thread, view.post, who, membership)
            if may_see_post(thread, out_of_touch) and may_see_post(view.post, out_of_touch)
            else OUT_OF_TOUCH,
        )
    for view in sorted(views[1:], key=lambda view: (view.post.created_at, view.post.id)):
        above = nodes.get(view.post.parent_id or 0, nodes[thread.id])
        above.replies.append(nodes[view.post.id])
    return nodes[thread.id]


def page_start(uow: UnitOfWork, thread_id: int, post_id: int) -> int:
    """The `after` of a page of the thread that shows this post: 0 while it is on the first one."""
    is_first = uow.posts.place_in_thread(thread_id, post_id) <= THREAD_LENGTH + 1
    return 0 if is_first else post_id - 1


def thread_of(uow: UnitOfWork, post_id: int, reader: Actor | None) -> int:
    """The id of the thread a readable post stands in. Raises NotFound."""
    if reader is not None:
        return place_of(uow, post_id, reader).thread.id
    place_for(uow, uow.posts.group_of(post_id) or NOTHING, reader)
    post = uow.posts.get(post_id)
    if post is None:
        raise NotFound
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
