"""Typed things to documents and bytes, with the `@context` that goes with them.

The counterpart of `parse.py`: what we write, our own parser reads back as the same thing (a test
says so). Which shapes and why is told in `rendering/`, a module per family; `shapes.py` builds the
activities with the addresses that each peer expects.
"""

import msgspec

from activitypub.contexts import (
    ACTIVITY_CONTEXT,
    ACTOR_ACTIVITY_CONTEXT,
    ACTOR_CONTEXT,
    ARTICLE_ACTIVITY_CONTEXT,
    ARTICLE_CONTEXT,
    PLAIN_CONTEXT,
    POST_CONTEXT,
)
from activitypub.rendering.activities import activity_body
from activitypub.rendering.actors import actor_body
from activitypub.rendering.collections import render_collection, render_count, render_page
from activitypub.rendering.posts import post_body, tombstone_body
from activitypub.vocabulary import (
    Activity,
    Actor,
    Announce,
    Create,
    Post,
    Tombstone,
    Unknown,
    Update,
)

__all__ = [
    "render_activity",
    "render_actor",
    "render_collection",
    "render_count",
    "render_page",
    "render_post",
    "render_tombstone",
    "to_bytes",
]

Document = dict[str, object]


def render_actor(actor: Actor) -> Document:
    """An actor's document. Without `implements` it declares what this software does (FEP-844e)."""
    return {"@context": ACTOR_CONTEXT, **actor_body(actor)}


def render_post(post: Post) -> Document:
    """A post's document; one that came from elsewhere (`raw`) is written anew from its fields."""
    context = POST_CONTEXT if post.article is None else ARTICLE_CONTEXT
    return {"@context": context, **post_body(post)}


def render_tombstone(tombstone: Tombstone) -> Document:
    """What a deleted post's id answers, with 410 (ActivityPub 6.4, FEP-4f05)."""
    return {"@context": PLAIN_CONTEXT, **tombstone_body(tombstone)}


def render_activity(activity: Activity) -> Document:
    """An activity's document. Inner things that came from elsewhere stand in it as they came.

    The context has what a FEP-8b32 proof needs; `activitypub.signatures` adds the proof.
    """
    about_actor = isinstance(activity, Update) and isinstance(activity.object, Actor)
    context = ACTOR_ACTIVITY_CONTEXT if about_actor else ACTIVITY_CONTEXT
    if _tells_of_article(activity):
        context = ARTICLE_ACTIVITY_CONTEXT
    return {"@context": context, **activity_body(activity)}


def _tells_of_article(activity: Activity) -> bool:
    """Whether terms of articles stand in the activity, or in one that it hands on."""
    if isinstance(activity, Announce):
        return any(_holds_article(one) for one in activity.objects)
    return isinstance(activity, Create | Update) and _holds_article(activity.object)


def _holds_article(thing: object) -> bool:
    if isinstance(thing, Post):
        return thing.article is not None
    if isinstance(thing, Unknown):
        inner = thing.raw.get("object")
        return isinstance(inner, dict) and "articleKind" in inner
    return isinstance(thing, Create | Update) and _holds_article(thing.object)


def to_bytes(document: Document) -> bytes:
    """The document as UTF-8 JSON: rendered once, signed and sent as these very bytes."""
    return msgspec.json.encode(document)
