"""The parts of a copy that hold what somebody chose from the directory, and what they suggested."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import Exporter, Owner, Part, at_once, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def chosen_services(uow: UnitOfWork, owner: Owner) -> list[Part]:
    found = uow.chosen_services.of_account(owner.account.id)
    editions = uow.directory_sets.live()
    known = uow.services.by_public(editions, [one.public_id for one in found]) if found else {}
    return [
        Part(
            "",
            {
                "service": one.public_id,
                "name": known[one.public_id].service.name if one.public_id in known else None,
                "since": when(one.created_at),
            },
        )
        for one in found
    ]


def suggestions(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "about": one.public_id,
            "kind": one.kind,
            "content": one.text,
            "created": when(one.created_at),
        }
        for one in uow.directory_suggestions.of_persona(persona.id)
    ]


DIRECTORY: Final = (
    Exporter("chosenServices", N_("Services in your plan"), at_once(chosen_services), "/directory"),
    Exporter(
        "suggestions", N_("What you suggested for the directory"), of_each_persona(suggestions)
    ),
)
