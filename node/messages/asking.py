"""Requests: a short note to somebody whom one may not write to yet.

Accepting makes a conversation of it. Declining is silent: to the one who asked it looks as if no
answer came. So does a request to somebody who is cut off from them, which reaches nobody.
"""

from datetime import timedelta

from node.errors import NotFound
from node.messages.belonging import Belonging
from node.messages.news import REQUESTS_SHOWN
from node.messages.rules import is_here, may_ask
from node.messages.tools import insist
from node.messages.words import note_of
from storage.actors import Actor
from storage.message_requests import MessageRequest
from storage.messages import Message
from storage.unit_of_work import UnitOfWork


class Asking(Belonging):
    """Asking, and answering."""

    def ask(self, uow: UnitOfWork, persona: Actor, to: str, text: str) -> MessageRequest:
        """Ask one person. Raises Invalid, Refused, NotFound."""
        note = note_of(text, self.authority, self.markdown, self.limits.request_letters)
        others = self.recipients(uow, persona, to)
        for other in others:
            contact = self.contact(uow, persona, other)
            insist(may_ask(contact, self._asked_today(uow, persona), self.limits))
        other = others[0]
        lost = uow.blocks.cut_off(persona.id, other.id)
        request = MessageRequest(
            id=self.new_id(),
            from_id=persona.id,
            to_id=other.id,
            note=None if lost else note,
            state="declined" if lost else "open",
            created_at=self.now(),
        )
        uow.message_requests.add(request)
        uow.message_choices.drop_draft(persona.id, 0)
        return request

    def accept(self, uow: UnitOfWork, persona: Actor, request_id: int) -> Message:
        """Begin a conversation with the note as its first message. Raises NotFound."""
        request, asker = self._request(uow, persona, request_id)
        room = self.pair_room(uow, asker, persona)
        note = request.note or ""
        if not note or not uow.message_requests.answer(request_id, "accepted", self.now()):
            raise NotFound
        return self.say(uow, room, asker, note)

    def decline(self, uow: UnitOfWork, persona: Actor, request_id: int) -> None:
        """Say nothing, and be asked no more for a while. Raises NotFound."""
        self._request(uow, persona, request_id)
        uow.message_requests.answer(request_id, "declined", self.now())

    def requests_to(self, uow: UnitOfWork, persona: Actor) -> list[tuple[MessageRequest, Actor]]:
        """What waits for this person's answer, but from people who are not there for them."""
        hidden = uow.blocks.hides(persona.id)
        return [
            (request, asker)
            for request, asker in uow.message_requests.open_to(persona.id, REQUESTS_SHOWN)
            if is_here(asker) and asker.id not in hidden
        ]

    def requests_by(self, uow: UnitOfWork, persona: Actor) -> list[tuple[MessageRequest, Actor]]:
        """What this person asked and has no answer to."""
        hidden = uow.blocks.hides(persona.id)
        return [
            (request, asked)
            for request, asked in uow.message_requests.sent_by(persona.id, REQUESTS_SHOWN)
            if is_here(asked) and asked.id not in hidden
        ]

    def _request(
        self, uow: UnitOfWork, persona: Actor, request_id: int
    ) -> tuple[MessageRequest, Actor]:
        request = uow.message_requests.get(request_id, persona.id)
        if request is None:
            raise NotFound
        asker = uow.actors.get(request.from_id)
        if asker is None or not is_here(asker) or asker.id in uow.blocks.hides(persona.id):
            raise NotFound
        return request, asker

    def _asked_today(self, uow: UnitOfWork, persona: Actor) -> int:
        """By all personas of the one who asks: a second persona is no second allowance."""
        account_id = uow.accounts.account_of(persona.id)
        own = uow.accounts.personas_of(account_id) if account_id is not None else [persona.id]
        return uow.message_requests.count_since(own, self.now() - timedelta(days=1))
