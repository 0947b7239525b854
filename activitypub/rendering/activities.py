"""Activities in the shapes of group-federation b2 to b13.

What came from elsewhere is put in exactly as it came (`raw`): a group must hand an activity on
unchanged, or its proof no longer verifies (FEP-1b12, FEP-8b32).
"""

from activitypub.rendering.actors import actor_body
from activitypub.rendering.members import one_or_list, put
from activitypub.rendering.posts import post_body, tombstone_body
from activitypub.vocabulary import (
    Accept,
    Activity,
    Actor,
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
    Post,
    Reject,
    Remove,
    Undo,
    Unknown,
    Update,
)

Body = dict[str, object]


def activity_body(activity: Activity) -> Body:
    """An activity without `@context`."""
    if isinstance(activity, Unknown) and activity.raw:
        return {name: value for name, value in activity.raw.items() if name != "@context"}
    body: Body = {"type": _type(activity), "actor": activity.actor}
    put(body, id=activity.id, published=activity.published)
    if activity.to:
        body["to"] = list(activity.to)
    if activity.cc:
        body["cc"] = list(activity.cc)
    if activity.audience:
        body["audience"] = one_or_list(activity.audience)
    _add_object(body, activity)
    _add_details(body, activity)
    return body


def _type(activity: Activity) -> str:
    return activity.type if isinstance(activity, Unknown) else type(activity).__name__


def _add_object(body: Body, activity: Activity) -> None:
    match activity:
        case Announce(objects=objects):
            written = [_announced(one) for one in objects]
            body["object"] = written[0] if len(written) == 1 else written
        case Flag(objects=named):
            body["object"] = one_or_list(named)
        case Delete(tombstone=tombstone) if tombstone is not None:
            body["object"] = tombstone_body(tombstone)
        case Accept() | Reject() | Undo() | Create() | Update():
            body["object"] = _inner(activity.object)
        case (
            Follow()
            | Delete()
            | Like()
            | EmojiReact()
            | Dislike()
            | Add()
            | Remove()
            | Lock()
            | Block()
        ):
            body["object"] = activity.object
        case _:
            pass


def _add_details(body: Body, activity: Activity) -> None:
    match activity:
        case Add() | Remove():
            put(body, target=activity.target)
        case Like() | EmojiReact():
            put(body, content=activity.content)
        case Lock():
            put(body, summary=activity.summary)
        case Delete():
            _add_removal(body, activity)
        case Block():
            put(body, target=activity.target, summary=activity.summary, endTime=activity.end_time)
            put(body, removeData=activity.remove_data or None)
        case Flag():
            # Mastodon reads the words of a report in `content`, Lemmy in `summary`.
            put(body, content=activity.content, summary=activity.content)
        case _:
            pass


def _add_removal(body: Body, delete: Delete) -> None:
    if delete.summary is not None:
        # An empty reason is still a moderator's removal, so it is written even when empty.
        body["summary"] = delete.summary
    put(body, withReplies=delete.with_replies or None, removeData=delete.remove_data or None)


def _inner(thing: Activity | Post | Actor | str) -> object:
    if isinstance(thing, str):
        return thing
    if isinstance(thing, Actor):
        return actor_body(thing)
    if thing.raw:
        return thing.raw
    return post_body(thing) if isinstance(thing, Post) else activity_body(thing)


def _announced(thing: Activity | Post | str) -> object:
    """A bare post gets an `actor`, without which Lemmy refuses the twin Announce (b4)."""
    if isinstance(thing, Post):
        return {**(thing.raw or post_body(thing)), "actor": thing.attributed_to}
    return _inner(thing)
