"""One or two cards for a moment: what somebody put by for it comes first. For other rooms, such as
the page of a setback and the wellbeing plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from node.coping.cards import KIND
from node.coping.keeping import Keeping
from node.coping.tools import card_of_post, hidden_from, readable_groups
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

FEW = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A card to offer. `note` is what its keeper wrote to themselves, "" for a card of others."""

    title: str
    what: str
    path: str
    note: str = ""
    is_own_choice: bool = False


class Suggesting(Keeping):
    """Use cases of other rooms."""

    def suggest(
        self, uow: UnitOfWork, persona: Actor, topics: Iterable[str] = (), most: int = FEW
    ) -> list[Suggestion]:
        """From one's own toolkit, what is for a hard moment first; then, if that is empty, easy and
        free cards on these topics, the newest first."""
        own = [
            Suggestion(
                title=one.card.title,
                what=one.card.what,
                path=one.path,
                note=one.item.note,
                is_own_choice=True,
            )
            for one in self.toolkit(uow, persona)
            if one.card is not None
        ][:most]
        return own or self._from_library(uow, persona, tuple(topics), most)

    def _from_library(
        self, uow: UnitOfWork, persona: Actor, topics: tuple[str, ...], most: int
    ) -> list[Suggestion]:
        groups, hidden = readable_groups(uow, persona), hidden_from(uow, persona)
        found: dict[int, Suggestion] = {}
        for marks in (
            *(["effort/little", f"topic/{one}"] for one in topics[:5]),
            ["effort/little"],
        ):
            if len(found) >= most:
                break
            for view in uow.articles.in_groups(KIND, groups.keys(), most + 5, marks=marks):
                if view.article is None or view.post.author_id in hidden:
                    continue
                card = card_of_post(view.post, view.article)
                found[view.post.id] = Suggestion(
                    title=card.title, what=card.what, path=f"/coping/{view.post.id}"
                )
        return list(found.values())[:most]
