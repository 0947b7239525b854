"""What a reader's own filters and mutes make of the posts on a page: left out of lists, folded away
in threads, or as they are. Apps ask the same rules (`filter_rules`) in their own shapes.

Whoever wrote a post has no filter on it, and whoever moderates sees all that is written: a group's
page for moderators asks nobody's sieve.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from activitypub.plain_text import plain_text
from node.i18n import N_
from node.safety.filter_rules import Match, matches
from node.safety.filters import Filters
from node.safety.muting import LeftOut, Muting
from storage.actors import Actor
from storage.filters import Filter, FilterContext
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

MUTED = N_("Somebody whom you read less of")


@dataclass(frozen=True, slots=True)
class Folded:
    """Why a post is folded away: the reader's own title of the filter, or a sentence of ours.
    `is_away`: its words are not on the page at all."""

    why: str
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Sieve:
    """One reader's filters and mutes as they are now."""

    reader_id: int | None = None
    filters: tuple[Filter, ...] = ()
    left_out: LeftOut = field(default_factory=LeftOut)

    def in_list(self, views: Iterable[PostView], context: FilterContext) -> list[PostView]:
        """The posts that a list shows, in their order."""
        return [one for one in views if not self._leaves_out(one, context)]

    def folded(self, views: Iterable[PostView], context: FilterContext) -> dict[int, Folded]:
        """By id, those of the posts that are folded away where they cannot be left out."""
        found = {one.post.id: self._fold(one, context) for one in views}
        return {number: why for number, why in found.items() if why is not None}

    def _leaves_out(self, view: PostView, context: FilterContext) -> bool:
        if view.post.author_id == self.reader_id:
            return False
        if self.left_out.has(view.author):
            return True
        return any(one.filter.action == "hide" for one in self._met(view, context))

    def _fold(self, view: PostView, context: FilterContext) -> Folded | None:
        if view.post.author_id == self.reader_id:
            return None
        if self.left_out.has(view.author):
            return Folded(MUTED)
        met = self._met(view, context)
        if not met:
            return None
        return Folded(met[0].filter.title, any(one.filter.action == "hide" for one in met))

    def _met(self, view: PostView, context: FilterContext) -> list[Match]:
        here = [one for one in self.filters if context in one.contexts]
        if not here:
            return []
        post = view.post
        texts = (post.title or "", post.content_warning or "", plain_text(post.content))
        return matches(here, texts, (post.id,))


def sieve_of(uow: UnitOfWork, filters: Filters, muting: Muting, reader: Actor | None) -> Sieve:
    """Four queries at most, whatever is put through it; none for a visitor."""
    if reader is None:
        return Sieve()
    return Sieve(reader.id, filters.on(uow, reader), muting.left_out(uow, reader))
