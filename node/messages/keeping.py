"""What a person chose about messages, drafts, and letting go of what was kept long enough.

Everybody's own choice decides about everybody's own copies: that one of two people keeps seven days
and the other keeps for ever means just that. A message is gone when nobody keeps it any more.
"""

from dataclasses import dataclass
from datetime import datetime

from node.errors import Invalid
from node.i18n import N_
from node.messages.asking import Asking
from node.messages.rules import KEEP_CHOICES, WHO_CHOICES
from node.messages.words import TEXT_LIMIT, refuse_other_nodes
from storage.actors import Actor
from storage.message_choices import MessageChoices, MessageDraft, WhoMayAsk
from storage.unit_of_work import UnitOfWork

FIELD_LIMIT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A message that is still being written, as typed."""

    to: str = ""
    title: str = ""
    text: str


class Keeping(Asking):
    """Choices and drafts."""

    def choose(
        self, uow: UnitOfWork, persona: Actor, who: str, shows_read: bool, keep: str
    ) -> MessageChoices:
        """Keep what somebody chose; a new time holds for all that they have. Raises Invalid."""
        choices = MessageChoices(
            persona_id=persona.id,
            who_may_ask=_who(who),
            shows_read=shows_read,
            keep_days=_days(keep),
        )
        uow.message_choices.put(choices)
        uow.messages.keep(persona.id, self.keeps(uow, [persona.id])[persona.id])
        return choices

    def draft(
        self, uow: UnitOfWork, persona: Actor, conversation_id: int, unsent: Unsent
    ) -> MessageDraft | None:
        """Keep an unsent message; an empty one goes. Raises Invalid, Refused, NotFound."""
        if conversation_id:
            self.room(uow, conversation_id, persona)
        text = unsent.text.replace("\x00", "")
        if len(text) > TEXT_LIMIT or max(len(unsent.to), len(unsent.title)) > FIELD_LIMIT:
            raise Invalid("text", N_("The text is too long; up to 20,000 characters fit."))
        for words in (text, unsent.to, unsent.title):
            refuse_other_nodes(words, self.authority)
        if not (text + unsent.to + unsent.title).strip():
            uow.message_choices.drop_draft(persona.id, conversation_id)
            return None
        kept = MessageDraft(
            persona_id=persona.id,
            conversation_id=conversation_id,
            to=unsent.to.replace("\x00", ""),
            title=unsent.title.replace("\x00", ""),
            text=text,
            updated_at=self.now(),
        )
        uow.message_choices.put_draft(kept)
        return kept


def forget_messages(uow: UnitOfWork, now: datetime, limit: int) -> int:
    """Drops copies that were kept as long as their holders chose, messages that nobody keeps any
    more, and conversations that nobody holds, with their keys. How many copies went."""
    touched, dropped = uow.messages.prune(now, limit)
    uow.conversations.settle(touched)
    return dropped


def _days(value: str) -> int | None:
    if not value:
        return None
    if value not in {str(days) for days in KEEP_CHOICES}:
        raise Invalid("keep", N_("Choose one of the times from the list."))
    return int(value)


def _who(value: str) -> WhoMayAsk:
    for choice in WHO_CHOICES:
        if choice == value:
            return choice
    raise Invalid("who", N_("Choose one from the list."))
