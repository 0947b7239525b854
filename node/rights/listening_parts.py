"""What a copy holds of listening: what its owner offered, asked for and said, and the training. Who
was asked for them is not in it; what others said they can read in the session while it is there."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from node.i18n import N_
from node.rights.parts import BATCH, MANY, Exporter, Owner, of_each_persona, paged, when
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def listening(uow: UnitOfWork, persona: Actor) -> list[Item]:
    offering = uow.listening_pool.get(persona.id).offering
    offered = [] if offering is None else [{"offers": msgspec.to_builtins(offering)}]
    sessions = [
        one
        for one in uow.listening_sessions.of_persona(persona.id, MANY)
        if one.seeker_id == persona.id or one.begun_at is not None
    ]
    # Whom a seeker did not want, and that it was urgent, is for nobody else.
    own = [one for one in sessions if one.seeker_id == persona.id]
    intakes = uow.listening_sessions.intakes(own)
    felt = {one.session_id: one.felt for one in uow.heard_answers.by(persona.id)}
    return offered + [
        {
            "session": str(one.id),
            "as": "seeker" if one.seeker_id == persona.id else "helper",
            "state": one.state,
            "asked": when(one.asked_at),
            "begun": when(one.begun_at),
            "ended": when(one.ended_at),
            "askedFor": msgspec.to_builtins(intakes[one.id]) if one.id in intakes else None,
            "words": uow.listening_sessions.own_words(one) if one.seeker_id == persona.id else None,
            "felt": felt.get(one.id),
        }
        for one in sessions
    ]


def words(uow: UnitOfWork, _owner: Owner, persona: Actor, after: int) -> Sequence[tuple[int, Item]]:
    return [
        (
            one.id,
            {
                "session": str(one.session_id),
                "content": one.source,
                "published": when(one.sent_at),
            },
        )
        for one in uow.listening_sessions.said_by(persona.id, BATCH, after)
    ]


def training(uow: UnitOfWork, persona: Actor) -> list[Item]:
    path = uow.helper_paths.get(persona.id)
    if not (path.done or path.badges or path.replies):
        return []
    return [
        {
            "units": {slug: when(at) for slug, at in path.done.items()},
            "badges": {topic: when(at) for topic, at in path.badges.items()},
            "replies": path.replies,
            "shown": path.shows_badge,
        }
    ]


HEARD: Final = (
    Exporter("listening", N_("Listening"), of_each_persona(listening), "/listening"),
    Exporter("listeningWords", N_("What you said while listening"), paged(words)),
    Exporter("training", N_("Your training"), of_each_persona(training), "/training"),
)
