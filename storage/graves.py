"""What was deleted, undone or switched, remembered by a name, with its time.

Activities arrive in any order: an original that comes after its Delete or Undo must not take
effect, and neither must news that is older than what we know.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, literal, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import graves

_ADD = insert(graves).on_conflict_do_nothing(index_elements=[graves.c.uri])
_INSERT = insert(graves)
_RENEW = _INSERT.on_conflict_do_update(
    index_elements=[graves.c.uri], set_={"buried_at": _INSERT.excluded.buried_at}
)
_WHEN = select(graves.c.buried_at).where(graves.c.uri == bindparam("uri"))
_REMOVE = graves.delete().where(graves.c.uri == bindparam("uri"))
_HAS = select(literal(1)).where(graves.c.uri == bindparam("uri"))
_PRUNE = graves.delete().where(
    graves.c.uri.in_(
        select(graves.c.uri)
        .where(graves.c.buried_at < bindparam("before"))
        .limit(bindparam("limit"))
    )
)


class GraveRepository:
    """Remembers URIs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, uri: str, now: datetime) -> None:
        """Remember that `uri` is gone for good. Twice changes nothing."""
        self._connection.execute(_ADD, {"uri": uri, "buried_at": now})

    def has(self, uri: str) -> bool:
        """Whether `uri` is gone for good."""
        return self._connection.execute(_HAS, {"uri": uri}).first() is not None

    def renew(self, uri: str, at: datetime) -> None:
        """Remember `uri` with this time, whatever was remembered before."""
        self._connection.execute(_RENEW, {"uri": uri, "buried_at": at})

    def when(self, uri: str) -> datetime | None:
        """The time that is remembered with `uri`, if it is."""
        at: datetime | None = self._connection.execute(_WHEN, {"uri": uri}).scalar()
        return at

    def remove(self, uri: str) -> None:
        """Forget `uri`."""
        self._connection.execute(_REMOVE, {"uri": uri})

    def prune(self, before: datetime, limit: int = 10_000) -> int:
        """Forget up to `limit` that were buried earlier than `before`; answers how many."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount
