"""What one person sees of their conversations: the list, one of them, and what a search finds.

Nothing here is an index: a search opens what the person holds, newest first, and stops after a
bounded number; `older` says where to go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from node.errors import KithError, NotFound
from node.messages.keeping import Keeping
from node.messages.rules import Denied, is_here
from node.messages.tools import Room, topic
from node.visibility import may_read_message
from storage.actors import Actor
from storage.attachments import Attachment
from storage.conversations import Conversation, Participant
from storage.message_choices import MessageDraft
from storage.messages import Message
from storage.unit_of_work import UnitOfWork

PAGE = 50
FOUND_AT_ONCE = 20
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of a conversation, or None where nobody is there for the reader."""

    actor: Actor | None
    id: int
    is_self: bool
    has_left: bool
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation in the list. `last` is the newest message that the reader may read."""

    conversation: Conversation
    place: Participant
    others: list[Someone]
    last: Message | None
    has_draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationPage:
    """One page of a conversation, oldest first. `seen_by` read the reader's last word; `pictures`
    are those of the messages, `waiting` those that the reader uploaded and has not sent."""

    conversation: Conversation
    place: Participant
    people: list[Someone]
    messages: list[Message]
    hidden: frozenset[int]
    older: int | None
    seen_by: list[Actor]
    may_send: Denied | None
    draft: MessageDraft | None
    pictures: dict[int, list[Attachment]]
    waiting: list[Attachment]


@dataclass(frozen=True, slots=True)
class Found:
    """Messages that hold the words, newest first; `older` is where a further search begins."""

    messages: list[Message]
    authors: dict[int, Actor]
    older: int | None


class Reading(Keeping):
    """Queries: they change nothing."""

    def conversations(
        self, uow: UnitOfWork, persona: Actor, before: int | None = None
    ) -> tuple[list[Entry], int | None]:
        """A page of the person's conversations, the latest first, and where the next one begins."""
        rows = uow.conversations.of_persona(persona.id, PAGE + 1, before)
        older = rows[PAGE - 1][0].newest_id if len(rows) > PAGE else None
        rows = rows[:PAGE]
        people = uow.conversations.people([one.id for _, one in rows])
        last = uow.messages.held_many([place.newest_id for place, _ in rows], persona.id)
        drafted = uow.message_choices.drafted(persona.id)
        sight = self._sight(uow, persona)
        entries = [
            Entry(
                conversation,
                place,
                [sight.of(*one) for one in people[conversation.id] if one[1].id != persona.id],
                sight.readable(last.get(place.newest_id)),
                conversation.id in drafted,
            )
            for place, conversation in rows
        ]
        return entries, older

    def conversation_page(
        self, uow: UnitOfWork, persona: Actor, conversation_id: int, before: int | None = None
    ) -> ConversationPage:
        """A page of one conversation. Raises NotFound."""
        room = self.room(uow, conversation_id, persona)
        found = uow.messages.page(conversation_id, persona.id, PAGE + 1, before)
        older = found[PAGE - 1].id if len(found) > PAGE else None
        shown = found[PAGE - 1 :: -1] if len(found) > PAGE else found[::-1]
        sight = self._sight(uow, persona)
        return ConversationPage(
            conversation=room.conversation,
            place=room.place,
            people=[sight.of(*one) for one in room.people],
            messages=shown,
            hidden=frozenset(one.id for one in shown if sight.readable(one) is None),
            older=older,
            seen_by=[] if before else self._seen_by(uow, room, shown, sight),
            may_send=self.may_send(uow, room, persona),
            draft=uow.message_choices.draft(persona.id, conversation_id),
            pictures=uow.attachments.of_messages(
                [one.id for one in shown if one.content is not None and sight.readable(one)]
            ),
            waiting=uow.attachments.waiting(persona.id, conversation_id),
        )

    def mark_read(self, uow: UnitOfWork, persona: Actor, conversation_id: int) -> None:
        """The reader has seen what there is; those who may know of it are told. Raises NotFound."""
        room = self.room(uow, conversation_id, persona)
        if not uow.conversations.mark_read(conversation_id, persona.id, room.place.newest_id):
            return
        if uow.message_choices.get(persona.id).shows_read:
            for _, actor in room.others:
                if not uow.blocks.cut_off(persona.id, actor.id):
                    uow.wake(topic(conversation_id, actor.id))

    def shown_message(self, uow: UnitOfWork, persona: Actor, message_id: int) -> Message:
        """One message as this person holds it, without words that are not for them. Raises
        NotFound."""
        message = uow.messages.held(message_id, persona.id)
        if message is None:
            raise NotFound
        self.room(uow, message.conversation_id, persona)
        if self._sight(uow, persona).readable(message) is None:
            return replace(message, source=None, content=None)
        return message

    def is_own(self, uow: UnitOfWork, persona: Actor, message: Message) -> bool:
        """Whether this person wrote it and may still take it back from everybody."""
        try:
            self.own(uow, persona, message.id)
        except KithError:
            return False
        return True

    def search(
        self, uow: UnitOfWork, persona: Actor, words: str, before: int | None = None
    ) -> Found:
        """What this person holds that contains all the words, whatever their case."""
        wanted = words.casefold().split()[:20]
        found: list[Message] = []
        scanned = 0
        sight = self._sight(uow, persona)
        while wanted and scanned < self.limits.search_most and len(found) < FOUND_AT_ONCE:
            batch = uow.messages.all_held(persona.id, _BATCH, before)
            for message in batch:
                before, scanned = message.id, scanned + 1
                text = (message.source or "").casefold()
                if all(word in text for word in wanted) and sight.readable(message):
                    found.append(message)
                if len(found) >= FOUND_AT_ONCE:
                    break
            if len(batch) < _BATCH and len(found) < FOUND_AT_ONCE:
                before = None
                break
        authors = uow.actors.get_many({message.author_id for message in found})
        return Found(found, authors, before if wanted else None)

    def _sight(self, uow: UnitOfWork, persona: Actor) -> "_Sight":
        hidden = uow.blocks.hides(persona.id)
        own = uow.blocks.listed(persona.id, len(hidden)) if hidden else []
        return _Sight(persona, hidden, frozenset(one.actor.id for one in own))

    def _seen_by(
        self, uow: UnitOfWork, room: Room, shown: Sequence[Message], sight: "_Sight"
    ) -> list[Actor]:
        """Who read the reader's last word, of those who let it be known."""
        own = [one.id for one in shown if one.author_id == room.place.persona_id]
        if not own:
            return []
        readers = [
            actor
            for place, actor in room.others
            if place.read_id >= own[-1] and is_here(actor) and actor.id not in sight.hidden
        ]
        choices = uow.message_choices.get_many([actor.id for actor in readers])
        return [actor for actor in readers if choices[actor.id].shows_read]


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one reader sees: `hidden` are not there for them, `blocked` those they blocked."""

    reader: Actor
    hidden: frozenset[int]
    blocked: frozenset[int]

    def of(self, place: Participant, actor: Actor) -> Someone:
        """The person, or nobody: somebody gone and somebody who blocked the reader look alike."""
        is_blocked = actor.id in self.blocked
        is_there = is_here(actor) and (actor.id not in self.hidden or is_blocked)
        return Someone(
            actor if is_there else None,
            actor.id,
            actor.id == self.reader.id,
            place.left_at is not None,
            is_blocked,
        )

    def readable(self, message: Message | None) -> Message | None:
        """The message, if its words are for the reader."""
        if message is None or not may_read_message(message, self.reader, self.hidden, self.blocked):
            return None
        return message
