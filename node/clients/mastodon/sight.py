"""Which of many posts one reader may read, decided before a word of them is opened: the rules of
`node/visibility.py`, asked for a whole page at once. Always the same number of queries.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from node.visibility import (
    is_moderator,
    may_read_group,
    may_read_profile_post,
    may_see_persona,
    may_see_place,
)
from storage.actors import Actor
from storage.memberships import Membership
from storage.posts import Whereabouts
from storage.profile_posts import Sight as SightOfOne
from storage.statuses import PlaceOfPosts, Standing
from storage.unit_of_work import UnitOfWork

_NOBODY = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader sees: `posts` are those that may be read, `places` the groups and profiles
    that they and the actors `others` are about."""

    reader: Actor | None
    posts: Mapping[int, Standing]
    places: Mapping[int, PlaceOfPosts]
    memberships: Mapping[int, Membership]
    hidden: frozenset[int]

    def unseen_in(self, group_id: int) -> frozenset[int]:
        """The authors that are not there for the reader in a group; who moderates it sees all."""
        if is_moderator(self.memberships.get(group_id)):
            return _NOBODY
        return self.hidden

    def shows(self, actor: Actor) -> bool:
        """Whether this person or group is there for the reader."""
        if actor.type != "Group":
            return may_see_persona(actor, self.hidden)
        place = self.places.get(actor.id)
        if place is None:
            return False
        return may_read_group(place.group, self.reader, self.memberships.get(actor.id))


def sight_of(
    uow: UnitOfWork, ids: Collection[int], reader: Actor | None, others: Iterable[int] = ()
) -> Sight:
    """Look at these posts with the reader's eyes."""
    standing = uow.statuses.standing(ids)
    sights = uow.profile_posts.sights(standing, reader.id if reader else None)
    about = {one.group_id for one in standing.values()} | set(others)
    authors = {one.author_id for one in standing.values() if not one.author_hidden}
    places = uow.statuses.places(about | authors)
    memberships: dict[int, Membership] = {}
    hidden = _NOBODY
    if reader is not None:
        memberships = uow.statuses.memberships(reader.id, about)
        hidden = uow.blocks.hides(reader.id)
    sight = Sight(reader, {}, places, memberships, hidden)
    readable = {
        number: one for number, one in standing.items() if _may_read(one, sights.get(number), sight)
    }
    return Sight(reader, readable, places, memberships, hidden)


def _may_read(post: Standing, seen: SightOfOne | None, sight: Sight) -> bool:
    place = sight.places.get(post.group_id)
    if place is None or post.is_gone:
        return False
    if place.is_profile:
        if post.is_folded and not _is_own(post, sight):
            return False
        return seen is not None and may_read_profile_post(seen, sight.reader, sight.hidden)
    if not may_read_group(place.group, sight.reader, sight.memberships.get(post.group_id)):
        return False
    # One's own words can always be taken back, wherever they stand.
    if _is_own(post, sight):
        return True
    if post.is_folded and not is_moderator(sight.memberships.get(post.group_id)):
        return False
    at = Whereabouts(post.group_id, post.author_id, post.thread_author_id, post.audience)
    return may_see_place(at, sight.unseen_in(post.group_id))


def _is_own(post: Standing, sight: Sight) -> bool:
    return sight.reader is not None and post.author_id == sight.reader.id


def may_read_post(uow: UnitOfWork, post_id: int, reader: Actor | None) -> bool:
    """Whether one post is there for the reader, a visitor where it is None."""
    return post_id in sight_of(uow, [post_id], reader).posts
