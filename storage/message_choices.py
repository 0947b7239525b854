"""What a person chose about messages, and the messages they have not sent yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection, bindparam, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.shapes import Shape
from storage.tables import message_choices, message_drafts

WhoMayAsk = Literal["nobody", "buddies", "shared-groups", "anyone"]
PLACE = "message_drafts.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageChoices:
    """One persona's choices. `keep_days` None is what the node keeps, 0 is for ever."""

    persona_id: int
    who_may_ask: WhoMayAsk = "shared-groups"
    shows_read: bool = True
    keep_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDraft:
    """An unsent message. `conversation_id` 0 has no conversation yet; `to` says whom it names."""

    persona_id: int
    conversation_id: int
    to: str = ""
    title: str = ""
    text: str
    updated_at: datetime


class _Words(msgspec.Struct, array_like=True):
    to: str
    title: str
    text: str


_CHOICES = Shape(MessageChoices, message_choices)
_GET = select(*_CHOICES.columns).where(
    message_choices.c.persona_id.in_(bindparam("personas", expanding=True))
)
_INSERT = insert(message_choices)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[message_choices.c.persona_id],
    set_={name: _INSERT.excluded[name] for name in ("who_may_ask", "shows_read", "keep_days")},
)
_DRAFT = (
    message_drafts.c.persona_id == bindparam("persona"),
    message_drafts.c.conversation_id == bindparam("conversation"),
)
_DRAFT_GET = select(message_drafts).where(*_DRAFT)
_DRAFT_INSERT = insert(message_drafts)
_DRAFT_PUT = _DRAFT_INSERT.on_conflict_do_update(
    index_elements=[message_drafts.c.persona_id, message_drafts.c.conversation_id],
    set_={name: _DRAFT_INSERT.excluded[name] for name in ("sealed", "updated_at")},
)
_DRAFT_DROP = message_drafts.delete().where(*_DRAFT)
_DRAFTED = select(message_drafts.c.conversation_id).where(
    message_drafts.c.persona_id == bindparam("persona")
)
_OLD_DRAFTS = (
    select(message_drafts.c.persona_id, message_drafts.c.conversation_id)
    .where(message_drafts.c.updated_at < bindparam("before"))
    .order_by(message_drafts.c.updated_at)
    .limit(bindparam("limit"))
)
_DRAFT_PRUNE = message_drafts.delete().where(
    tuple_(message_drafts.c.persona_id, message_drafts.c.conversation_id).in_(_OLD_DRAFTS)
)


class MessageChoiceRepository:
    """Choices and drafts of personas."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def get(self, persona_id: int) -> MessageChoices:
        """What this person chose, or what holds for those who chose nothing."""
        return self.get_many([persona_id])[persona_id]

    def get_many(self, personas: Iterable[int]) -> dict[int, MessageChoices]:
        """The same for several, by persona."""
        wanted = list(personas)
        rows = self._connection.execute(_GET, {"personas": wanted})
        found = {choices.persona_id: choices for choices in map(_CHOICES.read, rows)}
        return {one: found.get(one) or MessageChoices(persona_id=one) for one in wanted}

    def put(self, choices: MessageChoices) -> None:
        self._connection.execute(_PUT, _CHOICES.values(choices))

    def draft(self, persona_id: int, conversation_id: int) -> MessageDraft | None:
        key = {"persona": persona_id, "conversation": conversation_id}
        row = self._connection.execute(_DRAFT_GET, key).first()
        if row is None:
            return None
        sealed = Sealed(row.sealed, PLACE, conversation_id, persona_id)
        opened = self._seals.open_many([sealed])[0]
        if opened is None:
            return None
        words = msgspec.json.decode(opened, type=_Words)
        return MessageDraft(
            persona_id=persona_id,
            conversation_id=conversation_id,
            to=words.to,
            title=words.title,
            text=words.text,
            updated_at=row.updated_at,
        )

    def put_draft(self, draft: MessageDraft) -> None:
        """Keeps the draft in place of an older one."""
        sealed = self._seals.seal(
            msgspec.json.encode(_Words(draft.to, draft.title, draft.text)),
            place=PLACE,
            row=draft.conversation_id,
            author=draft.persona_id,
            holders=(Holder("persona", draft.persona_id),),
        )
        self._connection.execute(
            _DRAFT_PUT,
            {
                "persona_id": draft.persona_id,
                "conversation_id": draft.conversation_id,
                "sealed": sealed,
                "updated_at": draft.updated_at,
            },
        )

    def drop_draft(self, persona_id: int, conversation_id: int) -> None:
        key = {"persona": persona_id, "conversation": conversation_id}
        self._connection.execute(_DRAFT_DROP, key)

    def drafted(self, persona_id: int) -> set[int]:
        """The conversations in which this person has a draft; 0 is a new one."""
        return set(self._connection.execute(_DRAFTED, {"persona": persona_id}).scalars())

    def prune_drafts(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` drafts that were not touched since then."""
        return self._connection.execute(_DRAFT_PRUNE, {"before": before, "limit": limit}).rowcount
