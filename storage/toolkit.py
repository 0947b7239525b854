"""What a person keeps at hand for later: cards, each with a note of its own. Sealed for the persona
as a whole, since the choice of cards alone would tell what somebody lives with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import toolkit_items

PLACE: Final = "toolkit_items.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolkitItem:
    """A published card (`post_id`) or one of one's own (`card_id`). `place` orders them."""

    id: int
    persona_id: int
    place: int
    post_id: int | None = None
    card_id: int | None = None
    note: str = ""
    for_hard_moment: bool = False
    created_at: datetime


class _Inside(msgspec.Struct, array_like=True):
    post_id: int | None
    card_id: int | None
    note: str
    for_hard_moment: bool


_THIS = (
    toolkit_items.c.id == bindparam("item"),
    toolkit_items.c.persona_id == bindparam("persona"),
)
_OF = (
    select(toolkit_items)
    .where(toolkit_items.c.persona_id == bindparam("persona"))
    .order_by(toolkit_items.c.place, toolkit_items.c.id)
    .limit(bindparam("limit"))
)
_IS_OWN = select(toolkit_items.c.id).where(*_THIS)
_COUNT = select(func.count()).where(toolkit_items.c.persona_id == bindparam("persona"))
_INSERT = insert(toolkit_items)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[toolkit_items.c.id],
    set_={name: _INSERT.excluded[name] for name in ("place", "sealed")},
)
_DROP = toolkit_items.delete().where(*_THIS)


class ToolkitRepository:
    """Items by persona, in its own order."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, item: ToolkitItem) -> None:
        """Keep an item, new or changed."""
        inside = _Inside(item.post_id, item.card_id, item.note, item.for_hard_moment)
        sealed = self._seals.seal(
            msgspec.json.encode(inside),
            place=PLACE,
            row=item.id,
            author=item.persona_id,
            holders=(Holder("persona", item.persona_id),),
        )
        row = {
            "id": item.id,
            "persona_id": item.persona_id,
            "place": item.place,
            "sealed": sealed,
            "created_at": item.created_at,
        }
        self._connection.execute(_PUT, row)

    def of_persona(self, persona_id: int, limit: int) -> list[ToolkitItem]:
        """All that the persona keeps."""
        key = {"persona": persona_id, "limit": limit}
        return self._read(self._connection.execute(_OF, key).all())

    def is_own(self, persona_id: int, item_id: int) -> bool:
        """Asked before a word is opened."""
        key = {"persona": persona_id, "item": item_id}
        return self._connection.execute(_IS_OWN, key).first() is not None

    def count(self, persona_id: int) -> int:
        """How many things the persona keeps."""
        return int(self._connection.execute(_COUNT, {"persona": persona_id}).scalar_one())

    def drop(self, persona_id: int, item_id: int) -> bool:
        """False when the persona has no such item."""
        key = {"persona": persona_id, "item": item_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def _read(self, rows: Sequence[Row[Any]]) -> list[ToolkitItem]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            _item(row, msgspec.json.decode(plain, type=_Inside))
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]


def _item(row: Row[Any], inside: _Inside) -> ToolkitItem:
    return ToolkitItem(
        id=row.id,
        persona_id=row.persona_id,
        place=row.place,
        post_id=inside.post_id,
        card_id=inside.card_id,
        note=inside.note,
        for_hard_moment=inside.for_hard_moment,
        created_at=row.created_at,
    )
