"""Collections of cards that members put together in a group. What they say of themselves is sealed
under the keys of the group and of who made them, whatever the group."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Integer, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import card_collection_items, card_collections

PLACE: Final = "card_collections.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCollection:
    """`topic` is one of the list of topics or ""."""

    id: int
    group_id: int
    persona_id: int
    title: str
    about: str = ""
    topic: str = ""
    created_at: datetime


class _Inside(msgspec.Struct, array_like=True):
    title: str
    about: str
    topic: str


_items = card_collection_items
_ID = card_collections.c.id == bindparam("collection")
_GET = select(card_collections).where(_ID)
_PLACE_OF = select(card_collections.c.group_id, card_collections.c.persona_id).where(_ID)
_LIMIT = bindparam("limit", type_=Integer())
_IN_GROUPS = (
    select(card_collections)
    .where(card_collections.c.group_id.in_(bindparam("groups", expanding=True)))
    .order_by(card_collections.c.id.desc())
    .limit(_LIMIT)
)
_OF_PERSONA = (
    select(card_collections)
    .where(
        card_collections.c.persona_id == bindparam("persona"),
        card_collections.c.id > bindparam("after"),
    )
    .order_by(card_collections.c.id)
    .limit(_LIMIT)
)
_INSERT = insert(card_collections)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[card_collections.c.id], set_={"sealed": _INSERT.excluded.sealed}
)
_DROP = card_collections.delete().where(_ID)
_CARDS = (
    select(_items.c.post_id)
    .where(_items.c.collection_id == bindparam("collection"))
    .order_by(_items.c.place, _items.c.post_id)
)
_LAST = select(func.max(_items.c.place)).where(_items.c.collection_id == bindparam("collection"))
_ADD = insert(_items).on_conflict_do_nothing()
_TAKE_OUT = _items.delete().where(
    _items.c.collection_id == bindparam("collection"), _items.c.post_id == bindparam("post")
)


class CardCollectionRepository:
    """Collections by group, the newest first."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, one: CardCollection) -> None:
        """Keep a collection, new or described anew."""
        sealed = self._seals.seal(
            msgspec.json.encode(_Inside(one.title, one.about, one.topic)),
            place=PLACE,
            row=one.id,
            author=one.persona_id,
            holders=(Holder("group", one.group_id), Holder("persona", one.persona_id)),
        )
        row = {
            "id": one.id,
            "group_id": one.group_id,
            "persona_id": one.persona_id,
            "sealed": sealed,
            "created_at": one.created_at,
        }
        self._connection.execute(_PUT, row)

    def group_of(self, collection_id: int) -> int | None:
        """Where it stands, to be asked before a word is opened."""
        row = self._connection.execute(_PLACE_OF, {"collection": collection_id}).first()
        return None if row is None else int(row.group_id)

    def get(self, collection_id: int) -> CardCollection | None:
        rows = self._connection.execute(_GET, {"collection": collection_id}).all()
        return next(iter(self._read(rows)), None)

    def in_groups(self, group_ids: Collection[int], limit: int) -> list[CardCollection]:
        """Those of these groups."""
        if not group_ids:
            return []
        key = {"groups": list(group_ids), "limit": limit}
        return self._read(self._connection.execute(_IN_GROUPS, key).all())

    def of_persona(self, persona_id: int, limit: int, after: int = 0) -> list[CardCollection]:
        """Those that a persona made, the oldest first, above id `after`."""
        key = {"persona": persona_id, "limit": limit, "after": after}
        return self._read(self._connection.execute(_OF_PERSONA, key).all())

    def drop(self, collection_id: int) -> None:
        self._connection.execute(_DROP, {"collection": collection_id})

    def cards(self, collection_id: int) -> list[int]:
        """The posts in it, in order."""
        rows = self._connection.execute(_CARDS, {"collection": collection_id})
        return [int(number) for number in rows.scalars()]

    def add_card(self, collection_id: int, post_id: int) -> None:
        """Put a card at the end; one that is in it stays where it is."""
        last = self._connection.execute(_LAST, {"collection": collection_id}).scalar_one()
        row = {"collection_id": collection_id, "post_id": post_id, "place": (last or 0) + 1}
        self._connection.execute(_ADD, row)

    def take_out(self, collection_id: int, post_id: int) -> None:
        key = {"collection": collection_id, "post": post_id}
        self._connection.execute(_TAKE_OUT, key)

    def _read(self, rows: Sequence[Row[Any]]) -> list[CardCollection]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            _collection(row, msgspec.json.decode(plain, type=_Inside))
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]


def _collection(row: Row[Any], inside: _Inside) -> CardCollection:
    return CardCollection(
        id=row.id,
        group_id=row.group_id,
        persona_id=row.persona_id,
        title=inside.title,
        about=inside.about,
        topic=inside.topic,
        created_at=row.created_at,
    )
