"""The part of a copy that says how a person set up their own reading."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import MANY, Exporter, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def filters(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "title": one.title,
            "where": list(one.contexts),
            "action": one.action,
            "words": [
                {"words": word.keyword, "wholeWord": word.whole_word} for word in one.keywords
            ],
            "posts": len(one.statuses),
            "created": when(one.created_at),
            "endsAt": when(one.expires_at),
        }
        for one in uow.filters.of_persona(persona.id)
    ]


def lists(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "title": one.title,
            "answers": one.replies_policy,
            "keptFromHome": one.exclusive,
            "created": when(one.created_at),
            "on": [actor.uri for actor in uow.lists.accounts(one.id, MANY)],
        }
        for one in uow.lists.of_persona(persona.id)
    ]


def tags(uow: UnitOfWork, persona: Actor) -> list[Item]:
    followed = [
        {"tag": one.name, "use": "followed"} for one in uow.followed_tags.listed(persona.id, MANY)
    ]
    shown = [
        {"tag": one.name, "use": "shown on the profile"}
        for one in uow.featured_tags.listed(persona.id, MANY)
    ]
    return followed + shown


def mutes(uow: UnitOfWork, persona: Actor) -> list[Item]:
    people = [
        {
            "of": actor.uri,
            "news": mute.notifications,
            "since": when(mute.created_at),
            "endsAt": when(mute.expires_at),
        }
        for mute, actor in uow.mutes.all_of(persona.id, MANY)
    ]
    return people + [{"of": one.authority} for one in uow.mutes.listed_nodes(persona.id, MANY)]


def notes(uow: UnitOfWork, persona: Actor) -> list[Item]:
    found = uow.person_notes.own(persona.id, MANY)
    about = uow.actors.get_many(found)
    return [
        {"about": about[number].uri if number in about else None, "content": words}
        for number, words in found.items()
    ]


def days(uow: UnitOfWork, persona: Actor) -> list[Item]:
    kept: list[Item] = [
        {
            "name": one.title,
            "kind": one.kind,
            "month": one.month,
            "day": one.day,
            "year": one.year,
            "toldDaysBefore": one.ahead,
        }
        for one in uow.special_days.of_persona(persona.id)
    ]
    watch = uow.quiet_watches.get(persona.id)
    if watch is not None:
        kept.append({"noticedAfterDays": watch.after_days, "tellsBuddies": watch.tells_buddies})
    return kept


CHOICES: Final = (
    Exporter("filters", N_("What you would rather not meet"), of_each_persona(filters)),
    Exporter("lists", N_("Your lists"), of_each_persona(lists)),
    Exporter("tags", N_("Your tags"), of_each_persona(tags)),
    Exporter("mutes", N_("Whom you do not read"), of_each_persona(mutes)),
    Exporter("days", N_("Your days"), of_each_persona(days)),
    Exporter("notes", N_("Your notes about people"), of_each_persona(notes)),
)
