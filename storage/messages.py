"""Private messages, sealed under their conversation and their author, and the copies people hold.

Everybody keeps their own copies for as long as they choose. Whoever has no copy of a message cannot
read it; when nobody has one, the message is gone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, exists, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from storage.events import notes_of
from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST
from storage.tables import attachments, message_copies, messages

PLACE = "messages.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody wrote: `source` is Markdown, `content` clean HTML. Both are None when it was
    deleted, or when its author's key was destroyed."""

    id: int
    conversation_id: int
    author_id: int
    source: str | None
    content: str | None
    created_at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None


class _Words(msgspec.Struct, array_like=True):
    source: str
    content: str


_COPY = message_copies.c
_SELECT = select(messages)
_HELD = _SELECT.join(message_copies, _COPY.message_id == messages.c.id).where(
    _COPY.persona_id == bindparam("persona")
)
_MANY_HELD = _HELD.where(_COPY.message_id.in_(bindparam("ids", expanding=True)))
_NEWEST_FIRST = _COPY.message_id.desc()
_PAGE = (
    _HELD.where(
        _COPY.conversation_id == bindparam("conversation"),
        _COPY.message_id < bindparam("before"),
    )
    .order_by(_NEWEST_FIRST)
    .limit(bindparam("limit"))
)
_ALL_HELD = (
    _HELD.where(_COPY.message_id < bindparam("before"))
    .order_by(_NEWEST_FIRST)
    .limit(bindparam("limit"))
)
_COPIES_ADD = insert(message_copies).on_conflict_do_nothing(
    index_elements=[_COPY.persona_id, _COPY.message_id]
)
_HOLDERS = select(_COPY.persona_id).where(_COPY.message_id == bindparam("message"))
_NEWEST_HELD = select(func.max(_COPY.message_id)).where(
    _COPY.persona_id == bindparam("persona"), _COPY.conversation_id == bindparam("conversation")
)
_WRITTEN = (
    select(messages.c.id)
    .where(
        messages.c.conversation_id == bindparam("conversation"),
        messages.c.author_id == bindparam("author"),
    )
    .limit(1)
)
_EDIT = (
    messages.update()
    .where(messages.c.id == bindparam("message"), messages.c.deleted_at.is_(None))
    .values(sealed=bindparam("sealed_words"), edited_at=bindparam("at"))
)
_EMPTY = (
    messages.update()
    .where(messages.c.id == bindparam("message"), messages.c.deleted_at.is_(None))
    .values(sealed=None, deleted_at=bindparam("at"))
)
_DROP_COPY = message_copies.delete().where(
    _COPY.persona_id == bindparam("persona"), _COPY.message_id == bindparam("message")
)
_DROP_COPIES = (
    message_copies.delete()
    .where(
        _COPY.persona_id == bindparam("persona"), _COPY.conversation_id == bindparam("conversation")
    )
    .returning(_COPY.message_id)
)
_DROP_UNHELD = messages.delete().where(
    messages.c.id.in_(bindparam("ids", expanding=True)),
    ~exists().where(_COPY.message_id == messages.c.id),
)
_DROP_PICTURES = attachments.delete().where(
    attachments.c.message_id.in_(bindparam("ids", expanding=True)),
    ~exists().where(messages.c.id == attachments.c.message_id),
)
_KEEP = (
    message_copies.update()
    .where(_COPY.persona_id == bindparam("persona"))
    .values(keep_days=bindparam("days"))
)
_NEXT_DAYS = select(func.min(_COPY.keep_days)).where(_COPY.keep_days > bindparam("above"))
_PAST = (
    select(_COPY.persona_id, _COPY.message_id)
    .where(_COPY.keep_days == bindparam("days"), _COPY.sent_at < bindparam("before"))
    .order_by(_COPY.sent_at)
    .limit(bindparam("limit"))
)
_PRUNE = (
    message_copies.delete()
    .where(tuple_(_COPY.persona_id, _COPY.message_id).in_(_PAST))
    .returning(_COPY.message_id, _COPY.conversation_id)
)


