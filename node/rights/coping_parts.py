"""What a copy holds of coping cards beside published ones: drafts, the toolkit, what helped, and
collections."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import MANY, Exporter, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def cards(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {"state": one.state, "changed": when(one.changed_at), **one.body}
        for one in uow.own_cards.of_persona(persona.id, MANY)
    ]


def toolkit(uow: UnitOfWork, persona: Actor) -> list[Item]:
    items = uow.toolkit.of_persona(persona.id, MANY)
    return [
        {
            "post": one.post_id,
            "ownCard": one.card_id,
            "note": one.note,
            "forAHardMoment": one.for_hard_moment,
            "kept": when(one.created_at),
        }
        for one in items
    ]


def experiences(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "card": uri,
            "helped": one.helped,
            "contexts": list(one.contexts),
            "note": one.note,
            "noted": when(one.created_at),
        }
        for uri, one in uow.card_experiences.of_persona(persona.id, MANY)
    ]


def collections(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "title": one.title,
            "about": one.about,
            "topic": one.topic,
            "cards": uow.card_collections.cards(one.id),
            "made": when(one.created_at),
        }
        for one in uow.card_collections.of_persona(persona.id, MANY)
    ]


COPING: Final = (
    Exporter("cards", N_("Your drafts of cards"), of_each_persona(cards), "/coping/drafts"),
    Exporter("toolkit", N_("Your toolkit"), of_each_persona(toolkit), "/toolkit"),
    Exporter("experiences", N_("What helped you"), of_each_persona(experiences), "/coping"),
    Exporter("cardCollections", N_("Your collections of cards"), of_each_persona(collections)),
)
