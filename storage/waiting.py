"""Threads that still wait: fewer than two others have answered them.

Who waits is kept with each thread (`posts.repliers`), and found by an index that holds the waiting
threads alone: what is answered, closed or gone falls out of it by itself. The order is that of
`node.replying.rules.order`: whoever asks for the first time, then the longest waits.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    false,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)

from storage.actors import ACTOR, Actor
from storage.again import again
from storage.post_record import POST, PostView
from storage.posts import PostRepository
from storage.tables import actors, groups, memberships, passed_threads, personas, post_tags, posts
from storage.tables.metadata import UtcTime
from storage.veiled import NOT_VEILED

ENOUGH: Final = 2
"""So many others who answered, and a thread waits no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingThread:
    """A thread that waits, in which group, whether it is its author's first, and how many answered
    so far: none or one."""

    view: PostView
    group: Actor
    is_first: bool
    repliers: int


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a thread in the queue: what comes after it is the next page."""

    is_first: bool
    created_at: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader looks for. Nobody `without`, nothing of `nodes`, nothing older than `since`;
    of one group, with one kind of reply wanted, or with one tag (its key) if these are given."""

    persona_id: int
    since: datetime
    without: Collection[int] = ()
    nodes: Collection[str] = ()
    group_id: int = 0
    reply_wanted: str = ""
    tag: str = ""


_BIG, _TEXT = BigInteger(), Text()
_PERSONA = bindparam("persona", type_=_BIG)
# Written out as the index has them, so that SQLite knows them again.
IS_WAITING = (
    posts.c.repliers < literal_column("2"),
    posts.c.audience == literal_column("'group'"),
    posts.c.wire_type != literal_column("'Article'"),
    posts.c.deleted_at.is_(None),
    posts.c.removed_at.is_(None),
    posts.c.locked_at.is_(None),
    posts.c.pinned_at.is_(None),
)
_own = personas.alias("own")
OWN_PERSONAS = select(_own.c.actor_id).where(
    _own.c.account_id
    == select(personas.c.account_id).where(personas.c.actor_id == _PERSONA).scalar_subquery()
)
OF_OWN_GROUPS = (
    memberships.c.actor_id == _PERSONA,
    memberships.c.state == "accepted",
    groups.c.archived_at.is_(None),
)
NOT_HIDDEN = (
    posts.c.author_id.not_in(bindparam("without", expanding=True, type_=_BIG)),
    actors.c.authority.not_in(bindparam("nodes", expanding=True, type_=_TEXT)),
    actors.c.suspended_at.is_(None),
    actors.c.gone_at.is_(None),
    # What a circle itself asks every day is nobody who waits for an answer.
    actors.c.type != literal_column("'Group'"),
    NOT_VEILED,
)
_mine = again(posts, "mine")
_HAS_ANSWERED = exists().where(_mine.c.thread_id == posts.c.id, _mine.c.author_id == _PERSONA)
_HAS_PASSED = exists().where(
    passed_threads.c.persona_id == _PERSONA, passed_threads.c.thread_id == posts.c.id
)
_FIRST = bindparam("is_first", type_=Boolean())
_AFTER = tuple_(posts.c.created_at, posts.c.id) > tuple_(
    bindparam("at", type_=UtcTime()), bindparam("id", type_=_BIG)
)
_IS_LATER: ColumnElement[bool] = or_(
    and_(posts.c.is_first == _FIRST, _AFTER),
    and_(posts.c.is_first == false(), true() == _FIRST),
)
_GROUP, _KIND = bindparam("group", type_=_BIG), bindparam("wanted", type_=_TEXT)
# What is sealed has no tags in the open: the caller looks for them in its words.
_HAS_TAG = or_(
    posts.c.sealed.is_not(None),
    exists().where(
        post_tags.c.post_id == posts.c.id, post_tags.c.tag == bindparam("tag", type_=_TEXT)
    ),
)
_ANY = (
    select(posts.c.id)
    .join_from(memberships, groups, groups.c.actor_id == memberships.c.group_id)
    .join(posts, posts.c.group_id == memberships.c.group_id)
    .join(actors, actors.c.id == posts.c.author_id)
    .where(
        *OF_OWN_GROUPS,
        *IS_WAITING,
        *NOT_HIDDEN,
        or_(_GROUP == 0, memberships.c.group_id == _GROUP),
        or_(_KIND == "", posts.c.reply_wanted == _KIND),
        posts.c.created_at > bindparam("since", type_=UtcTime()),
        # Of the persona alone: an app acts as one, and must not learn of the others.
        posts.c.author_id != _PERSONA,
        or_(posts.c.repliers == literal_column("0"), ~_HAS_ANSWERED),
        ~_HAS_PASSED,
    )
    .limit(bindparam("limit", type_=Integer()))
)
_ORDER = (posts.c.is_first.desc(), posts.c.created_at, posts.c.id)
_PLACE = again(actors, "place")
_PLACE_COLUMNS = tuple(_PLACE.c[column.name] for column in ACTOR.columns)


