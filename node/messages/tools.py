"""What every use case of messages holds, and the steps that many of them share."""

from dataclasses import dataclass

from node.errors import NotFound, Refused
from node.messages.rules import Contact, Denied, Limits, Reach, is_here, may_reach
from node.messages.words import Markdown
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.safety.newcomers import Newcomers
from node.visibility import may_read_conversation
from storage.actors import Actor
from storage.conversations import Conversation, Participant
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation as one person stands in it; `people` are all who were ever in it."""

    conversation: Conversation
    place: Participant
    people: list[tuple[Participant, Actor]]

    @property
    def others(self) -> list[tuple[Participant, Actor]]:
        """Those in it besides this person."""
        own = self.place.persona_id
        return [
            (one, actor) for one, actor in self.people if one.left_at is None and actor.id != own
        ]


def topic(conversation_id: int, persona_id: int) -> str:
    """What rings when something changed in a conversation for one of its people: ids only."""
    return f"messages:{conversation_id}:{persona_id}"


def insist(decision: Reach | Denied | None) -> Reach | None:
    """Goes on unless the rules say no. Raises Refused, NotFound."""
    if isinstance(decision, Denied):
        if decision.code == "not-found":
            raise NotFound(decision.sentence)
        raise Refused(decision.sentence, decision.code)
    return decision


class Tools:
    """Built once by `node/rooms.py`; `authority` is the node's own host, with its port if any."""

    def __init__(
        self,
        now: Clock,
        new_id: NewId,
        authority: str,
        markdown: Markdown,
        limits: Limits,
        newcomers: Newcomers,
        notifying: Notifying,
    ) -> None:
        self.now = now
        self.new_id = new_id
        self.authority = authority
        self.markdown = markdown
        self.limits = limits
        self.newcomers = newcomers
        self.notifying = notifying

    def room(self, uow: UnitOfWork, conversation_id: int, persona: Actor) -> Room:
        """The conversation, if this person may read it. Raises NotFound."""
        place = uow.conversations.place(conversation_id, persona.id)
        if place is None or not may_read_conversation(place):
            raise NotFound
        conversation = uow.conversations.get(conversation_id)
        if conversation is None:
            raise NotFound
        return Room(
            conversation, place, uow.conversations.people([conversation_id])[conversation_id]
        )

    def contact(self, uow: UnitOfWork, persona: Actor, other: Actor | None) -> Contact:
        """All that the rules ask about two people."""
        if other is None or not is_here(other) or other.id in uow.blocks.hides(persona.id):
            return Contact(is_there=False, who_may_ask="nobody")
        since = self.now() - self.limits.standing
        shared = uow.memberships.shared_since(persona.id, other.id)
        return Contact(
            is_there=True,
            is_self=other.id == persona.id,
            has_conversation=self._pair(uow, persona.id, other.id) is not None,
            shares_group=shared is not None,
            shares_group_long=shared is not None and shared <= since,
            is_buddy=uow.buddies.are_buddies(persona.id, other.id, self.now()),
            is_newcomer=not self.newcomers.may_write_first(uow, persona),
            who_may_ask=uow.message_choices.get(other.id).who_may_ask,
            has_asked=uow.message_requests.unanswered(persona.id, other.id) is not None,
            was_asked=self._asked_by(uow, other.id, persona.id),
        )

    def reach(self, uow: UnitOfWork, persona: Actor, other: Actor | None) -> Reach | Denied:
        """Whether one may write to the other at once, has to ask, or neither."""
        return may_reach(self.contact(uow, persona, other))

    def keeps(self, uow: UnitOfWork, personas: list[int]) -> dict[int, int]:
        """For how many days each of them keeps messages; 0 is for ever."""
        chosen = uow.message_choices.get_many(personas)
        return {
            one: self.limits.keep_days if choices.keep_days is None else choices.keep_days
            for one, choices in chosen.items()
        }

    def _pair(self, uow: UnitOfWork, persona_id: int, other_id: int) -> int | None:
        """Their conversation, if anything of it ever reached this person."""
        found = uow.conversations.pair(persona_id, other_id)
        if found is None:
            return None
        place = uow.conversations.place(found, persona_id)
        return found if place is not None and place.read_id + place.newest_id > 0 else None

    def _asked_by(self, uow: UnitOfWork, other_id: int, persona_id: int) -> bool:
        asked = uow.message_requests.unanswered(other_id, persona_id)
        return asked is not None and asked.state == "open"
