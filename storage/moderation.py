"""What moderators did, and why. The reasons of private groups are sealed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from storage.sealed_posts import PostSeals
from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST, Shape
from storage.tables import moderation_entries

_REASON_AT: Final = "moderation_entries.sealed_reason"


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
    sealed_reason: bytes | None = field(default=None, repr=False)
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

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals
        self._posts = PostSeals(connection, seals)

    def add(self, entry: ModerationEntry) -> None:
        self._connection.execute(moderation_entries.insert(), _ENTRY.values(self._closed(entry)))

    def list(self, group_id: int, limit: int, before: int | None = None) -> list[ModerationEntry]:
        """The group's log, newest first, entries below id `before`."""
        rows = self._connection.execute(
            _LIST,
            {"group": group_id, "limit": limit, "before": NEWEST if before is None else before},
        )
        return [*self._opened([_ENTRY.read(row) for row in rows])]

    def _closed(self, entry: ModerationEntry) -> ModerationEntry:
        if entry.reason is None or not self._posts.is_private_group(entry.group_id):
            return entry
        sealed = self._seals.seal(
            entry.reason.encode(),
            place=_REASON_AT,
            row=entry.id,
            author=entry.moderator_id,
            holders=(Holder("group", entry.group_id), Holder("persona", entry.moderator_id)),
        )
        return replace(entry, reason=None, sealed_reason=sealed)

    def _opened(self, entries: Sequence[ModerationEntry]) -> Iterator[ModerationEntry]:
        wanted = [
            Sealed(entry.sealed_reason, _REASON_AT, entry.id, entry.moderator_id)
            for entry in entries
            if entry.sealed_reason is not None
        ]
        reasons = iter(self._seals.open_many(wanted))
        for entry in entries:
            if entry.sealed_reason is None:
                yield entry
            else:
                text = next(reasons)
                reason = None if text is None else text.decode()
                yield replace(entry, reason=reason, sealed_reason=None)
