"""Cards that only their writer can read: drafts, and cards kept for oneself. Sealed as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import coping_cards

PLACE: Final = "coping_cards.sealed"
OwnState = Literal["draft", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCard:
    """`body` is what was typed, by field; the room of coping reads it."""

    id: int
    persona_id: int
    state: OwnState
    body: dict[str, Any]
    created_at: datetime
    changed_at: datetime


_THIS = (coping_cards.c.id == bindparam("card"), coping_cards.c.persona_id == bindparam("persona"))
_GET = select(coping_cards).where(*_THIS)
_IDS = select(coping_cards.c.id).where(*_THIS)
_OF = (
    select(coping_cards)
    .where(
        coping_cards.c.persona_id == bindparam("persona"), coping_cards.c.id > bindparam("after")
    )
    .order_by(coping_cards.c.id)
    .limit(bindparam("limit"))
)
_INSERT = insert(coping_cards)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[coping_cards.c.id],
    set_={name: _INSERT.excluded[name] for name in ("state", "sealed", "changed_at")},
)
_DROP = coping_cards.delete().where(*_THIS)


class OwnCardRepository:
    """Own cards by persona, the oldest first."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, card: OwnCard) -> None:
        """Keep a card, new or changed."""
        sealed = self._seals.seal(
            msgspec.json.encode(card.body),
            place=PLACE,
            row=card.id,
            author=card.persona_id,
            holders=(Holder("persona", card.persona_id),),
        )
        row = {
            "id": card.id,
            "persona_id": card.persona_id,
            "state": card.state,
            "sealed": sealed,
            "created_at": card.created_at,
            "changed_at": card.changed_at,
        }
        self._connection.execute(_PUT, row)

    def is_own(self, persona_id: int, card_id: int) -> bool:
        """Asked before a word is opened."""
        key = {"persona": persona_id, "card": card_id}
        return self._connection.execute(_IDS, key).first() is not None

    def get(self, persona_id: int, card_id: int) -> OwnCard | None:
        """One of the persona's own."""
        key = {"persona": persona_id, "card": card_id}
        return next(iter(self._read(self._connection.execute(_GET, key).all())), None)

    def of_persona(self, persona_id: int, limit: int, after: int = 0) -> list[OwnCard]:
        """The persona's own, those above id `after`."""
        key = {"persona": persona_id, "limit": limit, "after": after}
        return self._read(self._connection.execute(_OF, key).all())

    def drop(self, persona_id: int, card_id: int) -> bool:
        """False when the persona has no such card."""
        key = {"persona": persona_id, "card": card_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def _read(self, rows: Sequence[Row[Any]]) -> list[OwnCard]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            OwnCard(
                id=row.id,
                persona_id=row.persona_id,
                state=row.state,
                body=msgspec.json.decode(plain),
                created_at=row.created_at,
                changed_at=row.changed_at,
            )
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]
