"""What moderators of its group found about a card that touches medicine. What they asked to change
is sealed under the keys of the group and the moderator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import card_checks

PLACE: Final = "card_checks.sealed"
CheckState = Literal["asked", "checked", "needs-change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCheck:
    """`asked` says that a moderator wants it looked at; `reason` is what should change."""

    post_id: int
    state: CheckState
    by_id: int
    reason: str | None = None
    changed_at: datetime


_OF = select(card_checks).where(card_checks.c.post_id.in_(bindparam("posts", expanding=True)))
_INSERT = insert(card_checks)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[card_checks.c.post_id],
    set_={name: _INSERT.excluded[name] for name in ("state", "by_id", "sealed", "changed_at")},
)


class CardCheckRepository:
    """The newest finding for each post."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, check: CardCheck, group_id: int) -> None:
        """Keep what was found, instead of what was found before."""
        sealed = None
        if check.reason is not None:
            sealed = self._seals.seal(
                check.reason.encode(),
                place=PLACE,
                row=check.post_id,
                author=check.by_id,
                holders=(Holder("group", group_id), Holder("persona", check.by_id)),
            )
        row = {
            "post_id": check.post_id,
            "state": check.state,
            "by_id": check.by_id,
            "sealed": sealed,
            "changed_at": check.changed_at,
        }
        self._connection.execute(_PUT, row)

    def of(self, post_ids: Collection[int]) -> dict[int, CardCheck]:
        """By post, for those that have one."""
        if not post_ids:
            return {}
        rows = self._connection.execute(_OF, {"posts": list(post_ids)}).all()
        reasons = iter(
            self._seals.open_many(
                [
                    Sealed(row.sealed, PLACE, row.post_id, row.by_id)
                    for row in rows
                    if row.sealed is not None
                ]
            )
        )
        found = {}
        for row in rows:
            reason = next(reasons) if row.sealed is not None else None
            found[row.post_id] = CardCheck(
                post_id=row.post_id,
                state=row.state,
                by_id=row.by_id,
                reason=None if reason is None else reason.decode(),
                changed_at=row.changed_at,
            )
        return found