def with_places(ids: Select[Any]) -> Select[Any]:
    """The threads with these ids, each with its author, its group, and how it waits."""
    found = ids.subquery()
    return (
        select(*POST.columns, *ACTOR.columns, *_PLACE_COLUMNS, posts.c.is_first, posts.c.repliers)
        .join_from(found, posts, posts.c.id == found.c.id)
        .join(actors, actors.c.id == posts.c.author_id)
        .join(_PLACE, _PLACE.c.id == posts.c.group_id)
    )


_LISTED = {
    tagged: with_places(
        _ANY.where(_IS_LATER, *((_HAS_TAG,) if tagged else ())).order_by(*_ORDER)
    ).order_by(*_ORDER)
    for tagged in (False, True)
}


class WaitingThreads(PostRepository):
    """Reads of threads that wait for an answer. One query each, and the keys of what is sealed."""

    def listed(self, wanted: Wanted, limit: int, after: Spot | None = None) -> list[WaitingThread]:
        """Threads of the persona's groups that wait for somebody like it, in the order of the
        queue, those after that spot: none of its own account, none it has answered or passed."""
        spot = after or Spot(True, datetime.min.replace(tzinfo=wanted.since.tzinfo), 0)
        parameters = _parameters(wanted, limit) | {
            "is_first": spot.is_first,
            "at": max(spot.created_at, wanted.since),
            "id": spot.id if spot.created_at > wanted.since else 0,
        }
        if wanted.tag:
            parameters["tag"] = wanted.tag
        return self.with_places(_LISTED[bool(wanted.tag)], parameters)

    def any_for(self, wanted: Wanted) -> bool:
        """Whether anything waits for the persona; no words are opened for it."""
        found = self._connection.execute(_ANY, _parameters(wanted, 1)).first()
        return found is not None

    def with_places(
        self, statement: Select[Any], parameters: dict[str, Any]
    ) -> list[WaitingThread]:
        """What a statement made by the function of this name finds."""
        rows = self._connection.execute(statement, parameters).all()
        views = self.views_of(rows)
        offset = POST.width + ACTOR.width
        return [
            WaitingThread(
                view=view,
                group=ACTOR.read_after(row, offset),
                is_first=bool(row[offset + ACTOR.width]),
                repliers=int(row[offset + ACTOR.width + 1]),
            )
            for view, row in zip(views, rows, strict=True)
        ]


def _parameters(wanted: Wanted, limit: int) -> dict[str, Any]:
    return {
        "persona": wanted.persona_id,
        "since": wanted.since,
        # An empty list would be another statement.
        "without": sorted(wanted.without) or [0],
        "nodes": sorted(wanted.nodes) or [""],
        "group": wanted.group_id,
        "wanted": wanted.reply_wanted,
        "limit": limit,
    }
