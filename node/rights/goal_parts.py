"""The part of a copy that says what a person works towards, and with whom."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import BATCH, MANY, Exporter, Owner, of_each_persona, paged, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def goals(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "id": str(one.id),
            "words": one.said.words,
            "if": one.said.situation,
            "then": one.said.answer,
            "kind": one.said.kind,
            "state": one.state,
            "began": one.said.began.isoformat(),
            "zone": one.said.zone,
            "weekdays": list(one.said.weekdays),
            "topics": list(one.said.topics),
            "sharedWith": one.said.shared,
            "rested": [
                [rest.since.isoformat(), rest.until.isoformat() if rest.until else None]
                for rest in one.said.pauses
            ],
            "reminderMinute": one.said.reminder.minute if one.said.reminder else None,
            "created": when(one.created_at),
        }
        for one in uow.goals.of_persona(persona.id)
    ]


def entries(uow: UnitOfWork, _owner: Owner, persona: Actor, after: int) -> list[tuple[int, Item]]:
    return [
        (
            one.id,
            {
                "goal": str(one.goal_id),
                "kind": one.said.kind,
                "day": one.said.day.isoformat(),
                "mood": one.said.mood,
                "difficulty": one.said.difficulty,
                "did": one.said.did,
                "note": one.said.note,
                "sharedWith": one.shared,
                "created": when(one.created_at),
            },
        )
        for one in uow.check_ins.of_persona(persona.id, BATCH, after)
    ]


def buddies(uow: UnitOfWork, persona: Actor) -> list[Item]:
    pairs = uow.buddies.all_of(persona.id, MANY)
    others = uow.actors.get_many({one.other(persona.id) for one in pairs})
    items: list[Item] = [
        {
            "with": others[one.other(persona.id)].uri if one.other(persona.id) in others else None,
            "state": _as_seen(one.state, asked=one.asked_by == persona.id),
            "manner": one.agreed.manner,
            "weekdays": list(one.agreed.weekdays),
            "asked": when(one.created_at),
            "began": when(one.began_at),
            "ended": when(one.ended_at),
        }
        for one in pairs
    ]
    moment = uow.buddy_moments.latest_moment(persona.id)
    return items + ([{"hardMoment": when(moment.created_at)}] if moment else [])


def _as_seen(state: str, *, asked: bool) -> str:
    """To whoever asked, a no looks as if no answer came."""
    return "asked" if state == "declined" and asked else state


GOALS: Final = (
    Exporter("goals", N_("Your goals"), of_each_persona(goals), "/goals"),
    Exporter("entries", N_("How it went"), paged(entries), "/goals"),
    Exporter("buddies", N_("Your buddies"), of_each_persona(buddies), "/buddies"),
)
