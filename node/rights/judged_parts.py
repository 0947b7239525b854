"""What somebody reported, and what was decided about them: sections of a copy."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import MANY, Exporter, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def reports(uow: UnitOfWork, persona: Actor) -> list[Item]:
    found = uow.reports.of_reporters([persona.id], MANY)
    told = uow.reports.told(found)
    subjects = uow.actors.get_many([one.subject_id for one in found])
    return [
        {
            "type": "Flag",
            "kind": one.kind,
            "about": subjects[one.subject_id].uri if one.subject_id in subjects else None,
            "reason": told[one.id].reason if one.id in told else None,
            "content": told[one.id].words if one.id in told else None,
            "state": one.state,
            "published": when(one.created_at),
        }
        for one in found
    ]


def decisions(uow: UnitOfWork, persona: Actor) -> list[Item]:
    found = uow.statements.of_personas([persona.id], MANY)
    reasons = uow.statements.reasons(found)
    return [
        {
            "act": one.act,
            "reasons": reasons.get(one.id),
            "created": when(one.created_at),
            "ended": when(one.ended_at),
        }
        for one in found
    ]


JUDGED: Final = (
    Exporter("reports", N_("What you reported"), of_each_persona(reports)),
    Exporter("decisions", N_("Decisions about you"), of_each_persona(decisions)),
)
