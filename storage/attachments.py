"""Pictures of private messages. What a picture shows is in a sealed blob, what is said about it in
a sealed column; both are sealed for the conversation and for the persona that sent them.

A picture without a message waits for one: it was uploaded with a message that was not sent yet.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, bindparam, select

from storage.seals import Holder, Sealed, Seals
from storage.tables import attachments
from storage.tables.metadata import UtcTime

Size = Literal["large", "small"]

_ALT: Final = "attachments.sealed_alt"
_FILE: Final = {"large": "attachments.large", "small": "attachments.small"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One picture. `name` is its blob's and stands in its address; `alt` is "" for decoration, and
    None where it was not opened or a holder was erased; `size` counts the bytes of both
    renditions."""

    id: int
    name: str
    owner_id: int
    conversation_id: int
    message_id: int | None = None
    position: int = 0
    alt: str | None
    type: str
    width: int
    height: int
    small_width: int
    small_height: int
    size: int
    created_at: datetime


_PLAIN: Final = (
    *("id", "name", "owner_id", "conversation_id", "message_id", "position", "type"),
    *("width", "height", "small_width", "small_height", "size", "created_at"),
)
_SELECT = select(*(attachments.c[name] for name in _PLAIN), attachments.c.sealed_alt)
_BY_NAME = _SELECT.where(attachments.c.name == bindparam("name"))
_OF_MESSAGES = _SELECT.where(
    attachments.c.message_id.in_(bindparam("messages", expanding=True))
).order_by(attachments.c.message_id, attachments.c.position, attachments.c.id)
_WAITING = _SELECT.where(
    attachments.c.owner_id == bindparam("owner"),
    attachments.c.conversation_id == bindparam("conversation"),
    attachments.c.message_id.is_(None),
).order_by(attachments.c.id)
_GIVE = (
    attachments.update()
    .where(
        attachments.c.id == bindparam("picture"),
        attachments.c.owner_id == bindparam("owner"),
        attachments.c.conversation_id == bindparam("conversation"),
        attachments.c.message_id.is_(None),
    )
    .values(
        message_id=bindparam("message"),
        position=bindparam("place"),
        sealed_alt=bindparam("words"),
    )
)
_DESCRIBE = (
    attachments.update()
    .where(attachments.c.id == bindparam("picture"), attachments.c.message_id.is_(None))
    .values(sealed_alt=bindparam("words"))
)
_DROP = attachments.delete().where(attachments.c.id == bindparam("picture"))
_DROP_OF_MESSAGES = attachments.delete().where(
    attachments.c.message_id.in_(bindparam("messages", expanding=True))
)
_OLD = (
    select(attachments.c.id)
    .where(
        attachments.c.created_at < bindparam("before", type_=UtcTime()),
        attachments.c.message_id.is_(None),
    )
    .order_by(attachments.c.created_at)
    .limit(bindparam("limit"))
)
_PRUNE = attachments.delete().where(attachments.c.id.in_(_OLD), attachments.c.message_id.is_(None))
_KNOWN = select(attachments.c.name).where(
    attachments.c.name.in_(bindparam("names", expanding=True))
)


class AttachmentRepository:
    """Pictures by name, by message, and those that wait."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def seal(self, picture: Attachment, size: Size, body: bytes) -> bytes:
        """The bytes of one rendition as they may be kept on disk. Raises Erased."""
        return self._seal(picture, _FILE[size], body)

    def open(self, picture: Attachment, size: Size, sealed: bytes) -> bytes | None:
        """The bytes again; None once a holder was erased. Raises NotOpened."""
        return self._seals.open(sealed, place=_FILE[size], row=picture.id, author=picture.owner_id)

    def add(self, picture: Attachment) -> None:
        values = {name: getattr(picture, name) for name in _PLAIN}
        self._connection.execute(
            attachments.insert(), values | {"sealed_alt": self._words(picture, picture.alt or "")}
        )

    def by_name(self, name: str) -> Attachment | None:
        """Without the words about it: one statement, whether there is one or not."""
        row = self._connection.execute(_BY_NAME, {"name": name}).first()
        return None if row is None else _attachment(row, None)

    def of_messages(self, messages: Collection[int]) -> dict[int, list[Attachment]]:
        """The pictures of each message that has any, in their order. Two queries for all."""
        if not messages:
            return {}
        rows = self._connection.execute(_OF_MESSAGES, {"messages": list(messages)}).all()
        found: dict[int, list[Attachment]] = {}
        for picture in self._read(rows):
            if picture.message_id is not None:
                found.setdefault(picture.message_id, []).append(picture)
        return found

    def waiting(self, owner_id: int, conversation_id: int) -> list[Attachment]:
        """What this persona uploaded there and has not sent, oldest first."""
        key = {"owner": owner_id, "conversation": conversation_id}
        return self._read(self._connection.execute(_WAITING, key).all())

    def give(self, picture: Attachment, message_id: int, position: int, alt: str) -> bool:
        """Make it part of a message, with the words for it. False when it is part of one."""
        done = self._connection.execute(
            _GIVE,
            {
                "picture": picture.id,
                "owner": picture.owner_id,
                "conversation": picture.conversation_id,
                "message": message_id,
                "place": position,
                "words": self._words(picture, alt),
            },
        )
        return done.rowcount == 1

    def describe(self, picture: Attachment, alt: str) -> None:
        """Other words for a picture that waits."""
        words = {"picture": picture.id, "words": self._words(picture, alt)}
        self._connection.execute(_DESCRIBE, words)

    def drop(self, picture_id: int) -> None:
        """Forget it; its blob is swept up later."""
        self._connection.execute(_DROP, {"picture": picture_id})

    def drop_of_messages(self, messages: Collection[int]) -> int:
        """Forget all pictures of these messages."""
        if not messages:
            return 0
        done = self._connection.execute(_DROP_OF_MESSAGES, {"messages": list(messages)})
        return done.rowcount

    def prune_waiting(self, before: datetime, limit: int) -> int:
        """Forget what was uploaded before then and never sent."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount

    def known(self, names: Collection[str]) -> set[str]:
        """Those of the blobs' names that have a row."""
        found = self._connection.execute(_KNOWN, {"names": list(names)})
        return set(found.scalars())

    def _words(self, picture: Attachment, alt: str) -> bytes:
        return self._seal(picture, _ALT, alt.encode())

    def _seal(self, picture: Attachment, place: str, plain: bytes) -> bytes:
        holders = (
            Holder("conversation", picture.conversation_id),
            Holder("persona", picture.owner_id),
        )
        return self._seals.seal(
            plain, place=place, row=picture.id, author=picture.owner_id, holders=holders
        )

    def _read(self, rows: Sequence[Any]) -> list[Attachment]:
        sealed = [Sealed(row.sealed_alt, _ALT, row.id, row.owner_id) for row in rows]
        opened = self._seals.open_many(sealed)
        return [_attachment(row, words) for row, words in zip(rows, opened, strict=True)]


def _attachment(row: Any, words: bytes | None) -> Attachment:
    alt = None if words is None else words.decode()
    return Attachment(**{name: getattr(row, name) for name in _PLAIN}, alt=alt)
