"""A sent activity as it may be shown now: words that were changed or taken back are not repeated.

An activity must dereference at its id for as long as peers may ask (compatibility rule 5), but a
Create must not keep showing what its author has since edited out or deleted. Where it carries such
a post, something else takes its place: a pointer to the post, or the post as it is now. The proof
made over the old words goes with them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from activitypub.vocabulary import POST_TYPES
from node.groups.rules import is_gone
from storage.posts import Post

Replacement = str | dict[str, object]
"""What stands for an outdated post: its id, or its present document without `@context`."""


def posts_in(activity: object) -> Iterator[str]:
    """The ids of the posts that an activity carries inline, however deep in its `object`."""
    if isinstance(activity, list):
        for one in activity:
            yield from posts_in(one)
    elif isinstance(activity, dict):
        if activity.get("type") in POST_TYPES and isinstance(activity.get("id"), str):
            yield activity["id"]
        else:
            yield from posts_in(activity.get("object"))


def as_it_stands(body: bytes, posts: Mapping[str, Post], sent_at: datetime) -> bytes:
    """`body`, sent at `sent_at`, with outdated posts as pointers; unchanged when there are none.

    `posts` are the posts that it carries, by URI, as they are now.
    """
    outdated = [uri for uri, post in posts.items() if is_outdated(post, sent_at)]
    return with_replaced(body, {uri: uri for uri in outdated})


def is_outdated(post: Post, sent_at: datetime) -> bool:
    """Whether the post has been edited, deleted or removed since."""
    return is_gone(post) or (post.edited_at is not None and post.edited_at > sent_at)


def with_replaced(body: bytes, replacements: Mapping[str, Replacement]) -> bytes:
    """The activity in `body` with other things where it carries the posts of these ids."""
    if not replacements:
        return body
    document, changed = _replaced(msgspec.json.decode(body), replacements)
    return msgspec.json.encode(document) if changed else body


def _replaced(value: Any, replacements: Mapping[str, Replacement]) -> tuple[Any, bool]:
    if isinstance(value, list):
        pairs = [_replaced(one, replacements) for one in value]
        return [one for one, _ in pairs], any(changed for _, changed in pairs)
    if not isinstance(value, dict):
        return value, False
    if value.get("type") in POST_TYPES and value.get("id") in replacements:
        return replacements[value["id"]], True
    inner, changed = _replaced(value.get("object"), replacements)
    if not changed:
        return value, False
    kept = {name: member for name, member in value.items() if name != "proof"}
    return {**kept, "object": inner}, True
