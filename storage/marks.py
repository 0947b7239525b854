"""What a persona marked among posts: bookmarks and quiet threads, which only it sees, and the pins
on its own profile. `of` answers for a whole page at once what it did with each post.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from sqlalchemy import (
    Connection,
    Executable,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import NEWEST
from storage.tables import bookmarks, pins, posts, quiet_threads, reactions, shares
from storage.tables.metadata import Id


@dataclass(frozen=True, slots=True)
class Marks:
    """What one persona did with one post. Any supportive reaction counts as favourite; `muted` is
    that of its thread."""

    favourited: bool = False
    reblogged: bool = False
    bookmarked: bool = False
    pinned: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """One line of a list of marks: `id` is the mark's own, by which the list goes."""

    id: int
    post_id: int


Listing = Literal["bookmarks", "pins", "reactions"]
UNMARKED: Final = Marks()
_NAMES: Final = ("favourited", "reblogged", "bookmarked", "pinned", "muted")
_PERSONA = bindparam("persona", type_=Id)
_POST = bindparam("post", type_=Id)
_POSTS = bindparam("posts", type_=Id, expanding=True)


def _did(number: int, table: Table, by: str) -> Select[Any]:
    return select(literal_column(str(number), Integer), table.c.post_id).where(
        table.c[by] == _PERSONA, table.c.post_id.in_(_POSTS)
    )


_QUIET = (
    select(literal_column("4", Integer), posts.c.id)
    .join_from(posts, quiet_threads, quiet_threads.c.thread_id == posts.c.thread_id)
    .where(quiet_threads.c.persona_id == _PERSONA, posts.c.id.in_(_POSTS))
)
_MARKS = union_all(
    _did(0, reactions, "actor_id"),
    _did(1, shares, "actor_id"),
    _did(2, bookmarks, "persona_id"),
    _did(3, pins, "persona_id"),
    _QUIET,
)


def _listed(table: Table, by: str, *, upward: bool) -> Select[Any]:
    return (
        select(table.c.id, table.c.post_id)
        .where(
            table.c[by] == _PERSONA,
            table.c.id < bindparam("before", type_=Id),
            table.c.id > bindparam("after", type_=Id),
        )
        .order_by(table.c.id.asc() if upward else table.c.id.desc())
        .limit(bindparam("limit", type_=Integer()))
    )


_LISTED: Final[tuple[tuple[Listing, Table, str], ...]] = (
    ("bookmarks", bookmarks, "persona_id"),
    ("pins", pins, "persona_id"),
    ("reactions", reactions, "actor_id"),
)
_LISTS: Final[dict[tuple[Listing, bool], Select[Any]]] = {
    (name, upward): _listed(table, by, upward=upward)
    for name, table, by in _LISTED
    for upward in (False, True)
}
_ADD: Final[dict[str, Executable]] = {
    table.name: insert(table).on_conflict_do_nothing() for table in (bookmarks, pins)
}
_DROP: Final[dict[str, Executable]] = {
    table.name: table.delete().where(table.c.persona_id == _PERSONA, table.c.post_id == _POST)
    for table in (bookmarks, pins)
}
_COUNT_PINS = select(func.count()).select_from(pins).where(pins.c.persona_id == _PERSONA)
_UNPIN_ALL = pins.delete().where(pins.c.post_id == _POST)

_QUIETEN = insert(quiet_threads).on_conflict_do_nothing()
_UNQUIETEN = quiet_threads.delete().where(
    quiet_threads.c.persona_id == _PERSONA, quiet_threads.c.thread_id == _POST
)
_IS_QUIET = (
    select(quiet_threads.c.thread_id)
    .join_from(quiet_threads, posts, quiet_threads.c.thread_id == posts.c.thread_id)
    .where(quiet_threads.c.persona_id == _PERSONA, posts.c.id == _POST)
)


