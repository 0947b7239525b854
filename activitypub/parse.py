"""Untrusted bytes to one typed thing, or one WireError: the door through which peers speak.

`read_json` turns bytes into a plain JSON object and refuses what would not mean the same to every
reader. `sender` reads the envelope that the inbox needs first. The others turn a document into the
types of `vocabulary/`. They are lenient about shape (a URL, an object with an id and a list of
those are one thing) and strict about meaning. Whatever comes in, nothing but a WireError leaves.
The work is done in `parsing/`, a module per family.
"""

from typing import Any

from activitypub.errors import WireError
from activitypub.parsing.activities import ACTIVITY_TYPES, parse_activity
from activitypub.parsing.actors import parse_actor
from activitypub.parsing.collections import COLLECTION_TYPES, parse_collection
from activitypub.parsing.envelope import sender
from activitypub.parsing.fields import document_type
from activitypub.parsing.json_reading import read_json
from activitypub.parsing.posts import parse_post, parse_tombstone
from activitypub.vocabulary import (
    ACTOR_TYPES,
    POST_TYPES,
    Activity,
    Actor,
    Collection,
    Post,
    Tombstone,
)

__all__ = [
    "parse_activity",
    "parse_actor",
    "parse_collection",
    "parse_object",
    "parse_post",
    "parse_tombstone",
    "read_json",
    "sender",
]


def parse_object(document: dict[str, Any]) -> Actor | Post | Tombstone | Collection | Activity:
    """Whatever `document` is, by its type: what a fetch of an unknown id brought.

    A type that is not known is an activity if it has an actor (`Unknown`). Raises WireError
    "unexpected-type" if it has none, and the reasons of the other parsers.
    """
    kind = document_type(document)
    if kind in ACTOR_TYPES:
        return parse_actor(document)
    if kind in POST_TYPES:
        return parse_post(document)
    if kind in COLLECTION_TYPES:
        return parse_collection(document)
    if kind == "Tombstone":
        return parse_tombstone(document)
    if kind in ACTIVITY_TYPES or "actor" in document:
        return parse_activity(document)
    raise WireError("unexpected-type", f"{kind} is not a type that we read")
