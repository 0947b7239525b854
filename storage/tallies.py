"""What is round posts besides their words: how many reacted, answered and handed on, what the
reader did with each, and whether anything hangs on it. One statement for a whole page.

A list of statuses asks all of this of every post in it. As questions of their own they came to ten
statements, most of which found nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
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

from storage.marks import UNMARKED, Marks
from storage.tables import (
    actors,
    bookmarks,
    mentions,
    pins,
    polls,
    post_media,
    posts,
    quiet_threads,
    reactions,
    shares,
)
from storage.tables.metadata import Id


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one post. `reaction` is the reader's own; `has` names what hangs on it: "media", "poll",
    "names"."""

    reactions: dict[str, int] = field(default_factory=dict)
    replies: int = 0
    shares: int = 0
    reaction: str | None = None
    marks: Marks = UNMARKED
    has: frozenset[str] = frozenset()


NOTHING: Final = Tally()
_VISITOR: Final = 0
"""No id of an actor, so that a visitor did nothing with any post."""
_POSTS: Any = bindparam("posts", type_=Id, expanding=True)
_READER = bindparam("reader", type_=Id)
_ONE = literal_column("1", Integer)
_HANGING: Final = (("media", post_media), ("poll", polls), ("names", mentions))


def _part(
    what: str,
    post_id: ColumnElement[Any],
    count: ColumnElement[Any] = _ONE,
    kind: ColumnElement[Any] | None = None,
) -> Select[Any]:
    kind = literal_column("''", Text) if kind is None else kind
    return select(literal_column(f"'{what}'", Text), post_id, kind, count).where(
        post_id.in_(_POSTS)
    )


def _did(what: str, table: Table, by: str) -> Select[Any]:
    return _part(what, table.c.post_id).where(table.c[by] == _READER)


_TALLIES = union_all(
    _part("reactions", reactions.c.post_id, func.count(), reactions.c.kind).group_by(
        reactions.c.post_id, reactions.c.kind
    ),
    _part("reaction", reactions.c.post_id, kind=reactions.c.kind).where(
        reactions.c.actor_id == _READER
    ),
    # A group hands on everything that is posted in it.
    _part("shares", shares.c.post_id, func.count())
    .join_from(shares, actors, shares.c.actor_id == actors.c.id)
    .where(actors.c.type != "Group")
    .group_by(shares.c.post_id),
    _part("replies", posts.c.parent_id, func.count())
    .where(
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
        posts.c.author_id.not_in(bindparam("without", type_=Id, expanding=True)),
    )
    .group_by(posts.c.parent_id),
    _did("reblogged", shares, "actor_id"),
    _did("bookmarked", bookmarks, "persona_id"),
    _did("pinned", pins, "persona_id"),
    _part("muted", posts.c.id)
    .join_from(posts, quiet_threads, quiet_threads.c.thread_id == posts.c.thread_id)
    .where(quiet_threads.c.persona_id == _READER),
    *(_part(what, table.c.post_id).distinct() for what, table in _HANGING),
)
_HUNG: Final = frozenset(what for what, _ in _HANGING)


class TallyRepository:
    """Reads for lists of posts. It changes nothing, and opens no word."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(
        self, post_ids: Collection[int], reader_id: int | None, without: Iterable[int]
    ) -> dict[int, Tally]:
        """What is round these posts, those left out round which there is nothing. Replies by the
        authors `without` are not counted. One query, none for no posts."""
        if not post_ids:
            return {}
        key = {
            "posts": list(post_ids),
            "reader": _VISITOR if reader_id is None else reader_id,
            "without": list(without),
        }
        found: dict[int, Tally] = {}
        for what, post_id, kind, count in self._connection.execute(_TALLIES, key):
            found[post_id] = _with(found.get(post_id, NOTHING), what, kind, count)
        return found


def _with(tally: Tally, what: str, kind: str, count: int) -> Tally:
    """The tally with one more line of the answer in it."""
    if what == "reactions":
        return replace(tally, reactions=tally.reactions | {kind: count})
    if what == "reaction":
        return replace(tally, reaction=kind, marks=replace(tally.marks, favourited=True))
    if what == "shares":
        return replace(tally, shares=count)
    if what == "replies":
        return replace(tally, replies=count)
    if what in _HUNG:
        return replace(tally, has=tally.has | {what})
    return replace(tally, marks=replace(tally.marks, **{what: True}))
