"""What programs read of groups, threads and posts, and the one conversion from records to it.

Ids are text, because 64 bits do not fit the numbers of every JSON reader. Times are UTC, ISO 8601
with a Z. A post that is gone keeps its place, its author and nothing of its words.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from node.groups.reading import Cursor, GroupPage, Node, ThreadPage, is_visible
from node.groups.rules import Allowed
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.memberships import Membership
from storage.posts import PostView

NESTING = 40
"""Replies below this level stand beside each other; `parent_id` still says what they answer. A tree
of any depth would end in the recursion limits of those who read it, and of us."""

State = Literal["here", "deleted", "removed"]


class PersonaJson(Struct, frozen=True, kw_only=True):
    """Somebody, here or elsewhere. `address` is such as "@rowan@kith.example"."""

    id: str
    uri: str
    handle: str
    address: str
    name: str


class MembershipJson(Struct, frozen=True, kw_only=True):
    """`state` is pending until the node that hosts the group has answered."""

    state: str
    role: str


class GroupJson(Struct, frozen=True, kw_only=True):
    """A group in a list. `summary` is clean HTML, `guidelines` Markdown."""

    id: str
    uri: str
    handle: str
    address: str
    name: str
    summary: str
    guidelines: str
    visibility: str
    is_local: bool


class OneGroupJson(GroupJson, frozen=True, kw_only=True):
    """A group as the one who asks sees it."""

    membership: MembershipJson | None
    moderators: list[PersonaJson]
    may_open_thread: bool
    can_moderate: bool


class PostJson(Struct, frozen=True, kw_only=True):
    """A thread or a reply. `content` is clean HTML; `source` is Markdown, for posts made here."""

    id: str
    uri: str
    url: str | None
    group_id: str
    thread_id: str
    parent_id: str | None
    author: PersonaJson
    state: State
    title: str | None
    content: str
    source: str | None
    content_warning: str | None
    language: str | None
    reply_wanted: str | None
    created_at: datetime
    edited_at: datetime | None
    removal_reason: str | None
    locked: bool
    pinned: bool
    last_activity_at: datetime


class TreeJson(PostJson, frozen=True, kw_only=True):
    """A post with what was answered, oldest first."""

    reactions: dict[str, int]
    my_reaction: str | None
    may_reply: bool
    replies: list["TreeJson"]


class ThreadsJson(Struct, frozen=True, kw_only=True):
    """One page of a group. `next` is what to ask `before` for the one after it."""

    pinned: list[PostJson]
    threads: list[PostJson]
    next: str | None


class ThreadJson(Struct, frozen=True, kw_only=True):
    """A thread and the group it stands in. `next` is what to ask `after` for later replies."""

    group: GroupJson
    thread: TreeJson
    can_moderate: bool
    next: str | None


def persona_json(actor: Actor) -> PersonaJson:
    """A person as programs see them."""
    return PersonaJson(
        id=str(actor.id),
        uri=actor.uri,
        handle=actor.handle,
        address=f"@{actor.handle}@{actor.authority}",
        name=actor.name,
    )


def membership_json(membership: Membership | None) -> MembershipJson | None:
    """How somebody belongs to a group, if at all."""
    if membership is None:
        return None
    return MembershipJson(state=membership.state, role=membership.role)


def group_json(group: GroupWithActor) -> GroupJson:
    """A group for a list."""
    actor = group.actor
    return GroupJson(
        id=str(actor.id),
        uri=actor.uri,
        handle=actor.handle,
        address=f"!{actor.handle}@{actor.authority}",
        name=actor.name,
        summary=actor.summary,
        guidelines=group.group.guidelines,
        visibility=group.group.visibility,
        is_local=group.group.is_local,
    )


def one_group_json(page: GroupPage) -> OneGroupJson:
    """A group for the one who reads `page`."""
    return OneGroupJson(
        **asdict(group_json(page.group)),
        membership=membership_json(page.membership),
        moderators=[persona_json(actor) for actor in page.moderators],
        may_open_thread=isinstance(page.may_open_thread, Allowed),
        can_moderate=page.can_moderate,
    )


def threads_json(page: GroupPage) -> ThreadsJson:
    """The threads of one page."""
    return ThreadsJson(
        pinned=[post_json(view) for view in page.pinned],
        threads=[post_json(view) for view in page.threads],
        next=cursor_text(page.next) if page.next else None,
    )


def thread_json(page: ThreadPage) -> ThreadJson:
    """A thread with its tree."""
    return ThreadJson(
        group=group_json(page.group),
        thread=_tree(page.root, 0),
        can_moderate=page.can_moderate,
        next=str(page.next) if page.next is not None else None,
    )


def post_json(view: PostView) -> PostJson:
    """A post by itself."""
    post, shown = view.post, is_visible(view)
    return PostJson(
        id=str(post.id),
        uri=post.uri,
        url=post.url,
        group_id=str(post.group_id),
        thread_id=str(post.thread_id),
        parent_id=str(post.parent_id) if post.parent_id is not None else None,
        author=persona_json(view.author),
        state="deleted" if post.deleted_at else "here" if shown else "removed",
        title=post.title if shown else None,
        content=post.content if shown else "",
        source=post.source if shown else None,
        content_warning=post.content_warning if shown else None,
        language=post.language if shown else None,
        reply_wanted=post.reply_wanted if shown else None,
        created_at=post.created_at,
        edited_at=post.edited_at if shown else None,
        removal_reason=post.removal_reason if post.removed_at else None,
        locked=post.locked_at is not None,
        pinned=post.pinned_at is not None,
        last_activity_at=post.last_activity_at,
    )


def cursor_text(cursor: Cursor) -> str:
    """A place in a list of threads, for `before`."""
    return f"{cursor[0].isoformat()}_{cursor[1]}"


def _tree(node: Node, level: int) -> TreeJson:
    below: Iterable[Node] = node.replies
    if level >= NESTING:
        below = _all_below(node) if level == NESTING else ()
    return TreeJson(
        **asdict(post_json(node.view)),
        reactions=node.reactions,
        my_reaction=node.mine,
        may_reply=isinstance(node.may_reply, Allowed),
        replies=[_tree(reply, level + 1) for reply in below],
    )


def _all_below(node: Node) -> list[Node]:
    """Every reply below, whatever its depth, oldest first."""
    found: list[Node] = []
    waiting = list(node.replies)
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(one.replies)
    return sorted(found, key=lambda one: (one.view.post.created_at, one.view.post.id))
