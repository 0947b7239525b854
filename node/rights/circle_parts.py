"""The part of a copy that says which circles a person was in, and what they wait for. What they
wrote there stands among what they wrote; nobody else is named."""

from typing import Any, Final

from node.circles.rules import may_see
from node.i18n import N_
from node.rights.parts import MANY, Exporter, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def circles(uow: UnitOfWork, persona: Actor) -> list[Item]:
    items: list[Item] = [
        {
            "name": circle.name if may_see(circle.state, member) else None,
            "topics": list(circle.topics) if may_see(circle.state, member) else [],
            "state": member.state,
            "began": when(circle.started_at),
            "joined": when(member.created_at),
            "startedByMe": circle.host_id == persona.id,
            "toldOfQuestions": member.wants_days,
            "toldOfOwnWeek": member.wants_weeks,
        }
        for circle, member in uow.circles.of_persona(persona.id, MANY)
    ]
    wished = uow.circle_doors.of(persona.id)
    if wished is not None:
        items.append(
            {
                "waitsSince": when(wished.since),
                "topics": list(wished.wish.topics),
                "language": wished.wish.language,
                "days": wished.wish.days,
                "part": wished.wish.part,
            }
        )
    return items


CIRCLES: Final = Exporter("circles", N_("Your circles"), of_each_persona(circles), "/circles")
