"""The toolkit: cards that somebody keeps at hand, in their own order, each with a note to oneself.
What is for a hard moment comes first."""

from dataclasses import dataclass, replace
from typing import Final

from node.coping.cards import KIND, Card, card_from_body
from node.coping.tools import Tools, card_of_post, hidden_from, readable_groups
from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from storage.actors import Actor
from storage.toolkit import ToolkitItem
from storage.unit_of_work import UnitOfWork

MOST: Final = 100
NOTE_MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One thing in a toolkit; `card` is None when its author took it back, or nobody may read it
    here any more. `path` leads to the card."""

    item: ToolkitItem
    card: Card | None
    path: str


class Keeping(Tools):
    """Use cases of one's own toolkit."""

    def toolkit(self, uow: UnitOfWork, persona: Actor) -> list[Kept]:
        """All of it: what is for a hard moment first, each part in its owner's order."""
        items = uow.toolkit.of_persona(persona.id, MOST)
        own = {
            one.id: card_from_body(one.body)
            for one in uow.own_cards.of_persona(persona.id, 200)
            if any(item.card_id == one.id for item in items)
        }
        posts = self._readable(uow, persona, [one.post_id for one in items if one.post_id])
        kept = [
            Kept(
                item=item,
                card=own.get(item.card_id or 0) or posts.get(item.post_id or 0),
                path=f"/coping/drafts/{item.card_id}"
                if item.card_id
                else f"/coping/{item.post_id}",
            )
            for item in items
        ]
        return sorted(kept, key=lambda one: not one.item.for_hard_moment)

    def _readable(self, uow: UnitOfWork, persona: Actor, post_ids: list[int]) -> dict[int, Card]:
        """Those of the posts that still are cards which the owner may read."""
        groups, hidden = readable_groups(uow, persona), hidden_from(uow, persona)
        return {
            view.post.id: card_of_post(view.post, view.article)
            for view in uow.articles.among(KIND, post_ids, groups)
            if view.article is not None and view.post.author_id not in hidden
        }

    def is_in_toolkit(self, uow: UnitOfWork, persona: Actor, post_id: int) -> bool:
        """Whether a published card is kept already."""
        return any(one.post_id == post_id for one in uow.toolkit.of_persona(persona.id, MOST))

    def save(self, uow: UnitOfWork, persona: Actor, post_id: int) -> ToolkitItem:
        """Keep a published card at hand; twice is once. Raises NotFound, Refused."""
        self.shown(uow, post_id, persona)
        return self._add(uow, persona, post_id=post_id, card_id=None)

    def save_own(self, uow: UnitOfWork, persona: Actor, card_id: int) -> ToolkitItem:
        """Keep one of one's own cards at hand. Raises NotFound, Refused."""
        if not uow.own_cards.is_own(persona.id, card_id):
            raise NotFound
        return self._add(uow, persona, post_id=None, card_id=card_id)

    def _add(
        self, uow: UnitOfWork, persona: Actor, *, post_id: int | None, card_id: int | None
    ) -> ToolkitItem:
        items = uow.toolkit.of_persona(persona.id, MOST)
        for one in items:
            if (one.post_id, one.card_id) == (post_id, card_id):
                return one
        if len(items) >= MOST:
            raise Refused(N_("Your toolkit is full. Take something out first."), "too-many")
        item = ToolkitItem(
            id=self.new_id(),
            persona_id=persona.id,
            place=max((one.place for one in items), default=0) + 1,
            post_id=post_id,
            card_id=card_id,
            created_at=self.now(),
        )
        uow.toolkit.put(item)
        return item

    def note(
        self, uow: UnitOfWork, persona: Actor, item_id: int, note: str, *, hard: bool
    ) -> ToolkitItem:
        """Change the note to oneself, and whether it is for a hard moment. Raises Invalid."""
        item = self._item(uow, persona, item_id)
        note = note.replace("\r\n", "\n").replace("\x00", "").strip()
        if len(note) > NOTE_MOST:
            raise Invalid("note", N_("Your note is too long; up to 500 characters fit."))
        changed = replace(item, note=note, for_hard_moment=hard)
        uow.toolkit.put(changed)
        return changed

    def move(self, uow: UnitOfWork, persona: Actor, item_id: int, *, up: bool) -> None:
        """Change places with the neighbour; at the end nothing changes."""
        item = self._item(uow, persona, item_id)
        shown = [one.item for one in self.toolkit(uow, persona)]
        part = [one for one in shown if one.for_hard_moment == item.for_hard_moment]
        at = next(n for n, one in enumerate(part) if one.id == item.id)
        other = at - 1 if up else at + 1
        if 0 <= other < len(part):
            part[at], part[other] = part[other], part[at]
            for place, one in enumerate(part, 1):
                if one.place != place:
                    uow.toolkit.put(replace(one, place=place))

    def take_out(self, uow: UnitOfWork, persona: Actor, item_id: int) -> None:
        """Keep it no longer. Raises NotFound."""
        if not uow.toolkit.drop(persona.id, item_id):
            raise NotFound

    def _item(self, uow: UnitOfWork, persona: Actor, item_id: int) -> ToolkitItem:
        if not uow.toolkit.is_own(persona.id, item_id):
            raise NotFound
        found = uow.toolkit.of_persona(persona.id, MOST)
        return next(one for one in found if one.id == item_id)
