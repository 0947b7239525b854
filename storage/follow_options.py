"""How somebody follows another: with what they share or without, in which languages, and whether it
is told of each post. Only the one who follows sees it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import follow_options


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowOptions:
    """`languages` are BCP 47 tags, none for all."""

    with_shares: bool = True
    notifies: bool = False
    languages: tuple[str, ...] = ()


PLAIN = FollowOptions()
_ROW = follow_options.c
_PAIR = (
    _ROW.follower_id == bindparam("follower"),
    _ROW.followed_id == bindparam("followed"),
)
_BY = select(_ROW.followed_id, _ROW.with_shares, _ROW.notifies, _ROW.languages).where(
    _ROW.follower_id == bindparam("follower")
)
_OF = _BY.where(_ROW.followed_id.in_(bindparam("people", expanding=True)))
_ALL = _BY.order_by(_ROW.followed_id).limit(bindparam("limit"))
_INSERT = insert(follow_options)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[_ROW.follower_id, _ROW.followed_id],
    set_={name: _INSERT.excluded[name] for name in ("with_shares", "notifies", "languages")},
)
_DROP = follow_options.delete().where(*_PAIR)


class FollowOptionRepository:
    """Options by pair."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, follower_id: int, followed: Iterable[int]) -> dict[int, FollowOptions]:
        """What the follower chose for each of these, those left out where it chose nothing."""
        key = {"follower": follower_id, "people": list(followed)}
        return {row[0]: _read(row) for row in self._connection.execute(_OF, key)}

    def all_of(self, follower_id: int, limit: int) -> dict[int, FollowOptions]:
        """All that the follower chose, by whom it follows."""
        rows = self._connection.execute(_ALL, {"follower": follower_id, "limit": limit})
        return {row[0]: _read(row) for row in rows}

    def put(self, follower_id: int, followed_id: int, options: FollowOptions) -> None:
        """Store them, or drop what is as it would be without."""
        if options == PLAIN:
            self.drop(follower_id, followed_id)
            return
        self._connection.execute(
            _PUT,
            {
                "follower_id": follower_id,
                "followed_id": followed_id,
                "with_shares": options.with_shares,
                "notifies": options.notifies,
                "languages": " ".join(options.languages),
            },
        )

    def drop(self, follower_id: int, followed_id: int) -> None:
        """The follow has ended."""
        self._connection.execute(_DROP, {"follower": follower_id, "followed": followed_id})


def _read(row: Any) -> FollowOptions:
    return FollowOptions(with_shares=row[1], notifies=row[2], languages=tuple(row[3].split()))
