"""What a copy holds of what somebody keeps beside posts: marks, posts for later, earlier wordings,
and how they write and follow."""

from typing import Any, Final

import msgspec

from node.i18n import N_
from node.rights.parts import MANY, Exporter, of_each_persona, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def marks(uow: UnitOfWork, persona: Actor) -> list[Item]:
    uses = {"bookmarks": "bookmark", "pins": "on the profile", "quiet": "no news of it"}
    return [
        {"object": uri, "use": uses[listing]} for listing, uri in uow.marks.own(persona.id, MANY)
    ]


def scheduled(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "due": when(one.due_at),
            "made": when(one.created_at),
            "refused": when(one.refused_at),
            "post": msgspec.json.decode(one.body),
        }
        for one in uow.scheduled.page(persona.id, MANY)
    ]


def wordings(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "of": uri,
            "name": one.title,
            "content": one.content,
            "summary": one.content_warning,
            "from": when(one.written_at),
        }
        for uri, one in uow.wordings.of_author(persona.id, MANY)
    ]


def preferences(uow: UnitOfWork, persona: Actor) -> list[Item]:
    chosen = uow.preferences.get(persona.id)
    return [
        {
            "visibility": chosen.visibility,
            "sensitive": chosen.sensitive,
            "language": chosen.language,
            "robot": chosen.is_bot,
            "discoverable": chosen.discoverable,
            "indexable": chosen.indexable,
            "hidesWhomItFollows": chosen.hides_collections,
            "fields": [[one.name, one.value] for one in chosen.fields],
        }
    ]


def follow_options(uow: UnitOfWork, persona: Actor) -> list[Item]:
    chosen = uow.follow_options.all_of(persona.id, MANY)
    people = uow.actors.get_many(chosen)
    return [
        {
            "of": people[number].uri if number in people else None,
            "withShares": one.with_shares,
            "news": one.notifies,
            "languages": list(one.languages),
        }
        for number, one in chosen.items()
    ]


WRITTEN: Final = (
    Exporter("marks", N_("Posts you keep at hand"), of_each_persona(marks)),
    Exporter("scheduled", N_("Posts for later"), of_each_persona(scheduled)),
    Exporter("wordings", N_("How your posts read before"), of_each_persona(wordings)),
    Exporter("preferences", N_("How your posts start"), of_each_persona(preferences)),
    Exporter("followOptions", N_("How you follow"), of_each_persona(follow_options)),
)
