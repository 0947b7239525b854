"""The sections of a copy that hold private conversations: what its owner wrote, and what others
wrote to them, which they can read anyway. Of the others there is no more than their names.
"""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import (
    BATCH,
    MANY,
    Batch,
    Exporter,
    Owner,
    Part,
    of_each_persona,
    when,
)
from storage.actors import Actor
from storage.messages import Message
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]
_IDS: Final = 1 << 64


def conversations(uow: UnitOfWork, persona: Actor) -> list[Item]:
    found = uow.conversations.of_persona(persona.id, MANY)
    people = uow.conversations.people([one.id for _, one in found])
    return [
        {
            "conversation": str(one.id),
            "title": one.title,
            "with": [actor.uri for _, actor in people[one.id] if actor.id != persona.id],
            "joined": when(place.joined_at),
            "left": when(place.left_at),
        }
        for place, one in found
    ]


def messages(uow: UnitOfWork, owner: Owner, after: int) -> Batch:
    """The newest first; where to go on is the persona's place and the id below which."""
    place, last = divmod(after, _IDS)
    if place >= len(owner.personas):
        return Batch()
    persona = owner.personas[place]
    held = uow.messages.all_held(persona.id, BATCH, last or None)
    authors = uow.actors.get_many({one.author_id for one in held})
    pictures = uow.attachments.of_messages([one.id for one in held])
    parts = [
        Part(
            persona.handle,
            _message(one, authors[one.author_id])
            | {"pictures": [picture.alt or picture.type for picture in pictures.get(one.id, [])]},
        )
        for one in held
    ]
    if len(held) == BATCH:
        return Batch(parts, place * _IDS + held[-1].id)
    return Batch(parts, (place + 1) * _IDS)


def _message(message: Message, author: Actor) -> Item:
    return {
        "type": "Note",
        "conversation": str(message.conversation_id),
        "attributedTo": author.uri,
        "content": message.content,
        "source": {"content": message.source or "", "mediaType": "text/markdown"},
        "published": when(message.created_at),
        "updated": when(message.edited_at),
        "deleted": when(message.deleted_at),
    }


def requests(uow: UnitOfWork, persona: Actor) -> list[Item]:
    sent = uow.message_requests.sent_by(persona.id, MANY)
    received = uow.message_requests.open_to(persona.id, MANY)
    return [
        {
            "direction": direction,
            "with": other.uri,
            "content": one.note,
            "state": one.state,
            "created": when(one.created_at),
        }
        for direction, pairs in (("sent", sent), ("received", received))
        for one, other in pairs
    ]


def drafts(uow: UnitOfWork, persona: Actor) -> list[Item]:
    found = [
        uow.message_choices.draft(persona.id, number)
        for number in sorted(uow.message_choices.drafted(persona.id))
    ]
    return [
        {
            "conversation": str(one.conversation_id),
            "to": one.to,
            "title": one.title,
            "text": one.text,
            "updated": when(one.updated_at),
        }
        for one in found
        if one is not None
    ]


def choices(uow: UnitOfWork, persona: Actor) -> list[Item]:
    one = uow.message_choices.get(persona.id)
    return [{"whoMayAsk": one.who_may_ask, "showsRead": one.shows_read, "keepDays": one.keep_days}]


TALKS: Final = (
    Exporter(
        "conversations", N_("Your conversations"), of_each_persona(conversations), "/messages"
    ),
    Exporter("messages", N_("Private messages"), messages, "/messages"),
    Exporter("requests", N_("Message requests"), of_each_persona(requests), "/messages"),
    Exporter("drafts", N_("Drafts"), of_each_persona(drafts), "/messages"),
    Exporter(
        "choices", N_("Your choices about messages"), of_each_persona(choices), "/messages/settings"
    ),
)
