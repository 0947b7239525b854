"""Writing a card: first for oneself alone, then kept or published into a group; changed, made anew
from somebody else's, taken back."""

from dataclasses import replace
from typing import Final

from node.coping.cards import (
    CHAIN_MOST,
    Card,
    Origin,
    article_of,
    body_of,
    card_from_body,
    card_of,
    form_of,
    text_of,
)
from node.coping.rules import Event, bound_to, licences_for_remix, may_go_into, next_state
from node.coping.tools import Shown, Tools, handle_of, insist_signed_by
from node.errors import Invalid, NotFound, Refused
from node.groups.drafts import ThreadDraft
from node.groups.place import group_for
from node.i18n import N_
from storage.actors import Actor
from storage.coping_cards import OwnCard
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

STAYS: Final = N_(
    "It was made from a card that fewer people can read."
    " Choose the group of that card, or one that stays here."
)
OWN_MOST = 200
"""Drafts and kept cards of one persona."""


class Drafting(Tools):
    """Use cases of who writes cards."""

    def own_cards(self, uow: UnitOfWork, persona: Actor) -> list[tuple[OwnCard, Card]]:
        """Drafts and kept cards."""
        found = uow.own_cards.of_persona(persona.id, OWN_MOST)
        return [(one, card_from_body(one.body)) for one in found]

    def own_card(self, uow: UnitOfWork, persona: Actor, card_id: int) -> tuple[OwnCard, Card]:
        """One of them. Raises NotFound."""
        found = uow.own_cards.get(persona.id, card_id)
        if found is None:
            raise NotFound
        return found, card_from_body(found.body)

    def begin(self, uow: UnitOfWork, persona: Actor, card: Card) -> OwnCard:
        """A new draft, which nobody else can read. Raises Refused."""
        if len(uow.own_cards.of_persona(persona.id, OWN_MOST)) >= OWN_MOST:
            raise Refused(N_("Your shelf is full. Take away a draft first."), "too-many")
        now = self.now()
        own = OwnCard(
            id=self.new_id(),
            persona_id=persona.id,
            state="draft",
            body=body_of(card),
            created_at=now,
            changed_at=now,
        )
        uow.own_cards.put(own)
        return own

    def write(self, uow: UnitOfWork, persona: Actor, card_id: int, card: Card) -> OwnCard:
        """Other words in a draft or a kept card. Where it was made from stays."""
        own, before = self.own_card(uow, persona, card_id)
        _step(own, "write")
        card = replace(card, made_from=before.made_from, bound=before.bound)
        changed = replace(own, body=body_of(card), changed_at=self.now())
        uow.own_cards.put(changed)
        return changed

    def keep(self, uow: UnitOfWork, persona: Actor, card_id: int) -> OwnCard:
        """Keep a draft for oneself. Raises Invalid while something is missing."""
        own, card = self.own_card(uow, persona, card_id)
        if own.state == "kept":
            return own
        _step(own, "keep")
        _finished(card)
        kept = replace(own, state="kept", changed_at=self.now())
        uow.own_cards.put(kept)
        return kept

    def drop(self, uow: UnitOfWork, persona: Actor, card_id: int) -> None:
        """Throw a draft or a kept card away. Raises NotFound."""
        if not uow.own_cards.drop(persona.id, card_id):
            raise NotFound

    def publish(self, uow: UnitOfWork, persona: Actor, card_id: int, group_id: int) -> Post:
        """Make it a thread of a group; what was the writer's alone is gone then. Raises Invalid,
        Refused, NotFound."""
        own, draft = self.own_card(uow, persona, card_id)
        card = _finished(draft)
        _step(own, "publish-medical" if card.touches_medicine else "publish")
        group = group_for(uow, group_id, persona)
        if not may_go_into(draft.bound, group_id, group.group.visibility):
            raise Invalid("group", STAYS)
        self._insist_licence(uow, persona, card)
        if card.licence == "only-here" and group.group.visibility == "public":
            sentence = N_(
                "You chose “only here”, and this group is copied to other nodes."
                " Choose a group that stays here, or another licence."
            )
            raise Invalid("licence", sentence)
        post = self.groups.post_thread(uow, group_id, persona, _draft(card))
        uow.own_cards.drop(persona.id, card_id)
        return post

    def edit(self, uow: UnitOfWork, persona: Actor, post_id: int, card: Card) -> Post:
        """Change a published card: its fields and its text together. Raises Invalid, Refused."""
        shown = self.shown(uow, post_id, persona)
        insist_signed_by(shown, persona)
        card = replace(card, made_from=shown.card.made_from)
        event: Event = "edit-medical" if card.touches_medicine else "edit"
        if next_state(shown.state, event) is None:
            raise NotFound
        self._insist_licence(uow, persona, card)
        if card.licence == "only-here" and shown.group.group.visibility == "public":
            sentence = N_("This card is on other nodes already. Choose another licence.")
            raise Invalid("licence", sentence)
        return self.groups.edit(uow, post_id, persona, _draft(card))

    def remix(self, uow: UnitOfWork, persona: Actor, post_id: int) -> OwnCard:
        """A draft made from a published card, which names it and all that it was made from, and
        stays among those who may read it. Only one's own words are free to go anywhere, and then
        tell nobody in which closed group they stood. Raises Refused where its licence does not
        allow to make another."""
        shown = self.shown(uow, post_id, persona)
        is_own = shown.post.author_id == persona.id
        allowed = licences_for_remix([shown.card.licence], all_own=is_own)
        if not allowed:
            raise Refused(N_("Its author did not allow to make other cards of it."), "licence")
        keeps = shown.card.licence in allowed
        copy = replace(shown.card, licence=shown.card.licence if keeps else allowed[0])
        bound = bound_to(shown.group.actor.id, shown.group.group.visibility)
        if bound and is_own and not copy.made_from:
            return self.begin(uow, persona, copy)
        chain = (*copy.made_from, _origin(shown))[-CHAIN_MOST:]
        return self.begin(uow, persona, replace(copy, made_from=chain, bound=bound))

    def withdraw(self, uow: UnitOfWork, persona: Actor, post_id: int) -> None:
        """Take a published card back, here and elsewhere."""
        shown = self.shown(uow, post_id, persona)
        insist_signed_by(shown, persona)
        self.groups.delete(uow, post_id, persona)

    def licences_of(self, persona: Actor, card: Card) -> tuple[str, ...]:
        """What this card may be licensed as, with regard to what it was made from."""
        mine = all(origin.author == handle_of(persona) for origin in card.made_from)
        return licences_for_remix([one.licence for one in card.made_from], all_own=mine)

    def _insist_licence(self, uow: UnitOfWork, persona: Actor, card: Card) -> None:
        if card.licence not in self.licences_of(persona, card):
            sentence = N_("What it was made from asks for another licence. Choose one that fits.")
            raise Invalid("licence", sentence)


def _finished(card: Card) -> Card:
    """The card, if nothing is missing. Raises Invalid."""
    return card_of(form_of(card), card.made_from)


def _origin(shown: Shown) -> Origin:
    """A published card as a link of the chain."""
    return Origin(
        title=shown.card.title,
        author=handle_of(shown.author),
        url=shown.post.url or shown.post.uri,
        licence=shown.card.licence,
    )


def _step(own: OwnCard, event: Event) -> None:
    if next_state(own.state, event) is None:
        raise NotFound


def _draft(card: Card) -> ThreadDraft:
    return ThreadDraft(
        title=card.title,
        text=text_of(card),
        content_warning=card.content_warning,
        language=card.language,
        article=article_of(card),
    )
