"""What a copy holds of answering: what somebody passed over, that they would like to help, and what
helped whom, as far as it is theirs to know."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import MANY, Exporter, of_each_persona, when
from storage.actors import Actor
from storage.helping import Side
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def answering(uow: UnitOfWork, persona: Actor) -> list[Item]:
    skipped = uow.helping.skipped(persona.id, MANY)
    items: list[Item] = [
        {"what": "not for me now", "thread": str(number), "since": when(at)}
        for number, at in skipped
    ]
    since = uow.helping.offers_since(persona.id)
    if since is not None:
        items.append({"what": "would like to help", "since": when(since)})
    sides: tuple[tuple[Side, str], ...] = (
        ("author", "helped you"),
        ("helper", "your reply helped"),
    )
    for side, what in sides:
        items += [
            {"what": what, "reply": str(one.reply_id), "since": when(one.at)}
            for one in uow.helping.held(persona.id, side, MANY)
        ]
    return items


ANSWERING: Final = Exporter("answering", N_("How you answer"), of_each_persona(answering))
