"""What people were told of a decision that concerns them, and who is suspended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select, true

from storage.errors import Erased
from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST, Shape
from storage.tables import statements

_PLACE: Final = "statements.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A decision and its reasons, for the persona that it names, and no word of who reported.

    `act` is "post-removed", "persona-suspended", "account-suspended" or "restored". A suspension
    ends at `ended_at`. `sealed` holds the reasons (`StatementRepository.reasons` opens them).
    """

    id: int
    persona_id: int
    act: str
    is_suspension: bool = False
    post_id: int | None = None
    sealed: bytes = b""
    created_at: datetime
    ended_at: datetime | None = None


_STATEMENT = Shape(Statement, statements)
_SELECT = select(*_STATEMENT.columns)
_OF_PERSONAS = (
    _SELECT.where(statements.c.persona_id.in_(bindparam("personas", expanding=True)))
    .order_by(statements.c.id.desc())
    .limit(bindparam("limit"))
)
_SUSPENDED = _SELECT.where(
    statements.c.is_suspension == true(),
    statements.c.ended_at.is_(None),
    statements.c.id < bindparam("before"),
)
_SUSPENSIONS = _SUSPENDED.order_by(statements.c.id.desc()).limit(bindparam("limit"))
_SUSPENSIONS_OF = _SUSPENDED.where(
    statements.c.persona_id.in_(bindparam("personas", expanding=True))
).order_by(statements.c.id.desc())
_END = (
    statements.update()
    .where(statements.c.id == bindparam("statement"), statements.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)


class StatementRepository:
    """Statements of one persona, newest first; suspensions that hold."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, statement: Statement, reasons: str) -> None:
        """`statement.sealed` is filled with the reasons, under the key of the persona. For one that
        is erased there is nobody left to tell, and nothing is kept."""
        persona = statement.persona_id
        try:
            sealed = self._seals.seal(
                reasons.encode(),
                place=_PLACE,
                row=statement.id,
                author=persona,
                holders=(Holder("persona", persona),),
            )
        except Erased:
            return
        self._connection.execute(
            statements.insert(), _STATEMENT.values(statement) | {"sealed": sealed}
        )

    def of_personas(self, personas: list[int], limit: int = 50) -> list[Statement]:
        """What these personas were told, newest first."""
        where = {"personas": personas, "limit": limit}
        return [_STATEMENT.read(row) for row in self._connection.execute(_OF_PERSONAS, where)]

    def suspensions(self, limit: int, before: int | None = None) -> list[Statement]:
        """Suspensions that hold, newest first, those below id `before`."""
        where = {"limit": limit, "before": NEWEST if before is None else before}
        return [_STATEMENT.read(row) for row in self._connection.execute(_SUSPENSIONS, where)]

    def suspensions_of(self, personas: list[int]) -> list[Statement]:
        """Those that hold for any of these personas."""
        where = {"personas": personas, "before": NEWEST}
        return [_STATEMENT.read(row) for row in self._connection.execute(_SUSPENSIONS_OF, where)]

    def end(self, statement_id: int, at: datetime) -> bool:
        """Ends a suspension. False when it has ended, or is unknown."""
        return self._connection.execute(_END, {"statement": statement_id, "at": at}).rowcount == 1

    def reasons(self, found: list[Statement]) -> dict[int, str]:
        """The reasons by statement, as far as they can still be read."""
        opened = self._seals.open_many(
            [Sealed(one.sealed, _PLACE, one.id, one.persona_id) for one in found]
        )
        return {
            one.id: plain.decode()
            for one, plain in zip(found, opened, strict=True)
            if plain is not None
        }
