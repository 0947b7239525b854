"""Private messages that a persona holds and may read, as both doors for apps show them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from node.visibility import may_read_message
from storage.actors import Actor
from storage.messages import Message
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Held:
    """One message, who wrote it, and to whom besides, as far as the reader sees them."""

    message: Message
    author: Actor
    others: list[Actor]


def readable(uow: UnitOfWork, ids: Collection[int], reader: Actor) -> Iterator[Held]:
    """Those of these messages that the reader holds and may read."""
    held = uow.messages.held_many(ids, reader.id)
    if not held:
        return
    hidden, own = uow.blocks.hides(reader.id), uow.blocks.named_by(reader.id)
    people = uow.conversations.people({one.conversation_id for one in held.values()})
    for message in held.values():
        there = {actor.id: actor for _, actor in people[message.conversation_id]}
        author = there.get(message.author_id)
        if author is None or message.content is None:
            continue
        if may_read_message(message, reader, hidden, own):
            others = [one for one in there.values() if one.id != author.id and one.id not in hidden]
            yield Held(message, author, others)
