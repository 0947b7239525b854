"""Private messages as direct posts, for one who holds a copy."""

from collections.abc import Collection

from node.clients.answers import maybe_moment, moment
from node.clients.held_messages import readable
from node.clients.mastodon.entities.status import Mention, Status
from node.clients.mastodon.people import account, acct
from node.clients.mastodon.site import Site
from storage.actors import Actor
from storage.messages import Message
from storage.unit_of_work import UnitOfWork


def show_messages(
    uow: UnitOfWork, ids: Collection[int], reader: Actor, site: Site
) -> dict[int, Status]:
    """Those of these messages that the reader holds and may read."""
    return {
        one.message.id: _status(one.message, one.author, one.others, site)
        for one in readable(uow, ids, reader)
    }


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
