"""What a copy holds of help: one's plan, letters that moderators wrote, and when somebody here
looked at a post because they worried. Who worried stays with the team."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import MANY, Exporter, Owner, Part, at_once, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def letters(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {"content": one.text, "published": when(one.created_at)}
        for one in uow.risk_notes.to(persona.id, MANY)
    ]


def worries(uow: UnitOfWork, persona: Actor) -> list[Item]:
    found = uow.risk_signals.of_author(persona.id, MANY)
    return [
        {
            "since": when(one.created_at),
            "state": one.state,
            "because": sorted({hit.rule or hit.source for hit in one.signs.hits}),
        }
        for one in found
    ]


def plan(uow: UnitOfWork, owner: Owner) -> list[Part]:
    kept = uow.plans.get(owner.account.id)
    if kept is None:
        return []
    plain, changed_at = kept
    return [Part("", {"content": plain.decode(), "changed": when(changed_at)})]


HELP: Final = (
    Exporter("plan", N_("Your plan"), at_once(plan), "/plan"),
    Exporter("letters", N_("What moderators wrote to you"), of_each_persona(letters)),
    Exporter("worries", N_("When somebody looked after you"), of_each_persona(worries)),
)
