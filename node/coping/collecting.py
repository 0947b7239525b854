"""Collections: cards that belong together, put together by members of a group for those who may
read it. They stay on this node."""

from dataclasses import dataclass, replace
from typing import Final

from node.coping.cards import KIND
from node.coping.tools import NOTHING, Shown, Tools, hidden_from, readable_groups, shown_of
from node.errors import Invalid, NotFound, Refused
from node.groups.place import group_for, insist, is_steward
from node.groups.rules import may_open_thread
from node.i18n import N_
from node.topics import TOPICS
from node.visibility import is_moderator
from storage.actors import Actor
from storage.card_collections import CardCollection
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

MOST: Final = 100
TITLE_MOST: Final = 120
ABOUT_MOST: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionPage:
    """A collection as one reader sees it. `may_change`: its maker, and moderators of its group."""

    collection: CardCollection
    group: GroupWithActor
    maker: Actor | None
    cards: list[Shown]
    may_change: bool


class Collecting(Tools):
    """Use cases of collections."""

    def collections(self, uow: UnitOfWork, reader: Actor | None) -> list[CardCollection]:
        """Those that a reader may see."""
        groups, hidden = readable_groups(uow, reader), hidden_from(uow, reader)
        found = uow.card_collections.in_groups(groups.keys(), MOST)
        return [one for one in found if one.persona_id not in hidden]

    def changeable(self, uow: UnitOfWork, persona: Actor) -> list[CardCollection]:
        """Those that the persona may put cards into."""
        found = self.collections(uow, persona)
        mine = [one for one in found if one.persona_id == persona.id]
        memberships = uow.memberships.of_actor(persona.id)
        return mine + [
            one
            for one in found
            if one.persona_id != persona.id and is_moderator(memberships.get(one.group_id))
        ]

    def collection(
        self, uow: UnitOfWork, reader: Actor | None, collection_id: int
    ) -> CollectionPage:
        """One of them with its cards. Raises NotFound."""
        group = group_for(uow, uow.card_collections.group_of(collection_id) or NOTHING, reader)
        one, hidden = uow.card_collections.get(collection_id), hidden_from(uow, reader)
        if one is None or one.persona_id in hidden:
            raise NotFound
        order = uow.card_collections.cards(collection_id)
        groups = readable_groups(uow, reader)
        views = uow.articles.among(KIND, order, groups)
        checks = uow.card_checks.of(order)
        cards = {
            view.post.id: shown_of(
                view, view.article, groups[view.post.group_id], checks.get(view.post.id)
            )
            for view in views
            if view.article is not None and view.post.author_id not in hidden
        }
        return CollectionPage(
            collection=one,
            group=group,
            maker=uow.actors.get(one.persona_id),
            cards=[cards[number] for number in order if number in cards],
            may_change=reader is not None and self._may_change(uow, group, one, reader),
        )

    def make_collection(
        self, uow: UnitOfWork, persona: Actor, group_id: int, title: str, about: str, topic: str
    ) -> CardCollection:
        """A new one, in a group that the persona writes in. Raises Invalid, Refused, NotFound."""
        group = group_for(uow, group_id, persona)
        insist(may_open_thread(group.group, persona, uow.memberships.get(group_id, persona.id)))
        title, about, topic = _checked(title, about, topic)
        one = CardCollection(
            id=self.new_id(),
            group_id=group_id,
            persona_id=persona.id,
            title=title,
            about=about,
            topic=topic,
            created_at=self.now(),
        )
        uow.card_collections.put(one)
        return one

    def describe_collection(
        self,
        uow: UnitOfWork,
        persona: Actor,
        collection_id: int,
        title: str,
        about: str,
        topic: str,
    ) -> None:
        """Other words for it. Raises Invalid, Refused, NotFound."""
        one = self._changeable(uow, persona, collection_id)
        title, about, topic = _checked(title, about, topic)
        uow.card_collections.put(replace(one, title=title, about=about, topic=topic))

    def put_into(self, uow: UnitOfWork, persona: Actor, collection_id: int, post_id: int) -> None:
        """Add a card, unless it would show in a more open place than its own. Raises Refused."""
        one = self._changeable(uow, persona, collection_id)
        shown = self.shown(uow, post_id, persona)
        is_closed = shown.group.group.visibility == "private"
        if is_closed and shown.group.actor.id != one.group_id:
            sentence = N_("This card is in a private group. It stays among its cards.")
            raise Refused(sentence, "private-card")
        uow.card_collections.add_card(collection_id, post_id)

    def take_from(self, uow: UnitOfWork, persona: Actor, collection_id: int, post_id: int) -> None:
        """Take a card out; the card itself stays. Raises Refused, NotFound."""
        self._changeable(uow, persona, collection_id)
        uow.card_collections.take_out(collection_id, post_id)

    def drop_collection(self, uow: UnitOfWork, persona: Actor, collection_id: int) -> None:
        """Take the collection away; its cards stay where they are."""
        self._changeable(uow, persona, collection_id)
        uow.card_collections.drop(collection_id)

    def _changeable(self, uow: UnitOfWork, persona: Actor, collection_id: int) -> CardCollection:
        group = group_for(uow, uow.card_collections.group_of(collection_id) or NOTHING, persona)
        one = uow.card_collections.get(collection_id)
        if one is None:
            raise NotFound
        if not self._may_change(uow, group, one, persona):
            sentence = N_("Only who made this collection, and moderators, change it.")
            raise Refused(sentence, "not-yours")
        return one

    def _may_change(
        self, uow: UnitOfWork, group: GroupWithActor, one: CardCollection, persona: Actor
    ) -> bool:
        if one.persona_id == persona.id:
            return True
        membership = uow.memberships.get(group.actor.id, persona.id)
        return is_moderator(membership) or is_steward(uow, group, persona)


def _checked(title: str, about: str, topic: str) -> tuple[str, str, str]:
    title = " ".join(title.replace("\x00", "").split())
    about = about.replace("\r\n", "\n").replace("\x00", "").strip()
    if not title:
        raise Invalid("title", N_("Give your collection a name."))
    if len(title) > TITLE_MOST:
        raise Invalid("title", N_("This is too long. Try to say it in fewer words."))
    if len(about) > ABOUT_MOST:
        raise Invalid("about", N_("This is too long. Try to say it in fewer words."))
    if topic and topic not in {one.slug for one in TOPICS}:
        raise Invalid("topic", N_("Choose a topic from the list."))
    return title, about, topic
