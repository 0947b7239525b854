"""Messages as evidence: what a reporter holds of what somebody sent them.

A block hides the words of the one who blocks from the one who is blocked. That does not hold here:
or whoever threatens somebody could keep it from the staff by blocking them.
"""

from collections.abc import Sequence

from node.moderation.evidence import Received
from storage.attachments import Attachment
from storage.message_requests import MessageRequest
from storage.messages import Message
from storage.unit_of_work import UnitOfWork

AROUND = 40
"""Messages of the conversation looked through, before the reported one and at the end."""


class HeldMessages:
    """The messages of this node, as each person holds them."""

    def received(self, uow: UnitOfWork, message_id: int, reader_id: int) -> list[Received]:
        """This message and others of its author near it, oldest first; or, for the id of a request
        to write, its note alone."""
        heard = _in_a_session(uow, message_id, reader_id)
        if heard:
            return heard
        reported = uow.messages.held(message_id, reader_id)
        request = uow.message_requests.get(message_id, reader_id)
        if request is not None and request.note:
            return [_noted(request, request.note)]
        if reported is None or reported.author_id == reader_id or reported.source is None:
            return []
        where = reported.conversation_id
        near = uow.messages.page(where, reader_id, AROUND, message_id + 1)
        last = uow.messages.page(where, reader_id, AROUND)
        found = {one.id: one for one in (*near, *last) if one.author_id == reported.author_id}
        pictures = uow.attachments.of_messages(found)
        return [
            _received(found[one], pictures.get(one, []))
            for one in sorted(found)
            if found[one].source is not None
        ]


def _in_a_session(uow: UnitOfWork, word_id: int, reader_id: int) -> list[Received]:
    """Words that the other person of a listening session said to this one, a block between them or
    not."""
    said = uow.listening_sessions.heard(word_id, reader_id)
    if said is None or said.source is None:
        return []
    near = uow.listening_sessions.said(said.session_id, AROUND, word_id + 1)
    last = uow.listening_sessions.said(said.session_id, AROUND)
    found = {one.id: one for one in (*near, *last) if one.author_id == said.author_id}
    return [
        Received(id=one.id, author_id=one.author_id, sent_at=one.sent_at, text=one.source)
        for _, one in sorted(found.items())
        if one.source is not None
    ]


def _noted(request: MessageRequest, note: str) -> Received:
    return Received(id=request.id, author_id=request.from_id, sent_at=request.created_at, text=note)


def _received(message: Message, pictures: Sequence[Attachment]) -> Received:
    """What was written, and what its author said of the pictures; the pictures stay where they
    are."""
    said = [f"[picture: {one.alt}]" if one.alt else "[picture]" for one in pictures]
    text = "\n\n".join(part for part in (message.source or "", *said) if part)
    return Received(
        id=message.id,
        author_id=message.author_id,
        sent_at=message.edited_at or message.created_at,
        text=text,
    )
