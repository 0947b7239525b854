"""Who stands beside the posts of somebody who left a group and took the name along."""

from datetime import UTC, datetime

from storage.actors import Actor
from storage.post_record import Post

FORMER_MEMBER = Actor(
    id=0,
    uri="",
    type="Person",
    handle="former-member",
    authority="",
    name="",
    summary="",
    inbox="",
    is_local=True,
    created_at=datetime(1970, 1, 1, tzinfo=UTC),
)
"""Stands for everybody who left a group and took the name along."""


def shown_author(post: Post, author: Actor) -> Actor:
    """Who is shown to have written a post."""
    return FORMER_MEMBER if post.author_hidden else author
