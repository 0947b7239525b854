"""Which post came of a call that an app may send twice, by the key that the app gave it.

Only a hash of the key is kept, for an hour or so. The key is taken in the transaction that makes
the post: of two calls at once the second waits for the first and finds what came of it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import sent_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class SentKey:
    """`made_id` is of a post, or of one that waits if `is_scheduled`."""

    persona_id: int
    key_hash: str
    made_id: int
    is_scheduled: bool
    created_at: datetime


_KEY = Shape(SentKey, sent_keys)
_PAIR = (
    sent_keys.c.persona_id == bindparam("persona"),
    sent_keys.c.key_hash == bindparam("hash"),
)
_GET = select(*_KEY.columns).where(*_PAIR)
# PostgreSQL tells no row count of an INSERT, so the row says whether it is new.
_TAKE = insert(sent_keys).on_conflict_do_nothing().returning(sent_keys.c.persona_id)
_SET = (
    sent_keys.update()
    .where(*_PAIR)
    .values(made_id=bindparam("made"), is_scheduled=bindparam("scheduled"))
)
_PRUNE = sent_keys.delete().where(
    tuple_(sent_keys.c.persona_id, sent_keys.c.key_hash).in_(
        select(sent_keys.c.persona_id, sent_keys.c.key_hash)
        .where(sent_keys.c.created_at < bindparam("before"))
        .limit(bindparam("limit"))
    )
)


def hash_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


class SentKeyRepository:
    """Keys by persona."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, persona_id: int, key: str, now: datetime) -> SentKey | None:
        """Take the key for what is about to be made. Answers what was made with it before."""
        fresh = SentKey(
            persona_id=persona_id,
            key_hash=hash_of(key),
            made_id=0,
            is_scheduled=False,
            created_at=now,
        )
        if self._connection.execute(_TAKE, _KEY.values(fresh)).first() is not None:
            return None
        pair = {"persona": persona_id, "hash": fresh.key_hash}
        return _KEY.maybe(self._connection.execute(_GET, pair).first())

    def made(self, persona_id: int, key: str, made_id: int, *, is_scheduled: bool) -> None:
        """Note what came of the call."""
        pair = {"persona": persona_id, "hash": hash_of(key)}
        self._connection.execute(_SET, pair | {"made": made_id, "scheduled": is_scheduled})

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets keys from before that time; how many."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount
