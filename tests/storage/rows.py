"""Records with everything filled in that a test does not care about."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from storage.accounts import Account
from storage.activities import OutboxActivity
from storage.actors import Actor
from storage.deliveries import Delivery
from storage.groups import Group
from storage.jobs import Job
from storage.memberships import Membership
from storage.peers import Peer
from storage.posts import Post
from storage.reactions import Reaction
from storage.receipts import Receipt
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")

NOW = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def an_account(id: int, **other: Any) -> Account:
    fields: dict[str, Any] = {
        "id": id,
        "email": f"person{id}@example.org",
        "name": f"Person{id}",
        "password_hash": "$argon2id$",
        "role": "member",
        "created_at": NOW,
    }
    return Account(**fields | other)


def an_actor(id: int, *, host: str = "here.example", **other: Any) -> Actor:
    uri = f"https://{host}/actors/{id}"
    fields: dict[str, Any] = {
        "id": id,
        "uri": uri,
        "type": "Person",
        "handle": f"Actor{id}",
        "authority": host,
        "name": f"Actor {id}",
        "summary": "",
        "inbox": f"{uri}/inbox",
        "is_local": host == "here.example",
        "created_at": NOW,
    }
    return Actor(**fields | other)


def a_group(actor_id: int, **other: Any) -> Group:
    fields: dict[str, Any] = {
        "actor_id": actor_id,
        "visibility": "public",
        "is_local": True,
        "guidelines": "",
        "reply_policy": "members",
        "posting_policy": "members",
        "created_at": NOW,
    }
    return Group(**fields | other)


def a_membership(group_id: int, actor_id: int, **other: Any) -> Membership:
    fields: dict[str, Any] = {
        "group_id": group_id,
        "actor_id": actor_id,
        "state": "accepted",
        "role": "member",
        "created_at": NOW,
        "changed_at": NOW,
    }
    return Membership(**fields | other)


def a_thread(id: int, group_id: int, author_id: int, **other: Any) -> Post:
    fields: dict[str, Any] = {
        "id": id,
        "uri": f"https://here.example/posts/{id}",
        "group_id": group_id,
        "thread_id": id,
        "author_id": author_id,
        "title": f"Thread {id}",
        "content": "<p>Hello</p>",
        "source": "Hello",
        "wire_type": "Page",
        "is_local": True,
        "created_at": NOW,
        "last_activity_at": NOW,
    }
    return Post(**fields | other)


def a_reply(id: int, to: Post, author_id: int, **other: Any) -> Post:
    place = {
        "thread_id": to.thread_id,
        "parent_id": to.id,
        "depth": to.depth + 1,
        "title": None,
        "wire_type": "Note",
    }
    return a_thread(id, to.group_id, author_id, **place | other)


def a_reaction(id: int, post_id: int, actor_id: int, **other: Any) -> Reaction:
    fields: dict[str, Any] = {
        "id": id,
        "post_id": post_id,
        "actor_id": actor_id,
        "kind": "me-too",
        "uri": f"https://here.example/reactions/{id}",
        "created_at": NOW,
    }
    return Reaction(**fields | other)


def a_receipt(id: int, **other: Any) -> Receipt:
    fields: dict[str, Any] = {
        "id": id,
        "actor_uri": "https://there.example/u/kim",
        "activity_uri": f"https://there.example/activities/{id}",
        "type": "Create",
        "authority": "there.example",
        "signed_by": "https://there.example/u/kim#main-key",
        "ordering_key": f"https://there.example/posts/{id}",
        "body": b'{"type":"Create"}',
        "received_at": NOW,
        "next_attempt_at": NOW,
    }
    return Receipt(**fields | other)


def an_activity(id: int, actor_id: int, **other: Any) -> OutboxActivity:
    fields: dict[str, Any] = {
        "id": id,
        "uri": f"https://here.example/activities/{id}",
        "actor_id": actor_id,
        "type": "Create",
        "object_uri": None,
        "root": "https://here.example/posts/1",
        "body": b"{}",
        "cavage_digest": "SHA-256=x",
        "content_digest": "sha-256=:x:",
        "public": True,
        "created_at": NOW,
    }
    return OutboxActivity(**fields | other)


def a_peer(id: int, **other: Any) -> Peer:
    fields: dict[str, Any] = {"id": id, "authority": f"peer{id}.example", "created_at": NOW}
    return Peer(**fields | other)


def a_delivery(id: int, activity_id: int, peer_id: int, **other: Any) -> Delivery:
    fields: dict[str, Any] = {
        "id": id,
        "activity_id": activity_id,
        "peer_id": peer_id,
        "inbox": f"https://peer{peer_id}.example/inbox",
        "root": f"https://here.example/posts/{id}",
        "object_uri": f"https://here.example/posts/{id}",
        "type": "Create",
        "next_attempt_at": NOW,
        "created_at": NOW,
    }
    return Delivery(**fields | other)


def a_job(id: int, **other: Any) -> Job:
    fields: dict[str, Any] = {
        "id": id,
        "kind": "backfill",
        "target": f"https://there.example/c/{id}",
        "next_attempt_at": NOW,
        "created_at": NOW,
    }
    return Job(**fields | other)


def found_group(
    uow: UnitOfWork, actor_id: int, *, host: str = "here.example", **other: Any
) -> None:
    """A group with its actor."""
    uow.actors.add(an_actor(actor_id, host=host, type="Group", handle=f"group{actor_id}"))
    uow.groups.add(a_group(actor_id, is_local=host == "here.example", **other))


def each(do: Callable[[T], object], records: Iterable[T]) -> None:
    """Does the same with every record, where only an expression fits."""
    for record in records:
        do(record)
