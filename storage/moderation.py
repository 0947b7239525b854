"""What moderators did, and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.shapes import NEWEST, Shape
from storage.tables import moderation_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationEntry:
    """One act of one moderator, on a post or an actor."""

    id: int
    group_id: int
    moderator_id: int
    act: str
    post_id: int | None = None
    target_actor_id: int | None = None
    reason: str | None = None
    created_at: datetime


_ENTRY = Shape(ModerationEntry, moderation_entries)
_LIST = (
    select(*_ENTRY.columns)
    .where(
        moderation_entries.c.group_id == bindparam("group"),
        moderation_entries.c.id < bindparam("before"),
    )
    .order_by(moderation_entries.c.id.desc())
    .limit(bindparam("limit"))
)


class ModerationRepository:
    """The log of each group, which is only ever added to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: ModerationEntry) -> None:
        self._connection.execute(moderation_entries.insert(), _ENTRY.values(entry))

    def list(self, group_id: int, limit: int, before: int | None = None) -> list[ModerationEntry]:
        """The group's log, newest first, entries below id `before`."""
        rows = self._connection.execute(
            _LIST,
            {"group": group_id, "limit": limit, "before": NEWEST if before is None else before},
        )
        return [_ENTRY.read(row) for row in rows]
