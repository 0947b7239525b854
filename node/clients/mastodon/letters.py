"""Private messages as direct posts, for one who holds a copy."""

from collections.abc import Collection

from node.clients.answers import maybe_moment, moment
from node.clients.mastodon.entities.status import Mention, Status
from node.clients.mastodon.people import account, acct
from node.clients.mastodon.site import Site
from node.visibility import may_read_message
from storage.actors import Actor
from storage.messages import Message
from storage.unit_of_work import UnitOfWork


def show_messages(
    uow: UnitOfWork, ids: Collection[int], reader: Actor, site: Site
) -> dict[int, Status]:
    """Those of these messages that the reader holds and may read."""
    held = uow.messages.held_many(ids, reader.id)
    if not held:
        return {}
    hidden, own = uow.blocks.hides(reader.id), uow.blocks.named_by(reader.id)
    people = uow.conversations.people({one.conversation_id for one in held.values()})
    shown = {}
    for number, message in held.items():
        there = {actor.id: actor for _, actor in people[message.conversation_id]}
        author = there.get(message.author_id)
        if author is None or message.content is None:
            continue
        if may_read_message(message, reader, hidden, own):
            others = [one for one in there.values() if one.id != author.id and one.id not in hidden]
            shown[number] = _status(message, author, others, site)
    return shown


def mention(actor: Actor) -> Mention:
    """Somebody whom a post names."""
    return Mention(
        id=str(actor.id), username=actor.handle, url=actor.url or actor.uri, acct=acct(actor)
    )


def _status(message: Message, author: Actor, others: list[Actor], site: Site) -> Status:
    address = f"{site.origin}/messages/{message.conversation_id}#message-{message.id}"
    return Status(
        id=str(message.id),
        uri=address,
        url=address,
        created_at=moment(message.created_at),
        edited_at=maybe_moment(message.edited_at),
        account=account(author, site),
        content=message.content or "",
        visibility="direct",
        mentions=[mention(one) for one in others],
    )
