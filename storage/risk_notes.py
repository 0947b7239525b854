"""Letters of moderators to somebody they worry about: for that person alone, sealed under its
persona."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from storage.seals import Holder, Sealed, Seals
from storage.tables import risk_notes
from storage.tables.metadata import UtcTime

PLACE: Final = "risk_notes.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskNote:
    """What one person wrote to another."""

    id: int
    persona_id: int
    by_id: int
    text: str
    created_at: datetime


_OF = (
    select(risk_notes)
    .where(risk_notes.c.persona_id == bindparam("persona"))
    .order_by(risk_notes.c.id.desc())
    .limit(bindparam("limit"))
)
_PRUNE = risk_notes.delete().where(
    risk_notes.c.id.in_(
        select(risk_notes.c.id)
        .where(risk_notes.c.created_at < bindparam("before", type_=UtcTime()))
        .order_by(risk_notes.c.created_at)
        .limit(bindparam("limit"))
    )
)


class RiskNoteRepository:
    """Letters, by whom they are for."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, note: RiskNote) -> None:
        sealed = self._seals.seal(
            note.text.encode(),
            place=PLACE,
            row=note.id,
            author=note.persona_id,
            holders=(Holder("persona", note.persona_id),),
        )
        row = {
            "id": note.id,
            "persona_id": note.persona_id,
            "by_id": note.by_id,
            "sealed": sealed,
            "created_at": note.created_at,
        }
        self._connection.execute(risk_notes.insert(), row)

    def to(self, persona_id: int, limit: int) -> list[RiskNote]:
        """What was written to somebody, the newest first."""
        rows = self._connection.execute(_OF, {"persona": persona_id, "limit": limit}).all()
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            RiskNote(
                id=row.id,
                persona_id=row.persona_id,
                by_id=row.by_id,
                text=plain.decode(),
                created_at=row.created_at,
            )
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` that are older; how many."""
        key = {"before": before, "limit": limit}
        return self._connection.execute(_PRUNE, key).rowcount
