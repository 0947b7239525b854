"""The typed words of the wire: actors, posts, activities and collections, frozen and normalised.

Everything here has one shape whatever the sender's dialect was: ids are strings, lists are tuples,
times are aware UTC. `parse.py` makes these from bytes; `render.py` makes bytes from them.
"""

from activitypub.vocabulary.activities import (
    Accept,
    Activity,
    Add,
    Announce,
    Block,
    Create,
    Delete,
    Dislike,
    EmojiReact,
    Flag,
    Follow,
    Like,
    Lock,
    Reject,
    Remove,
    Undo,
    Unknown,
    Update,
)
from activitypub.vocabulary.actors import Actor, MultiKey, PublicKey
from activitypub.vocabulary.collections import Collection
from activitypub.vocabulary.objects import Attachment, Post, Source, Tag, Tombstone
from activitypub.vocabulary.terms import (
    ACTOR_TYPES,
    AS_CONTEXT,
    GROUP_TYPES,
    IMPLEMENTS,
    KITH_NS,
    POST_TYPES,
    PUBLIC,
    REACTIONS,
    REPLIES_WANTED,
)

__all__ = [
    "ACTOR_TYPES",
    "AS_CONTEXT",
    "GROUP_TYPES",
    "IMPLEMENTS",
    "KITH_NS",
    "POST_TYPES",
    "PUBLIC",
    "REACTIONS",
    "REPLIES_WANTED",
    "Accept",
    "Activity",
    "Actor",
    "Add",
    "Announce",
    "Attachment",
    "Block",
    "Collection",
    "Create",
    "Delete",
    "Dislike",
    "EmojiReact",
    "Flag",
    "Follow",
    "Like",
    "Lock",
    "MultiKey",
    "Post",
    "PublicKey",
    "Reject",
    "Remove",
    "Source",
    "Tag",
    "Tombstone",
    "Undo",
    "Unknown",
    "Update",
]
