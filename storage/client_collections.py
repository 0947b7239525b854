"""Collections that a persona keeps for itself through ActivityPub's client-to-server side.

A collection is its owner's alone, whatever it was addressed to. Its name is sealed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST
from storage.tables import client_collection_items, client_collections

PLACE: Final = "client_collections.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCollection:
    """A named list of ids; the latest addition comes first when it is read."""

    id: int
    owner_id: int
    name: str
    ordered: bool
    created_at: datetime
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """One entry; `id` tells when it was added."""

    id: int
    uri: str


_IT = client_collections.c
_IN = client_collection_items.c
_OWN = _IT.owner_id == bindparam("owner")
_SELECT = select(client_collections).where(_OWN)
_GET = _SELECT.where(_IT.id == bindparam("collection"))
_PAGE = (
    _SELECT.where(_IT.id < bindparam("before")).order_by(_IT.id.desc()).limit(bindparam("limit"))
)
_COUNT_OWN = select(func.count()).select_from(client_collections).where(_OWN)
_RENAME = (
    client_collections.update()
    .where(_OWN, _IT.id == bindparam("collection"))
    .values(sealed=bindparam("words"), updated_at=bindparam("now"))
)
_DROP = client_collections.delete().where(_OWN, _IT.id == bindparam("collection"))
_INSIDE = _IN.collection_id == bindparam("collection")
_PUT = insert(client_collection_items).on_conflict_do_nothing(
    index_elements=[_IN.collection_id, _IN.uri]
)
_TAKE = client_collection_items.delete().where(_INSIDE, _IN.uri == bindparam("item"))
_ITEMS = (
    select(_IN.id, _IN.uri)
    .where(_INSIDE, _IN.id < bindparam("before"))
    .order_by(_IN.id.desc())
    .limit(bindparam("limit"))
)
_COUNT = select(func.count()).select_from(client_collection_items).where(_INSIDE)


class ClientCollectionRepository:
    """Collections by owner. Every look-up names the owner: nobody else's is ever found."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, one: ClientCollection) -> None:
        row = {
            "id": one.id,
            "owner_id": one.owner_id,
            "ordered": one.ordered,
            "sealed": self._sealed(one.id, one.owner_id, one.name),
            "created_at": one.created_at,
            "updated_at": one.updated_at,
        }
        self._connection.execute(client_collections.insert(), row)

    def get(self, collection_id: int, owner_id: int) -> ClientCollection | None:
        """A collection, if it is this persona's own."""
        key = {"collection": collection_id, "owner": owner_id}
        return next(iter(self._read(list(self._connection.execute(_GET, key)))), None)

    def page(self, owner_id: int, limit: int, before: int | None = None) -> list[ClientCollection]:
        """The persona's collections, newest first, those below the id `before`."""
        key = {"owner": owner_id, "limit": limit, "before": NEWEST if before is None else before}
        return self._read(list(self._connection.execute(_PAGE, key)))

    def count(self, owner_id: int) -> int:
        """How many the persona has."""
        return int(self._connection.execute(_COUNT_OWN, {"owner": owner_id}).scalar_one())

    def rename(self, collection_id: int, owner_id: int, name: str, now: datetime) -> None:
        """Another name."""
        words = self._sealed(collection_id, owner_id, name)
        key = {"collection": collection_id, "owner": owner_id, "words": words, "now": now}
        self._connection.execute(_RENAME, key)

    def drop(self, collection_id: int, owner_id: int) -> bool:
        """The collection and its list of ids are gone. False when there was none."""
        key = {"collection": collection_id, "owner": owner_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def put(self, collection_id: int, item: CollectionItem) -> None:
        """Add an id; one that is there already stays where it is."""
        row = {"id": item.id, "collection_id": collection_id, "uri": item.uri}
        self._connection.execute(_PUT, row)

    def take(self, collection_id: int, uri: str) -> bool:
        """Take an id out. False when it was not in."""
        key = {"collection": collection_id, "item": uri}
        return self._connection.execute(_TAKE, key).rowcount == 1

    def items(
        self, collection_id: int, limit: int, before: int | None = None
    ) -> list[CollectionItem]:
        """What it holds, the latest addition first, those below the id `before`."""
        before = NEWEST if before is None else before
        key = {"collection": collection_id, "limit": limit, "before": before}
        return [CollectionItem(*row) for row in self._connection.execute(_ITEMS, key)]

    def total(self, collection_id: int) -> int:
        """How many ids it holds."""
        return int(self._connection.execute(_COUNT, {"collection": collection_id}).scalar_one())

    def _sealed(self, collection_id: int, owner_id: int, name: str) -> bytes:
        return self._seals.seal(
            name.encode(),
            place=PLACE,
            row=collection_id,
            author=owner_id,
            holders=(Holder("persona", owner_id),),
        )

    def _read(self, rows: list[Row[Any]]) -> list[ClientCollection]:
        names = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.owner_id) for row in rows]
        )
        return [
            ClientCollection(
                id=row.id,
                owner_id=row.owner_id,
                name=(name or b"").decode(),
                ordered=row.ordered,
                created_at=row.created_at,
                updated_at=row.updated_at,
            )
            for row, name in zip(rows, names, strict=True)
        ]
