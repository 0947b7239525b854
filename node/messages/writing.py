"""Messages: a conversation begun, a message sent, changed, taken back.

Each person in a conversation gets a copy of their own, but nobody who is cut off from its author:
there it goes nowhere, and to the author it looks sent.
"""

from dataclasses import dataclass, replace
from functools import partial

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.messages.rules import ASK_FIRST, GONE, NEWCOMER, NOT_THERE, Denied, is_here
from node.messages.tools import Room, Tools, insist, topic
from node.messages.words import has_link, names_in, text_of, title_of
from node.safety.newcomer_rules import links_in
from storage.actors import Actor
from storage.conversations import Conversation, Participant, pair_key
from storage.messages import Message
from storage.unit_of_work import UnitOfWork

NO_LINKS = N_("You are new here, so your messages hold no links yet. Leave the links out for now.")
NO_PICTURES = N_("You are new here. You can send pictures in a few days; words work now.")
ALONE = Denied("alone", N_("Nobody else is in this conversation any more."))
LEFT = Denied("left", N_("You left this conversation. You can read it, and write no more."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A first message as typed: `to` names people, `title` is for a small group."""

    to: str
    text: str
    title: str = ""


class Writing(Tools):
    """What people write to each other."""

    def recipients(self, uow: UnitOfWork, persona: Actor, to: str) -> list[Actor]:
        """The people that a field names. Raises Invalid, Refused; nobody is told apart from a
        name that was never taken."""
        hidden = uow.blocks.hides(persona.id)
        found = []
        for handle in names_in(to, self.authority):
            actor = uow.actors.local_by_handle(handle)
            if actor is None or not is_here(actor) or actor.id in hidden:
                raise Invalid("to", NOT_THERE.sentence)
            if actor.id == persona.id:
                raise Invalid("to", N_("That is you. Name somebody else."))
            found.append(actor)
        if len(found) >= self.limits.people_most:
            raise Invalid("to", N_("These are too many people for one conversation."))
        return found

    def start(self, uow: UnitOfWork, persona: Actor, letter: Letter) -> Message:
        """Write first, to one or a few. Two people have one conversation, which goes on. Raises
        Invalid, Refused (`ask-first` where a request is needed)."""
        text = text_of(letter.text, self.authority)
        title = title_of(letter.title, self.authority)
        others = self.recipients(uow, persona, letter.to)
        for other in others:
            if insist(self.reach(uow, persona, other)) == "ask":
                raise Refused(ASK_FIRST.sentence, ASK_FIRST.code)
        if len(others) == 1:
            room = self.pair_room(uow, persona, others[0])
        else:
            room = self._group_room(uow, persona, others, title)
        message = self.say(uow, room, persona, text)
        uow.message_choices.drop_draft(persona.id, 0)
        return message

    def send(
        self,
        uow: UnitOfWork,
        persona: Actor,
        conversation_id: int,
        text: str,
        *,
        with_pictures: bool = False,
    ) -> Message:
        """Write into a conversation; beside pictures words are not needed. Raises Invalid, Refused,
        NotFound."""
        room = self.room(uow, conversation_id, persona)
        insist(self.may_send(uow, room, persona))
        words = text_of(text, self.authority, may_be_empty=with_pictures)
        message = self.say(uow, room, persona, words)
        uow.message_choices.drop_draft(persona.id, conversation_id)
        return message

    def edit(self, uow: UnitOfWork, persona: Actor, message_id: int, text: str) -> Message:
        """Other words for one's own message. Raises Invalid, Refused, NotFound."""
        message, room = self.own(uow, persona, message_id)
        text = text_of(text, self.authority)
        content = self._content(uow, persona, text)
        changed = replace(message, source=text, content=content, edited_at=self.now())
        uow.messages.edit(changed, self.now())
        self._ring(uow, room, message_id)
        return changed

    def delete_for_all(self, uow: UnitOfWork, persona: Actor, message_id: int) -> int:
        """Take one's own words back from everybody; the conversation's id. Raises as `edit`."""
        message, room = self.own(uow, persona, message_id)
        uow.messages.empty(message_id, self.now())
        uow.attachments.drop_of_messages([message_id])
        self._ring(uow, room, message_id)
        return message.conversation_id

    def delete_for_me(self, uow: UnitOfWork, persona: Actor, message_id: int) -> int:
        """Give one's own copy of any message away; the conversation's id. Raises NotFound."""
        message = uow.messages.held(message_id, persona.id)
        if message is None:
            raise NotFound
        self.room(uow, message.conversation_id, persona)
        uow.messages.drop_copy(message_id, persona.id)
        uow.conversations.settle([message.conversation_id])
        return message.conversation_id

    def check_pictures(self, uow: UnitOfWork, persona: Actor, conversation_id: int) -> None:
        """Whether this person may send pictures here now. Raises Refused, NotFound."""
        insist(self.may_send(uow, self.room(uow, conversation_id, persona), persona))
        if not self.newcomers.may_send_images(uow, persona):
            raise Refused(NO_PICTURES, "newcomer")

    def own(self, uow: UnitOfWork, persona: Actor, message_id: int) -> tuple[Message, Room]:
        """A message that this person wrote and may still change. Raises NotFound, Refused."""
        message = uow.messages.held(message_id, persona.id)
        if message is None:
            raise NotFound
        room = self.room(uow, message.conversation_id, persona)
        if message.author_id != persona.id or message.source is None:
            raise NotFound
        decision = self.may_send(uow, room, persona)
        if decision is not None and decision.code != ALONE.code:
            insist(decision)
        return message, room

    def may_send(self, uow: UnitOfWork, room: Room, persona: Actor) -> Denied | None:
        """Whether this person may write here now; None when they may."""
        if room.place.left_at is not None:
            return LEFT
        hidden = uow.blocks.hides(persona.id)
        there = [actor for _, actor in room.others if is_here(actor) and actor.id not in hidden]
        if there:
            return None
        return GONE if room.conversation.kind == "pair" else ALONE

    def say(self, uow: UnitOfWork, room: Room, persona: Actor, text: str) -> Message:
        """Keep a message, with a copy for everybody whom it may reach, and ring there."""
        message = Message(
            id=self.new_id(),
            conversation_id=room.conversation.id,
            author_id=persona.id,
            source=text,
            content=self._content(uow, persona, text),
            created_at=self.now(),
        )
        reached = [
            actor.id
            for _, actor in room.others
            if is_here(actor) and not uow.blocks.cut_off(persona.id, actor.id)
        ]
        uow.messages.add(message, self.keeps(uow, [persona.id, *reached]))
        uow.conversations.reach(message.conversation_id, [persona.id, *reached], message.id)
        uow.conversations.mark_read(message.conversation_id, persona.id, message.id)
        for one in (persona.id, *reached):
            uow.wake(topic(message.conversation_id, one))
        self._tell(uow, room, persona, message.id, frozenset(reached))
        return message

    def pair_room(self, uow: UnitOfWork, persona: Actor, other: Actor) -> Room:
        """The one conversation of two people, made if they have none."""
        found = uow.conversations.pair(persona.id, other.id)
        if found is None:
            return self._new_room(uow, persona, [other], "pair", None)
        conversation = uow.conversations.get(found)
        place = uow.conversations.place(found, persona.id)
        if conversation is None or place is None:
            raise NotFound
        return Room(conversation, place, uow.conversations.people([found])[found])

    def _group_room(
        self, uow: UnitOfWork, persona: Actor, others: list[Actor], title: str | None
    ) -> Room:
        if not self.newcomers.may_write_first(uow, persona):
            raise Refused(NEWCOMER.sentence, NEWCOMER.code)
        return self._new_room(uow, persona, others, "group", title)

    def _new_room(
        self,
        uow: UnitOfWork,
        persona: Actor,
        others: list[Actor],
        kind: str,
        title: str | None,
    ) -> Room:
        conversation = Conversation(
            id=self.new_id(),
            kind="pair" if kind == "pair" else "group",
            title=title,
            created_by=persona.id,
            created_at=self.now(),
        )
        pair = pair_key(persona.id, others[0].id) if kind == "pair" else None
        uow.conversations.add(conversation, pair)
        people = []
        for actor in (persona, *others):
            place = Participant(
                conversation_id=conversation.id, persona_id=actor.id, joined_at=self.now()
            )
            uow.conversations.join(place)
            people.append((place, actor))
        return Room(conversation, people[0][0], people)

    def _content(self, uow: UnitOfWork, persona: Actor, text: str) -> str:
        """The text as clean HTML. Raises Refused for links of somebody who is new."""
        content = self.markdown(text)
        links = max(links_in(content), 1) if has_link(text, content) else 0
        if links and not self.newcomers.may_send_links(uow, persona, links):
            raise Refused(NO_LINKS, "newcomer")
        return content

    def _tell(
        self, uow: UnitOfWork, room: Room, author: Actor, message_id: int, reached: frozenset[int]
    ) -> None:
        """Let the apps of those whom the message reached know that it is there."""
        conversation_id = room.conversation.id
        for _, actor in room.others:
            if actor.id in reached:
                has_spoken = partial(uow.messages.has_written, conversation_id, actor.id)
                self.notifying.tell_message(uow, actor, author, message_id, has_spoken)

    def _ring(self, uow: UnitOfWork, room: Room, message_id: int) -> None:
        """Tell the pages of those who hold the message, but for people who are cut off."""
        author = room.place.persona_id
        for one in uow.messages.holders(message_id):
            if one == author or not uow.blocks.cut_off(author, one):
                uow.wake(topic(room.conversation.id, one))
