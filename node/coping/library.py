"""The library: published cards of all groups that a reader may read, from this node and its peers,
found by what they are for. Nothing is counted and nothing is ranked: the newest come first.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from node.coping.cards import KIND, Card
from node.coping.checking import Checking
from node.coping.rules import licences_for_remix
from node.coping.telling import Telling, Voices
from node.coping.tools import Shown, hidden_from, readable_groups, shown_of
from storage.actors import Actor
from storage.card_experiences import Experience
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

PAGE: Final = 24
CLOSED_MOST: Final = 200
"""Cards of private groups that are looked through for one page: they are found by no mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; "" stands for anything."""

    topic: str = ""
    effort: str = ""
    cost: str = ""
    language: str = ""
    words: str = ""

    @property
    def marks(self) -> list[str]:
        """By what cards that stand open are found."""
        named = (("topic", self.topic), ("effort", self.effort), ("cost", self.cost))
        return [f"{name}/{value}" for name, value in named if value]

    def fits(self, card: Card) -> bool:
        """The same for a card that was opened."""
        text = f"{card.title} {card.what} {card.when_it_helps}".lower()
        return (
            (not self.topic or self.topic in card.topics)
            and (not self.effort or self.effort == card.effort)
            and (not self.cost or self.cost == card.cost)
            and (not self.language or self.language == card.language)
            and all(word in text for word in self.words.lower().split()[:5])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One page of the library. `next` is where the following one starts, None on the last."""

    cards: list[Shown]
    views: list[PostView]
    next: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """A card for one reader: what else there is to know, and what the reader may do."""

    shown: Shown
    voices: Voices
    own: Experience | None = None
    is_kept: bool = False
    is_mine: bool = False
    may_check: bool = False
    may_remix: bool = False


class Library(Checking, Telling):
    """Use cases of readers."""

    def browse(
        self, uow: UnitOfWork, reader: Actor | None, wish: Wish, before: int | None = None
    ) -> Shelf:
        """One page of cards, those below id `before`. A handful of queries, whatever it holds."""
        groups, hidden = readable_groups(uow, reader), hidden_from(uow, reader)
        closed = {n for n, one in groups.items() if one.group.visibility == "private"}
        views, floor = self._views(uow, groups.keys() - closed, closed, wish, before)
        checks = uow.card_checks.of([view.post.id for view in views])
        cards = [
            (
                view,
                shown_of(view, view.article, groups[view.post.group_id], checks.get(view.post.id)),
            )
            for view in views
            if view.article is not None and view.post.author_id not in hidden
        ]
        fitting = [
            (view, one)
            for view, one in cards
            if view.post.group_id not in closed or wish.fits(one.card)
        ]
        page = fitting[:PAGE]
        return Shelf(
            cards=[one for _, one in page],
            views=[view for view, _ in page],
            next=page[-1][0].post.id if len(fitting) > PAGE else floor,
        )

    def _views(
        self,
        uow: UnitOfWork,
        open_groups: Set[int],
        closed: Set[int],
        wish: Wish,
        before: int | None,
    ) -> tuple[list[PostView], int | None]:
        """Cards that stand open and fit, and all of private groups, the newest first; and the id
        down to which they are complete, None when there are no more."""
        opened = uow.articles.in_groups(
            KIND,
            open_groups,
            PAGE + 1,
            before,
            marks=wish.marks,
            language=wish.language or None,
            words=wish.words,
        )
        sealed = uow.articles.in_groups(KIND, closed, CLOSED_MOST, before)
        ends = [
            found[-1].post.id
            for found, most in ((opened, PAGE + 1), (sealed, CLOSED_MOST))
            if len(found) == most
        ]
        floor = max(ends, default=None)
        views = [view for view in opened + sealed if floor is None or view.post.id >= floor]
        return sorted(views, key=lambda view: view.post.id, reverse=True), floor

    def card_page(self, uow: UnitOfWork, reader: Actor | None, post_id: int) -> CardPage:
        """One card. Raises NotFound."""
        shown = self.shown(uow, post_id, reader)
        voices = self.voices(uow, post_id)
        if reader is None:
            return CardPage(shown=shown, voices=voices)
        is_mine = shown.post.author_id == reader.id
        kept = uow.toolkit.of_persona(reader.id, 100)
        return CardPage(
            shown=shown,
            voices=voices,
            own=uow.card_experiences.own(post_id, reader.id),
            is_kept=any(one.post_id == post_id for one in kept),
            is_mine=is_mine,
            may_check=self.may_check(uow, shown, reader),
            may_remix=bool(licences_for_remix([shown.card.licence], all_own=is_mine)),
        )
