"""Taking a persona out of its private conversations, in bounded batches.

Its own words go for everybody, and its copies of what others wrote. Others see that it left.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select

from storage.tables import conversation_people, message_copies, messages
from storage.tables.metadata import Id

_AUTHOR = bindparam("actor", type_=Id)
_EMPTY = (
    messages.update()
    .where(
        messages.c.id.in_(
            select(messages.c.id)
            .where(messages.c.author_id == _AUTHOR, messages.c.sealed.is_not(None))
            .limit(bindparam("limit"))
        )
    )
    .values(sealed=None, deleted_at=bindparam("now"))
)
_HELD = (
    select(message_copies.c.message_id, message_copies.c.conversation_id)
    .where(message_copies.c.persona_id == _AUTHOR)
    .limit(bindparam("limit"))
)
_IDS = bindparam("ids", type_=Id, expanding=True)
_DROP_COPIES = message_copies.delete().where(
    message_copies.c.persona_id == _AUTHOR, message_copies.c.message_id.in_(_IDS)
)
_DROP_UNHELD = messages.delete().where(
    messages.c.id.in_(_IDS), ~exists().where(message_copies.c.message_id == messages.c.id)
)
_PLACES = select(conversation_people.c.conversation_id).where(
    conversation_people.c.persona_id == _AUTHOR, conversation_people.c.left_at.is_(None)
)
_LEAVE = (
    conversation_people.update()
    .where(conversation_people.c.persona_id == _AUTHOR, conversation_people.c.left_at.is_(None))
    .values(left_at=bindparam("now"))
)


class LeavingTalks:
    """For a persona that is erased."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def empty_some(self, actor_id: int, now: datetime, limit: int) -> int:
        """Deletes the words of up to `limit` of its messages for everybody; how many."""
        key = {"actor": actor_id, "now": now, "limit": limit}
        return self._connection.execute(_EMPTY, key).rowcount

    def drop_some(self, actor_id: int, limit: int) -> set[int]:
        """Drops up to `limit` of its copies, and what nobody holds any more. Answers in which
        conversations; none when there was nothing left."""
        key = {"actor": actor_id, "limit": limit}
        held = list(self._connection.execute(_HELD, key))
        if held:
            ids = [row[0] for row in held]
            self._connection.execute(_DROP_COPIES, {"actor": actor_id, "ids": ids})
            self._connection.execute(_DROP_UNHELD, {"ids": ids})
        return {row[1] for row in held}

    def leave_all(self, actor_id: int, now: datetime) -> list[int]:
        """Leaves every conversation; which ones."""
        places = list(self._connection.execute(_PLACES, {"actor": actor_id}).scalars())
        self._connection.execute(_LEAVE, {"actor": actor_id, "now": now})
        return places
