"""Collections of stories that a group made, with a line about each story: sealed under the key of
the group, so that they outlast whoever wrote the line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import story_collection_items, story_collections
from storage.tables.metadata import Id

COLLECTION_AT: Final = "story_collections.sealed"
ITEM_AT: Final = "story_collection_items.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCollection:
    """Some stories of a group, and what holds them together."""

    id: int
    group_id: int
    title: str
    about: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CollectionItem:
    """A story in a collection, and why it is there."""

    post_id: int
    place: int
    why: str


class _Words(msgspec.Struct, array_like=True):
    title: str
    about: str


_GROUPS = bindparam("groups", type_=Id, expanding=True)
_ID = bindparam("collection", type_=Id)
_POST = bindparam("post", type_=Id)
_IN_GROUPS = (
    select(story_collections)
    .where(story_collections.c.group_id.in_(_GROUPS))
    .order_by(story_collections.c.id.desc())
    .limit(bindparam("limit"))
)
_GROUP_OF = select(story_collections.c.group_id).where(story_collections.c.id == _ID)
_ONE = select(story_collections).where(story_collections.c.id == _ID)
_INSERT = insert(story_collections)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[story_collections.c.id],
    set_={name: _INSERT.excluded[name] for name in ("sealed", "changed_at")},
)
_DROP = story_collections.delete().where(story_collections.c.id == _ID)
_ITEMS = (
    select(story_collection_items)
    .where(story_collection_items.c.collection_id == _ID)
    .order_by(story_collection_items.c.place, story_collection_items.c.post_id)
)
_PUT_ITEM = insert(story_collection_items)
_ITEM = _PUT_ITEM.on_conflict_do_update(
    index_elements=[story_collection_items.c.collection_id, story_collection_items.c.post_id],
    set_={name: _PUT_ITEM.excluded[name] for name in ("place", "sealed")},
)
_LAST = select(func.coalesce(func.max(story_collection_items.c.place), 0)).where(
    story_collection_items.c.collection_id == _ID
)
_TAKE_OUT = story_collection_items.delete().where(
    story_collection_items.c.collection_id == _ID, story_collection_items.c.post_id == _POST
)
_LEAVE_ALL = story_collection_items.delete().where(story_collection_items.c.post_id == _POST)


class StoryCollectionRepository:
    """Collections by group, and what is in them."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def in_groups(self, groups: list[int], limit: int) -> list[StoryCollection]:
        """The newest first."""
        if not groups:
            return []
        return self._read(_IN_GROUPS, {"groups": groups, "limit": limit})

    def group_of(self, collection_id: int) -> int | None:
        """To be asked before its words are opened for anybody."""
        found = self._connection.execute(_GROUP_OF, {"collection": collection_id}).scalar()
        return None if found is None else int(found)

    def get(self, collection_id: int) -> StoryCollection | None:
        return next(iter(self._read(_ONE, {"collection": collection_id})), None)

    def put(self, one: StoryCollection) -> None:
        """Keep it, new or changed."""
        row = {
            "id": one.id,
            "group_id": one.group_id,
            "changed_at": one.changed_at,
            "sealed": self._seals.seal(
                msgspec.json.encode(_Words(one.title, one.about)),
                place=COLLECTION_AT,
                row=one.id,
                author=one.group_id,
                holders=(Holder("group", one.group_id),),
            ),
        }
        self._connection.execute(_PUT, row)

    def drop(self, collection_id: int) -> None:
        """The stories stay where they are."""
        self._connection.execute(_DROP, {"collection": collection_id})

    def items(self, collection: StoryCollection) -> list[CollectionItem]:
        """In their order."""
        rows = self._connection.execute(_ITEMS, {"collection": collection.id}).all()
        opened = self._seals.open_many(
            [Sealed(row.sealed, ITEM_AT, row.post_id, collection.group_id) for row in rows]
        )
        return [
            CollectionItem(row.post_id, row.place, (why or b"").decode())
            for row, why in zip(rows, opened, strict=True)
        ]

    def last_place(self, collection_id: int) -> int:
        """The place of the last story in it; 0 in an empty one."""
        return int(self._connection.execute(_LAST, {"collection": collection_id}).scalar_one())

    def put_item(self, collection: StoryCollection, item: CollectionItem) -> None:
        """A story, new in it or changed."""
        row = {
            "collection_id": collection.id,
            "post_id": item.post_id,
            "place": item.place,
            "sealed": self._seals.seal(
                item.why.encode(),
                place=ITEM_AT,
                row=item.post_id,
                author=collection.group_id,
                holders=(Holder("group", collection.group_id),),
            ),
        }
        self._connection.execute(_ITEM, row)

    def take_out(self, collection_id: int, post_id: int) -> None:
        """Out of one."""
        self._connection.execute(_TAKE_OUT, {"collection": collection_id, "post": post_id})

    def leave_all(self, post_id: int) -> None:
        """Out of every one: its author took it back."""
        self._connection.execute(_LEAVE_ALL, {"post": post_id})

    def _read(self, statement: Any, parameters: dict[str, Any]) -> list[StoryCollection]:
        rows = self._connection.execute(statement, parameters).all()
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, COLLECTION_AT, row.id, row.group_id) for row in rows]
        )
        found = []
        for row, plain in zip(rows, opened, strict=True):
            if plain is not None:
                words = msgspec.json.decode(plain, type=_Words)
                found.append(
                    StoryCollection(
                        id=row.id,
                        group_id=row.group_id,
                        title=words.title,
                        about=words.about,
                        changed_at=row.changed_at,
                    )
                )
        return found
