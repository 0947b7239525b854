"""Requests of safety leads to learn which personas belong together, and the second person's word.

The answer itself stands nowhere: it is looked up each time it is shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection, bindparam, select

from storage.seals import Holder, Sealed, Seals
from storage.shapes import Shape
from storage.tables import reveals

RevealState = Literal["asked", "confirmed", "declined"]
_PLACE: Final = "reveals.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """One request. `asked_by` and `answered_by` are accounts; `sealed` holds the reason."""

    id: int
    persona_id: int
    asked_by: int
    asked_at: datetime
    sealed: bytes = b""
    state: RevealState = "asked"
    answered_by: int | None = None
    answered_at: datetime | None = None


_REVEAL = Shape(Reveal, reveals)
_SELECT = select(*_REVEAL.columns)
_BY_ID = _SELECT.where(reveals.c.id == bindparam("id"))
_SINCE = (
    _SELECT.where(reveals.c.asked_at > bindparam("since"))
    .order_by(reveals.c.asked_at.desc())
    .limit(bindparam("limit"))
)
_ANSWER = (
    reveals.update()
    .where(reveals.c.id == bindparam("reveal"), reveals.c.state == "asked")
    .values(state=bindparam("new_state"), answered_by=bindparam("by"), answered_at=bindparam("at"))
)


class RevealRepository:
    """Requests by id, and the recent ones."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, reveal: Reveal, reason: str) -> None:
        """`reveal.sealed` is filled with the reason, under the account that asks."""
        sealed = self._seals.seal(
            reason.encode(),
            place=_PLACE,
            row=reveal.id,
            author=reveal.asked_by,
            holders=(Holder("account", reveal.asked_by),),
        )
        self._connection.execute(reveals.insert(), _REVEAL.values(reveal) | {"sealed": sealed})

    def get(self, reveal_id: int) -> Reveal | None:
        return _REVEAL.maybe(self._connection.execute(_BY_ID, {"id": reveal_id}).first())

    def since(self, moment: datetime, limit: int = 100) -> list[Reveal]:
        """Those asked for after this time, newest first."""
        rows = self._connection.execute(_SINCE, {"since": moment, "limit": limit})
        return [_REVEAL.read(row) for row in rows]

    def answer(self, reveal_id: int, state: RevealState, by: int, at: datetime) -> bool:
        """Confirms or declines. False when that was done before: of two answers, one counts."""
        values = {"reveal": reveal_id, "new_state": state, "by": by, "at": at}
        return self._connection.execute(_ANSWER, values).rowcount == 1

    def reasons(self, found: list[Reveal]) -> dict[int, str]:
        """The reasons by request, as far as they can still be read."""
        opened = self._seals.open_many(
            [Sealed(one.sealed, _PLACE, one.id, one.asked_by) for one in found]
        )
        return {
            one.id: plain.decode()
            for one, plain in zip(found, opened, strict=True)
            if plain is not None
        }
