"""The part of a copy that says how a person receives others: times on rotas, what is posted in
their name, and hours of answering together that they called or come to."""

from datetime import datetime
from typing import Any, Final

from node.i18n import N_
from node.rights.parts import Exporter, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from storage.welcomes import Wording

Item = dict[str, Any]


def welcoming(uow: UnitOfWork, persona: Actor) -> list[Item]:
    greets, welcomes = uow.greeters.of_persona(persona.id), uow.welcomes.of_persona(persona.id)
    weekly = uow.weekly.of_persona(persona.id)
    groups = {one.group_id for one in greets} | {one.group_id for one in welcomes}
    uris = _uris(uow, groups | {one.group_id for one in weekly})
    items: list[Item] = [
        {
            "kind": "greeter",
            "group": uris[one.group_id],
            "weekday": one.weekday,
            "from": one.from_hour,
            "to": one.to_hour,
            "minutesAheadOfUtc": one.offset_minutes,
            "awayUntil": when(one.away_until),
        }
        for one in greets
    ]
    items += [
        {"kind": "welcome thread", "group": uris[one.group_id], "every": one.every}
        | _posted(one.wording, one.next_at)
        for one in welcomes
    ]
    items += [
        {
            "kind": "weekly thread",
            "group": uris[one.group_id],
            "weekday": one.weekday,
            "hour": one.hour,
            "minutesAheadOfUtc": one.offset_minutes,
        }
        | _posted(one.wording, one.next_at)
        for one in weekly
    ]
    return items + _sessions(uow, persona)


def _uris(uow: UnitOfWork, groups: set[int]) -> dict[int, str | None]:
    found = {number: uow.groups.get(number) for number in groups}
    return {number: one.actor.uri if one else None for number, one in found.items()}


def _posted(wording: Wording, next_at: datetime | None) -> Item:
    return {
        "title": wording.title,
        "text": wording.text,
        "lastWords": wording.closing,
        "next": when(next_at),
    }


def _sessions(uow: UnitOfWork, persona: Actor) -> list[Item]:
    called = uow.reply_sessions.called_by(persona.id)
    ids = {one.id for one in called}
    comes = [
        one
        for number in sorted(uow.reply_sessions.coming(persona.id) - ids)
        if (one := uow.reply_sessions.get(number)) is not None
    ]
    return [
        {
            "kind": "answering together",
            "called": one.id in ids,
            "begins": when(one.starts_at),
            "ends": when(one.ends_at),
            "invitation": one.words.invitation if one.id in ids else None,
            "lastWords": one.words.closing if one.id in ids else None,
        }
        for one in called + comes
    ]


WELCOMING: Final = (Exporter("welcoming", N_("Receiving others"), of_each_persona(welcoming)),)
