"""Dereference: documents, actors, posts and collections of other nodes, under the origin rules."""

from dataclasses import dataclass

from activitypub.vocabulary import Post


@dataclass(frozen=True, slots=True)
class FetchedPost:
    """A post as its own authority serves it, or inline in a verified activity of that authority."""

    post: Post
