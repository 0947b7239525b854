"""What a copy holds of the collections that somebody keeps through apps."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import MANY, Exporter, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


def collections(uow: UnitOfWork, persona: Actor) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "made": when(one.created_at),
            "changed": when(one.updated_at),
            "items": [item.uri for item in uow.client_collections.items(one.id, MANY)],
        }
        for one in uow.client_collections.page(persona.id, MANY)
    ]


COLLECTIONS: Final = Exporter("collections", N_("Your collections"), of_each_persona(collections))
