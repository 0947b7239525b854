"""Records made in memory, for tests of pure functions."""

from datetime import UTC, datetime
from typing import Any

from node.groups.rules import FederatedGroup, federated
from storage.actors import Actor
from storage.groups import Group, GroupWithActor
from storage.posts import Post, PostView

HOME = "https://kith.example"
FAR = "https://far.example"
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def actor(handle: str, kind: str = "Person", origin: str = HOME, **more: Any) -> Actor:
    """An actor, ours unless `origin` is another one."""
    uri = f"{origin}/{'groups' if kind == 'Group' else 'personas'}/{handle}"
    fields: dict[str, Any] = {
        "id": sum(handle.encode()),
        "uri": uri,
        "type": kind,
        "handle": handle,
        "authority": origin.removeprefix("https://"),
        "name": handle.title(),
        "summary": "",
        "inbox": f"{uri}/inbox",
        "outbox": f"{uri}/outbox",
        "followers": f"{uri}/followers",
        "shared_inbox": f"{origin}/inbox",
        "is_local": origin == HOME,
        "created_at": AT,
    }
    if kind == "Group":
        fields |= {"featured": f"{uri}/featured", "moderators": f"{uri}/moderators"}
    return Actor(**(fields | more))


def group(visibility: Any = "public", origin: str = HOME, **more: Any) -> GroupWithActor:
    """The group `calm`."""
    its = actor("calm", "Group", origin)
    fields: dict[str, Any] = {
        "actor_id": its.id,
        "visibility": visibility,
        "is_local": its.is_local,
        "guidelines": "",
        "created_by": None,
        "reply_policy": "anyone",
        "posting_policy": "members",
        "backfilled_at": None,
        "created_at": AT,
    }
    return GroupWithActor(group=Group(**(fields | more)), actor=its)


def public_group(origin: str = HOME, **more: Any) -> FederatedGroup:
    """The group `calm` as the wire may know it."""
    known = federated(group("public", origin, **more))
    assert known is not None
    return known


def post(number: int, author: Actor, parent: PostView | None = None, **more: Any) -> PostView:
    """A thread, or a reply to `parent`, at its author's host."""
    fields: dict[str, Any] = {
        "id": number,
        "uri": f"https://{author.authority}/posts/{number}",
        "group_id": 1,
        "thread_id": parent.post.thread_id if parent else number,
        "parent_id": parent.post.id if parent else None,
        "author_id": author.id,
        "title": None if parent else "A hard week",
        "content": "<p>Words</p>",
        "source": "Words",
        "wire_type": "Note" if parent else "Page",
        "is_local": author.is_local,
        "created_at": AT,
        "last_activity_at": AT,
    }
    return PostView(post=Post(**(fields | more)), author=author)
