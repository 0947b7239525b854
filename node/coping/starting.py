"""The starter set: cards in words of our own (CC0) that an administrator publishes into a group, so
that nobody meets an empty library."""

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from node.coping.cards import KIND, Card, card_of
from node.coping.drafting import Drafting
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

LANGUAGE: Final = "en"
LOOKED_AT: Final = 500


@cache
def starter_cards() -> tuple[Card, ...]:
    """The set that is shipped."""
    text = files("node.coping").joinpath("starter_cards.toml").read_text("utf-8")
    return tuple(_card(one) for one in tomllib.loads(text)["card"])


class Starting(Drafting):
    """Use cases of those who open a library."""

    def missing_starters(self, uow: UnitOfWork, group_id: int) -> list[Card]:
        """Those of the set that the group does not have yet, by their names."""
        views = uow.articles.in_groups(KIND, [group_id], LOOKED_AT)
        there = {view.post.title for view in views}
        return [card for card in starter_cards() if card.title not in there]

    def publish_starters(self, uow: UnitOfWork, persona: Actor, group_id: int) -> int:
        """Publish what the group does not have yet; how many cards that were. Doing it again does
        nothing more. Raises Refused, NotFound."""
        missing = self.missing_starters(uow, group_id)
        for card in missing:
            own = self.begin(uow, persona, card)
            self.publish(uow, persona, own.id, group_id)
        return len(missing)


def _card(one: dict[str, Any]) -> Card:
    form = {name: one[name] for name in ("title", "what", "when_it_helps", "effort", "cost")}
    form |= {"source": one["source"], "basis": "source", "licence": "cc0", "language": LANGUAGE}
    form |= {f"topic-{slug}": "yes" for slug in one["topics"]}
    return replace(card_of(form), steps=tuple(one["steps"]))
