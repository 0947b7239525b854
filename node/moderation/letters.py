"""Messages as evidence: what a reporter holds of what somebody sent them.

A block hides the words of the one who blocks from the one who is blocked. That does not hold here:
or whoever threatens somebody could keep it from the staff by blocking them.
"""

from node.moderation.evidence import Received
from storage.messages import Message
from storage.unit_of_work import UnitOfWork

AROUND = 40
"""Messages of the conversation looked through, before the reported one and at the end."""


class HeldMessages:
    """The messages of this node, as each person holds them."""

    def received(self, uow: UnitOfWork, message_id: int, reader_id: int) -> list[Received]:
        """This message and others of its author near it, oldest first."""
        reported = uow.messages.held(message_id, reader_id)
        if reported is None or reported.author_id == reader_id or reported.source is None:
            return []
        where = reported.conversation_id
        near = uow.messages.page(where, reader_id, AROUND, message_id + 1)
        last = uow.messages.page(where, reader_id, AROUND)
        found = {one.id: one for one in (*near, *last) if one.author_id == reported.author_id}
        return [
            _received(found[one], found[one].source or "")
            for one in sorted(found)
            if found[one].source
        ]


def _received(message: Message, text: str) -> Received:
    return Received(
        id=message.id,
        author_id=message.author_id,
        sent_at=message.edited_at or message.created_at,
        text=text,
    )
