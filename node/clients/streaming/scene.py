"""All that has to be known to find out whom a batch of events concerns, read once for all of them:
the same few queries for one event and for hundreds, for one listener and for a thousand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from node.clients.streaming.hub import Listeners
from storage.events import Event
from storage.listening import Place
from storage.shares import Share
from storage.unit_of_work import UnitOfWork

ABOUT_POSTS = frozenset({"post", "edit", "delete"})
ABOUT_SHARES = frozenset({"share", "unshare"})
_OLD = frozenset({"edit", "share"})
"""Of posts that others may have answered and reacted to already."""
_NOT_STATUSES = frozenset({"user:notification", "direct"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`members` says how a listener belongs to a group or follows somebody, `named` who is named
    in a post, `tagged` who follows one of its hashtags, `apart` between whom and somebody in these
    events a block or a mute stands."""

    listeners: Listeners
    places: dict[int, Place]
    members: dict[tuple[int, int], str]
    named: dict[int, set[int]] = field(default_factory=dict)
    tagged: dict[int, set[int]] = field(default_factory=dict)
    shares: dict[int, list[Share]] = field(default_factory=dict)
    listed: list[tuple[int, int, int]] = field(default_factory=list)
    apart: frozenset[int] = frozenset()
    read_apart: frozenset[tuple[int, int]] = frozenset()
    filtering: frozenset[int] = frozenset()
    reacted: frozenset[int] = frozenset()


def post_of(event: Event) -> int | None:
    """The post that an event is about."""
    if event.kind in ABOUT_POSTS:
        return event.object_id
    return event.place_id if event.kind in ABOUT_SHARES else None


def look(uow: UnitOfWork, events: Sequence[Event], listeners: Listeners, now: datetime) -> Scene:
    """Read it. With nobody who hears statuses, or no event about one, nothing is read."""
    posts = {number for number in map(post_of, events) if number is not None}
    hearing = _who_hears_statuses(listeners)
    if not posts or not hearing:
        return Scene(listeners=listeners, places={}, members={})
    ask = uow.listening
    places = ask.places(posts)
    sharers = {event.actor_id for event in events if event.kind in ABOUT_SHARES}
    named = _by_post(ask.named(posts))
    sources = sharers | {one for place in places.values() for one in _sources(place)}
    old = {post_of(event) or 0 for event in events if event.kind in _OLD}
    people = sources.union(*named.values())
    if old:
        people |= ask.repliers(old)
    lists = [int(key) for kind, key in listeners.at if kind == "list"]
    return Scene(
        listeners=listeners,
        places=places,
        members=ask.members(sources, hearing),
        named=named,
        tagged=_by_post(ask.tag_followers(posts, hearing)),
        shares=_shares(uow, [one.object_id for one in events if one.kind == "delete"]),
        listed=ask.listed(lists, sources) if lists else [],
        apart=ask.apart_from(people, hearing, now) & hearing,
        read_apart=ask.read_apart(sources, hearing),
        filtering=ask.filtering(hearing),
        reacted=ask.reacted(old, hearing) if old else frozenset(),
    )


def _by_post(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for post_id, person in pairs:
        found.setdefault(post_id, set()).add(person)
    return found


def _who_hears_statuses(listeners: Listeners) -> frozenset[int]:
    found: set[int] = set()
    for (kind, _), personas in listeners.at.items():
        if kind not in _NOT_STATUSES:
            found |= personas
    return frozenset(found)


def _sources(place: Place) -> tuple[int, ...]:
    near = (place.group_id, place.author_id, place.thread_author_id)
    return near if place.parent_author_id is None else (*near, place.parent_author_id)


def _shares(uow: UnitOfWork, posts: Sequence[int]) -> dict[int, list[Share]]:
    found: dict[int, list[Share]] = {}
    for share in uow.shares.of_posts(posts) if posts else ():
        found.setdefault(share.post_id, []).append(share)
    return found