class MessageRepository:
    """Messages as one person holds them."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals
        self._notes = notes_of(connection)

    def add(self, message: Message, keep: dict[int, int]) -> None:
        """Stores a message, with a copy for each persona in `keep` and the days it keeps it; 0 is
        for ever."""
        self._connection.execute(
            messages.insert(),
            {
                "id": message.id,
                "conversation_id": message.conversation_id,
                "author_id": message.author_id,
                "sealed": self._sealed(message),
                "created_at": message.created_at,
                "edited_at": message.edited_at,
                "deleted_at": message.deleted_at,
            },
        )
        copies = [
            {
                "persona_id": persona,
                "message_id": message.id,
                "conversation_id": message.conversation_id,
                "sent_at": message.created_at,
                "keep_days": days,
            }
            for persona, days in keep.items()
        ]
        self._connection.execute(_COPIES_ADD, copies)
        for persona in keep:
            self._notes.add("message", message.id, persona, message.conversation_id)

    def held(self, message_id: int, persona_id: int) -> Message | None:
        """The message, if this person holds a copy."""
        return self.held_many([message_id], persona_id).get(message_id)

    def held_many(self, ids: Iterable[int], persona_id: int) -> dict[int, Message]:
        """Those of which this person holds a copy, by id."""
        key = {"ids": list(ids), "persona": persona_id}
        read = self._read(list(self._connection.execute(_MANY_HELD, key)))
        return {message.id: message for message in read}

    def page(
        self, conversation_id: int, persona_id: int, limit: int, before: int | None = None
    ) -> list[Message]:
        """What this person holds of a conversation, newest first, below the id `before`."""
        key = {
            "conversation": conversation_id,
            "persona": persona_id,
            "limit": limit,
            "before": NEWEST if before is None else before,
        }
        return self._read(list(self._connection.execute(_PAGE, key)))

    def all_held(self, persona_id: int, limit: int, before: int | None = None) -> list[Message]:
        """What this person holds of all conversations, newest first, below the id `before`."""
        before = NEWEST if before is None else before
        key = {"persona": persona_id, "limit": limit, "before": before}
        return self._read(list(self._connection.execute(_ALL_HELD, key)))

    def holders(self, message_id: int) -> list[int]:
        """The personas that hold a copy."""
        return list(self._connection.execute(_HOLDERS, {"message": message_id}).scalars())

    def newest_held(self, conversation_id: int, persona_id: int) -> int:
        """The newest message of the conversation that this person holds, or 0."""
        key = {"conversation": conversation_id, "persona": persona_id}
        return int(self._connection.execute(_NEWEST_HELD, key).scalar() or 0)

    def has_written(self, conversation_id: int, author_id: int) -> bool:
        """Whether somebody has said anything in a conversation that is still kept."""
        key = {"conversation": conversation_id, "author": author_id}
        return self._connection.execute(_WRITTEN, key).first() is not None

    def edit(self, message: Message, at: datetime) -> bool:
        """Puts the words of `message` in place of the old ones. False when it is deleted."""
        key = {"message": message.id, "sealed_words": self._sealed(message), "at": at}
        return self._connection.execute(_EDIT, key).rowcount == 1

    def empty(self, message_id: int, at: datetime) -> bool:
        """Deletes the words for everybody; the place stays. False when they are gone already."""
        return self._connection.execute(_EMPTY, {"message": message_id, "at": at}).rowcount == 1

    def drop_copy(self, message_id: int, persona_id: int) -> None:
        """This person no longer holds the message; with the last copy it is gone."""
        key = {"persona": persona_id, "message": message_id}
        self._connection.execute(_DROP_COPY, key)
        self._drop_unheld([message_id])

    def drop_copies(self, conversation_id: int, persona_id: int) -> None:
        """This person no longer holds anything of the conversation."""
        key = {"persona": persona_id, "conversation": conversation_id}
        self._drop_unheld(list(self._connection.execute(_DROP_COPIES, key).scalars()))

    def keep(self, persona_id: int, days: int) -> None:
        """How long this person keeps all they hold; 0 is for ever."""
        self._connection.execute(_KEEP, {"persona": persona_id, "days": days})

    def prune(self, now: datetime, limit: int) -> tuple[set[int], int]:
        """Drops up to `limit` copies that were kept long enough, for each length of time, and what
        nobody holds any more. Answers in which conversations, and how many."""
        touched: set[int] = set()
        days = count = 0
        while (days := self._next_days(days)) > 0:
            key = {"days": days, "before": now - timedelta(days=days), "limit": limit}
            dropped = list(self._connection.execute(_PRUNE, key))
            self._drop_unheld([row[0] for row in dropped])
            touched |= {row[1] for row in dropped}
            count += len(dropped)
        return touched, count

    def _next_days(self, above: int) -> int:
        return int(self._connection.execute(_NEXT_DAYS, {"above": above}).scalar() or 0)

    def _drop_unheld(self, ids: Sequence[int]) -> None:
        if ids:
            self._connection.execute(_DROP_UNHELD, {"ids": sorted(set(ids))})
            self._connection.execute(_DROP_PICTURES, {"ids": sorted(set(ids))})

    def _sealed(self, message: Message) -> bytes | None:
        if message.source is None or message.content is None:
            return None
        return self._seals.seal(
            msgspec.json.encode(_Words(message.source, message.content)),
            place=PLACE,
            row=message.id,
            author=message.author_id,
            holders=(
                Holder("conversation", message.conversation_id),
                Holder("persona", message.author_id),
            ),
        )

    def _read(self, rows: Sequence[Row[Any]]) -> list[Message]:
        there = [row for row in rows if row.sealed is not None]
        sealed = [Sealed(row.sealed, PLACE, row.id, row.author_id) for row in there]
        opened = self._seals.open_many(sealed)
        words = {row.id: text for row, text in zip(there, opened, strict=True) if text is not None}
        return [_message(row, words.get(row.id)) for row in rows]


def _message(row: Row[Any], opened: bytes | None) -> Message:
    words = None if opened is None else msgspec.json.decode(opened, type=_Words)
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        author_id=row.author_id,
        source=words.source if words else None,
        content=words.content if words else None,
        created_at=row.created_at,
        edited_at=row.edited_at,
        deleted_at=row.deleted_at,
    )
