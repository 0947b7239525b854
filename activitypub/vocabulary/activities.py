"""Activities. One frozen class per type; `object` is an id or the typed thing that came inline.

`raw` holds the members exactly as received: a group must forward an activity unchanged so that its
proof still verifies (FEP-1b12, FEP-8b32).
"""

from datetime import datetime

import msgspec

from activitypub.vocabulary.actors import Actor
from activitypub.vocabulary.objects import Post, Tombstone


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """What every activity has. `audience` names groups (FEP-1b12); `to` and `cc` are ids.

    `id` is empty only in an activity inside an Accept, Reject or Undo that came without one.
    """

    id: str
    actor: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    published: datetime | None = None
    raw: dict[str, object] = msgspec.field(default_factory=dict)


class Follow(Activity, frozen=True, kw_only=True):
    """`object` is the actor to follow: for us, joining a group."""

    object: str


class Accept(Activity, frozen=True, kw_only=True):
    """`object` is the accepted Follow, inline (Lemmy) or by id (Guppe, Misskey)."""

    object: "Activity | str"


class Reject(Activity, frozen=True, kw_only=True):
    """As Accept; also ends a follow that was accepted before."""

    object: "Activity | str"


class Undo(Activity, frozen=True, kw_only=True):
    """`object` is the activity to revert, inline or by id."""

    object: "Activity | str"


class Create(Activity, frozen=True, kw_only=True):
    """A new post."""

    object: Post | str


class Update(Activity, frozen=True, kw_only=True):
    """An edited post, or a changed actor."""

    object: Post | Actor | str


class Delete(Activity, frozen=True, kw_only=True):
    """`object` is the id of what goes. A `summary`, even an empty one (Mbin), makes it a
    moderator's removal (b9). With `remove_data` an actor takes all its posts along (b8).
    """

    object: str
    tombstone: Tombstone | None = None
    summary: str | None = None
    with_replies: bool = False
    remove_data: bool = False


class Like(Activity, frozen=True, kw_only=True):
    """`content` is the emoji of FEP-c0e0, when there is one."""

    object: str
    content: str | None = None


class EmojiReact(Activity, frozen=True, kw_only=True):
    """A reaction with an emoji (FEP-c0e0)."""

    object: str
    content: str


class Dislike(Activity, frozen=True, kw_only=True):
    """A down-vote: read, and never shown or counted here."""

    object: str


class Announce(Activity, frozen=True, kw_only=True):
    """What a group hands on: an activity, a post, an id, or a batch (PieFed, FEP-1a11).

    What is announced is a pointer until it is verified on its own.
    """

    objects: tuple["Activity | Post | str", ...]


class Add(Activity, frozen=True, kw_only=True):
    """`object` (an id) enters the collection `target`: a moderator or a pinned thread."""

    object: str
    target: str | None = None


class Remove(Activity, frozen=True, kw_only=True):
    """`object` leaves the collection `target`."""

    object: str
    target: str | None = None


class Lock(Activity, frozen=True, kw_only=True):
    """No new replies below `object`. `summary` is the reason."""

    object: str
    summary: str | None = None


class Block(Activity, frozen=True, kw_only=True):
    """A ban of `object` from `target` (b13)."""

    object: str
    target: str | None = None
    summary: str | None = None
    end_time: datetime | None = None
    remove_data: bool = False


class Flag(Activity, frozen=True, kw_only=True):
    """A report (b12). `objects` may hold actors and posts."""

    objects: tuple[str, ...]
    content: str | None = None


class Unknown(Activity, frozen=True, kw_only=True):
    """An activity of a type we do not speak: kept, answered 202, ignored.

    It may also be a Create or Update of something that is neither post nor actor, such as a
    private `ChatMessage`; `object_type` says what.
    """

    type: str
    object_type: str | None = None