def _own(kind: str, table: Table, column: str) -> Select[Any]:
    return (
        select(literal_column(f"'{kind}'", Text), posts.c.uri)
        .join_from(table, posts, table.c[column] == posts.c.id)
        .where(table.c.persona_id == _PERSONA)
    )


_OWN = union_all(
    _own("bookmarks", bookmarks, "post_id"),
    _own("pins", pins, "post_id"),
    _own("quiet", quiet_threads, "thread_id"),
).limit(bindparam("limit", type_=Integer()))


class MarkRepository:
    """Marks by persona and post."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, persona_id: int, post_ids: Iterable[int]) -> dict[int, Marks]:
        """What the persona did with these posts, those without any mark left out. One query."""
        found: dict[int, Marks] = {}
        key = {"persona": persona_id, "posts": list(post_ids)}
        for number, post_id in self._connection.execute(_MARKS, key):
            marks = found.get(post_id, UNMARKED)
            found[post_id] = replace(marks, **{_NAMES[number]: True})
        return found

    def page(
        self,
        listing: Listing,
        persona_id: int,
        limit: int,
        *,
        before: int = NEWEST,
        after: int = 0,
        upward: bool = False,
    ) -> list[Marked]:
        """What the persona marked, newest first, between the ids; `upward` takes those that come
        next above `after` instead of the newest."""
        key = {"persona": persona_id, "limit": limit, "before": before, "after": after}
        rows = self._connection.execute(_LISTS[listing, upward], key)
        found = [Marked(mark_id, post_id) for mark_id, post_id in rows]
        return found[::-1] if upward else found

    def bookmark(self, mark_id: int, persona_id: int, post_id: int) -> None:
        """A second one of the same post changes nothing."""
        self._mark(_ADD["bookmarks"], mark_id, persona_id, post_id)

    def unbookmark(self, persona_id: int, post_id: int) -> None:
        self._unmark(_DROP["bookmarks"], persona_id, post_id)

    def pin(self, mark_id: int, persona_id: int, post_id: int) -> None:
        """A second one of the same post changes nothing."""
        self._mark(_ADD["pins"], mark_id, persona_id, post_id)

    def unpin(self, persona_id: int, post_id: int) -> None:
        self._unmark(_DROP["pins"], persona_id, post_id)

    def drop_pins_of(self, post_id: int) -> None:
        """The post is deleted."""
        self._connection.execute(_UNPIN_ALL, {"post": post_id})

    def pins(self, persona_id: int) -> int:
        """How many posts the persona has pinned."""
        return int(self._connection.execute(_COUNT_PINS, {"persona": persona_id}).scalar_one())

    def quieten(self, persona_id: int, thread_id: int) -> None:
        """Tell the persona nothing more of this thread."""
        key = {"persona_id": persona_id, "thread_id": thread_id}
        self._connection.execute(_QUIETEN, key)

    def unquieten(self, persona_id: int, thread_id: int) -> None:
        self._unmark(_UNQUIETEN, persona_id, thread_id)

    def is_quiet(self, persona_id: int, post_id: int) -> bool:
        """Whether the persona wants to hear nothing of the thread of this post."""
        key = {"persona": persona_id, "post": post_id}
        return self._connection.execute(_IS_QUIET, key).first() is not None

    def own(self, persona_id: int, limit: int) -> list[tuple[str, str]]:
        """All that the persona marked: the kind, and the URI of the post."""
        key = {"persona": persona_id, "limit": limit}
        return [(kind, uri) for kind, uri in self._connection.execute(_OWN, key)]

    def _mark(self, statement: Executable, mark_id: int, persona_id: int, post_id: int) -> None:
        key = {"id": mark_id, "persona_id": persona_id, "post_id": post_id}
        self._connection.execute(statement, key)

    def _unmark(self, statement: Executable, persona_id: int, post_id: int) -> None:
        self._connection.execute(statement, {"persona": persona_id, "post": post_id})
