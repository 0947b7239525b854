"""What was deleted or undone, remembered by its URI.

Activities arrive in any order: an original that comes after its Delete or Undo must not take
effect.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, literal, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import graves

_ADD = insert(graves).on_conflict_do_nothing(index_elements=[graves.c.uri])
_HAS = select(literal(1)).where(graves.c.uri == bindparam("uri"))
_PRUNE = graves.delete().where(graves.c.buried_at < bindparam("before"))


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

    def prune(self, before: datetime) -> int:
        """Forget what was buried earlier than `before`; answers how many."""
        return self._connection.execute(_PRUNE, {"before": before}).rowcount
