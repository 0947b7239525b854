"""Who is in a small group: people are added, leave, and throw their own record away."""

from node.errors import Refused
from node.i18n import N_
from node.messages.rules import ASK_FIRST
from node.messages.tools import insist, topic
from node.messages.writing import Writing
from storage.actors import Actor
from storage.conversations import Participant
from storage.unit_of_work import UnitOfWork


class Belonging(Writing):
    """Coming and going."""

    def add(self, uow: UnitOfWork, persona: Actor, conversation_id: int, to: str) -> None:
        """Bring somebody in, by the rules of a first message. They read what is written from now
        on. Raises Invalid, Refused, NotFound."""
        room = self.room(uow, conversation_id, persona)
        if room.conversation.kind == "pair":
            raise Refused(
                N_("This is a conversation of two. To talk with more people, begin a new one."),
                "pair",
            )
        self.check_adding(uow, conversation_id, persona)
        present = {actor.id for _, actor in room.others} | {persona.id}
        new = [one for one in self.recipients(uow, persona, to) if one.id not in present]
        if len(present) + len(new) > self.limits.people_most:
            raise Refused(N_("This conversation is full. Begin another one."), "full")
        for other in new:
            if insist(self.reach(uow, persona, other)) == "ask":
                raise Refused(ASK_FIRST.sentence, ASK_FIRST.code)
            self._join(uow, conversation_id, persona, other)
        for one in present:
            uow.wake(topic(conversation_id, one))

    def check_adding(self, uow: UnitOfWork, conversation_id: int, persona: Actor) -> None:
        """Whoever may write may bring somebody in; nobody else may. Raises Refused."""
        room = self.room(uow, conversation_id, persona)
        decision = self.may_send(uow, room, persona)
        if decision is not None and decision.code != "alone":
            insist(decision)

    def _join(self, uow: UnitOfWork, conversation_id: int, persona: Actor, other: Actor) -> None:
        """An id of now makes the conversation show to them as new, before anything is written; one
        who is cut off from whoever adds them hears nothing of it."""
        reached = not uow.blocks.cut_off(persona.id, other.id)
        uow.conversations.join(
            Participant(
                conversation_id=conversation_id,
                persona_id=other.id,
                joined_at=self.now(),
                newest_id=self.new_id() if reached else 0,
            )
        )

    def leave(self, uow: UnitOfWork, persona: Actor, conversation_id: int) -> None:
        """Go from a small group. What one has of it stays readable. Raises Refused, NotFound."""
        room = self.room(uow, conversation_id, persona)
        if room.conversation.kind == "pair":
            raise Refused(
                N_("A conversation of two cannot be left. You can delete it, or block the other."),
                "pair",
            )
        if uow.conversations.leave(conversation_id, persona.id, self.now()):
            for _, actor in room.people:
                uow.wake(topic(conversation_id, actor.id))
            uow.conversations.drop_unheld([conversation_id])

    def remove(self, uow: UnitOfWork, persona: Actor, conversation_id: int) -> None:
        """Throw one's own record of a conversation away, and leave it if it is a small group.
        Others keep theirs. Raises NotFound."""
        room = self.room(uow, conversation_id, persona)
        if room.conversation.kind == "group":
            self.leave(uow, persona, conversation_id)
        uow.messages.drop_copies(conversation_id, persona.id)
        uow.conversations.mark_read(conversation_id, persona.id, room.place.newest_id)
        uow.conversations.reach(conversation_id, [persona.id], 0)
        uow.message_choices.drop_draft(persona.id, conversation_id)
        uow.wake(topic(conversation_id, persona.id))
        uow.conversations.drop_unheld([conversation_id])
