"""Private conversations, and who takes part in them.

A conversation of two has a `pair_key`, so that there is only ever one. Titles are sealed under the
conversation's key, which is destroyed with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, and_, bindparam, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST, Shape
from storage.tables import (
    actors,
    attachments,
    conversation_people,
    conversations,
    message_copies,
    message_drafts,
    messages,
)

ConversationKind = Literal["pair", "group"]
TITLE = "conversations.sealed_title"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A pair, or a small group with a title that may be empty."""

    id: int
    kind: ConversationKind
    title: str | None = None
    created_by: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One persona in one conversation. `newest_id` is the newest thing that reached it, `read_id`
    how far it has read."""

    conversation_id: int
    persona_id: int
    joined_at: datetime
    left_at: datetime | None = None
    newest_id: int = 0
    read_id: int = 0

    @property
    def has_news(self) -> bool:
        return self.newest_id > self.read_id


def pair_key(one: int, other: int) -> str:
    """The same for both orders."""
    return f"{min(one, other)}-{max(one, other)}"


_PARTICIPANT = Shape(Participant, conversation_people)
_PEOPLE = conversation_people.c
_BY_ID = select(conversations).where(conversations.c.id == bindparam("id"))
_PAIR = select(conversations.c.id).where(conversations.c.pair_key == bindparam("key"))
_PLACE = select(*_PARTICIPANT.columns).where(
    _PEOPLE.conversation_id == bindparam("conversation"), _PEOPLE.persona_id == bindparam("persona")
)
_INSERT = insert(conversation_people)
_JOIN = _INSERT.on_conflict_do_update(
    index_elements=[_PEOPLE.conversation_id, _PEOPLE.persona_id],
    set_={name: _INSERT.excluded[name] for name in ("joined_at", "left_at", "newest_id")},
)
_PEOPLE_OF = (
    select(*_PARTICIPANT.columns, *ACTOR.columns)
    .join(actors, actors.c.id == _PEOPLE.persona_id)
    .where(_PEOPLE.conversation_id.in_(bindparam("conversations", expanding=True)))
    .order_by(_PEOPLE.conversation_id, _PEOPLE.joined_at, _PEOPLE.persona_id)
)
_OF_PERSONA = (
    select(*_PARTICIPANT.columns, *conversations.columns)
    .join(conversations, conversations.c.id == _PEOPLE.conversation_id)
    .where(
        _PEOPLE.persona_id == bindparam("persona"),
        _PEOPLE.newest_id > 0,
        _PEOPLE.newest_id < bindparam("before"),
    )
    .order_by(_PEOPLE.newest_id.desc(), _PEOPLE.conversation_id)
    .limit(bindparam("limit"))
)
_NEWS = (
    select(func.count())
    .select_from(conversation_people)
    .where(_PEOPLE.persona_id == bindparam("persona"), _PEOPLE.newest_id > _PEOPLE.read_id)
)
_THE_PLACE = (
    _PEOPLE.conversation_id == bindparam("conversation"),
    _PEOPLE.persona_id == bindparam("persona"),
)
_READ = (
    conversation_people.update()
    .where(*_THE_PLACE, _PEOPLE.read_id < bindparam("up_to"))
    .values(read_id=bindparam("up_to"))
)
_REACHED = (
    conversation_people.update()
    .where(
        _PEOPLE.conversation_id == bindparam("conversation"),
        _PEOPLE.persona_id.in_(bindparam("personas", expanding=True)),
    )
    .values(newest_id=bindparam("newest"))
)
_LEAVE = (
    conversation_people.update()
    .where(*_THE_PLACE, _PEOPLE.left_at.is_(None))
    .values(left_at=bindparam("at"))
)
_COPIED = exists().where(message_copies.c.conversation_id == conversations.c.id)
_PEOPLED = exists().where(_PEOPLE.conversation_id == conversations.c.id, _PEOPLE.left_at.is_(None))
_UNHELD = select(conversations.c.id).where(
    conversations.c.id.in_(bindparam("ids", expanding=True)),
    ~or_(_COPIED, and_(conversations.c.kind == "group", _PEOPLED)),
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_DROP = (
    message_drafts.delete().where(message_drafts.c.conversation_id.in_(_IDS)),
    attachments.delete().where(attachments.c.conversation_id.in_(_IDS)),
    messages.delete().where(messages.c.conversation_id.in_(_IDS)),
    conversation_people.delete().where(_PEOPLE.conversation_id.in_(_IDS)),
    conversations.delete().where(conversations.c.id.in_(_IDS)),
)


_HELD_BY_THEM = exists().where(
    message_copies.c.persona_id == _PEOPLE.persona_id,
    message_copies.c.conversation_id == _PEOPLE.conversation_id,
)
_FORGET_EMPTY = (
    conversation_people.update()
    .where(
        _PEOPLE.conversation_id.in_(
            select(conversations.c.id).where(
                conversations.c.id.in_(_IDS), conversations.c.kind == "pair"
            )
        ),
        _PEOPLE.newest_id > 0,
        ~_HELD_BY_THEM,
    )
    .values(read_id=_PEOPLE.newest_id, newest_id=0)
)


class ConversationRepository:
    """Conversations by id and by pair, and their people."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, conversation: Conversation, pair: str | None) -> None:
        """AlreadyThere when the two people of `pair` have a conversation."""
        self._connection.execute(
            conversations.insert(),
            {
                "id": conversation.id,
                "kind": conversation.kind,
                "pair_key": pair,
                "sealed_title": self._sealed(conversation),
                "created_by": conversation.created_by,
                "created_at": conversation.created_at,
            },
        )

    def get(self, conversation_id: int) -> Conversation | None:
        rows = list(self._connection.execute(_BY_ID, {"id": conversation_id}))
        return next(iter(self._read(rows)), None)

    def pair(self, one: int, other: int) -> int | None:
        """The id of the conversation of these two, if they have one."""
        found: int | None = self._connection.execute(_PAIR, {"key": pair_key(one, other)}).scalar()
        return found

    def join(self, participant: Participant) -> None:
        """Adds a person, or brings back one who had left, who has read what they had read."""
        self._connection.execute(_JOIN, _PARTICIPANT.values(participant))

    def place(self, conversation_id: int, persona_id: int) -> Participant | None:
        key = {"conversation": conversation_id, "persona": persona_id}
        return _PARTICIPANT.maybe(self._connection.execute(_PLACE, key).first())

    def people(self, ids: Iterable[int]) -> dict[int, list[tuple[Participant, Actor]]]:
        """The people of each conversation, in the order in which they came, gone ones too."""
        found: dict[int, list[tuple[Participant, Actor]]] = {number: [] for number in ids}
        for row in self._connection.execute(_PEOPLE_OF, {"conversations": list(found)}):
            participant = _PARTICIPANT.read(row)
            actor = ACTOR.read_after(row, _PARTICIPANT.width)
            found[participant.conversation_id].append((participant, actor))
        return found

    def of_persona(
        self, persona_id: int, limit: int, before: int | None = None
    ) -> list[tuple[Participant, Conversation]]:
        """A person's conversations, what reached them last first, those below `before`."""
        key = {
            "persona": persona_id,
            "limit": limit,
            "before": NEWEST if before is None else before,
        }
        rows = list(self._connection.execute(_OF_PERSONA, key))
        read = self._read([row[_PARTICIPANT.width :] for row in rows])
        return [(_PARTICIPANT.read(row), each) for row, each in zip(rows, read, strict=True)]

    def count_news(self, persona_id: int) -> int:
        """In how many conversations something is new to this person."""
        return int(self._connection.execute(_NEWS, {"persona": persona_id}).scalar_one())

    def mark_read(self, conversation_id: int, persona_id: int, up_to: int) -> bool:
        """False when they had read that far before."""
        key = {"conversation": conversation_id, "persona": persona_id, "up_to": up_to}
        return self._connection.execute(_READ, key).rowcount == 1

    def reach(self, conversation_id: int, personas: Sequence[int], newest: int) -> None:
        """`newest` is now the newest thing these people have of the conversation; 0 is nothing."""
        self._connection.execute(
            _REACHED,
            {"conversation": conversation_id, "personas": list(personas), "newest": newest},
        )

    def leave(self, conversation_id: int, persona_id: int, at: datetime) -> bool:
        """False when they are not in it, or left before."""
        key = {"conversation": conversation_id, "persona": persona_id, "at": at}
        return self._connection.execute(_LEAVE, key).rowcount == 1

    def settle(self, ids: Iterable[int]) -> None:
        """After copies went: a pair of which somebody has nothing left is gone from their list, and
        a conversation that nobody holds is gone altogether."""
        wanted = sorted(set(ids))
        if wanted:
            self._connection.execute(_FORGET_EMPTY, {"ids": wanted})
            self.drop_unheld(wanted)

    def drop_unheld(self, ids: Iterable[int]) -> list[int]:
        """Drops those of these conversations that nobody holds any more, with their keys. A pair is
        held by who has a copy of a message, a small group also by who is in it."""
        wanted = {"ids": sorted(set(ids))}
        if not wanted["ids"]:
            return []
        unheld = list(self._connection.execute(_UNHELD, wanted).scalars())
        if unheld:
            for statement in _DROP:
                self._connection.execute(statement, {"ids": unheld})
        for number in unheld:
            self._seals.destroy(Holder("conversation", number))
        return unheld

    def _sealed(self, conversation: Conversation) -> bytes | None:
        if not conversation.title:
            return None
        return self._seals.seal(
            conversation.title.encode(),
            place=TITLE,
            row=conversation.id,
            author=conversation.created_by,
            holders=(Holder("conversation", conversation.id),),
        )

    def _read(self, rows: Sequence[Sequence[Any]]) -> list[Conversation]:
        """Rows of the table, in the order of its columns."""
        titles = {row[0]: Sealed(row[3], TITLE, row[0], row[4]) for row in rows if row[3]}
        opened = dict(zip(titles, self._seals.open_many(list(titles.values())), strict=True))
        read = []
        for number, kind, _, _, created_by, created_at in rows:
            title = opened.get(number)
            read.append(
                Conversation(
                    id=number,
                    kind=kind,
                    title=None if title is None else title.decode(),
                    created_by=created_by,
                    created_at=created_at,
                )
            )
        return read
