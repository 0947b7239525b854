"""What a persona was told, as its apps page through it: one by one, or with alike things together.

What the persona may not see any more is left out here only as far as one statement can tell: whom
it does not see or read, and posts that are gone. The rest is asked of `node/visibility.py`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)

from storage.notifications import POST_IS_GONE, TOLD, Kind, Told, read_told
from storage.shapes import NEWEST
from storage.tables import actors, notifications, posts
from storage.tables.metadata import Id

DAY_OF_IDS: Final = 24 * 3600 * 1000 << 22
"""How far ids grow in one day: people who follow on one day are told of together."""
SAMPLES: Final = 8
"""People that a group of news names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsQuery:
    """Which news: `kinds` of it, `by_id` alone if not None, not of whom the persona does not see
    (`without`) nor of these `nodes`; held back ones only with `filtered`. Between two ids, the
    newest first; `upward` those next to `after`."""

    persona_id: int
    kinds: Collection[Kind]
    by_id: int | None = None
    without: Collection[int] = ()
    nodes: Collection[str] = ()
    filtered: bool = False
    before: int = NEWEST
    after: int = 0
    upward: bool = False
    limit: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsGroup:
    """Alike things that were told: the same kind about the same post, or follows of one day.
    `key` begins with the kind, or with "ungrouped" where one stands by itself."""

    key: str
    newest_id: int
    oldest_id: int
    count: int
    newest_at: datetime


_N = notifications.c
_OF_PERSONA = _N.persona_id == bindparam("persona")


def _asked() -> tuple[ColumnElement[bool], ...]:
    return (
        _OF_PERSONA,
        _N.kind.in_(bindparam("kinds", expanding=True)),
        _N.by_id.between(bindparam("by_from", type_=Id), bindparam("by_to", type_=Id)),
        _N.by_id.not_in(bindparam("without", expanding=True, type_=Id)),
        _N.filtered.in_(bindparam("filtered", expanding=True)),
        actors.c.authority.not_in(bindparam("nodes", expanding=True)),
        actors.c.gone_at.is_(None),
        actors.c.suspended_at.is_(None),
        ~POST_IS_GONE,
    )


_BETWEEN = (_N.id < bindparam("before"), _N.id > bindparam("after"))
_PAGE = TOLD.where(*_asked(), *_BETWEEN).limit(bindparam("limit"))
_DOWN = _PAGE.order_by(_N.id.desc())
_UP = _PAGE.order_by(_N.id)
_MANY = TOLD.where(_OF_PERSONA, _N.id.in_(bindparam("ids", expanding=True)))

_JOINED = notifications.join(actors, _N.by_id == actors.c.id).outerjoin(
    posts, _N.post_id == posts.c.id
)
_UNREAD = select(func.count()).select_from(
    select(_N.id)
    .select_from(_JOINED)
    .where(*_asked(), _N.read_at.is_(None))
    .limit(bindparam("limit"))
    .subquery()
)

_DASH: ColumnElement[str] = literal_column("'-'", Text)
_ALONE: ColumnElement[str] = literal_column("'ungrouped-'", Text)
_KEY = case(
    (
        _N.kind.in_(bindparam("grouped", expanding=True)) & _N.post_id.is_not(None),
        _N.kind + _DASH + cast(_N.post_id, Text),
    ),
    (
        _N.kind.in_(bindparam("daily", expanding=True)),
        _N.kind + _DASH + cast(_N.id // literal_column(str(DAY_OF_IDS), Id), Text),
    ),
    else_=_ALONE + cast(_N.id, Text),
)
# The key is made in a statement of its own, because both databases group by columns alone.
_KEYED = (
    select(_N.id, _N.by_id, _N.created_at, _KEY.label("key"))
    .select_from(_JOINED)
    .where(*_asked())
    .subquery()
)
_GROUPED = select(
    _KEYED.c.key,
    func.max(_KEYED.c.id).label("newest"),
    func.min(_KEYED.c.id),
    func.count(),
    func.max(_KEYED.c.created_at),
).group_by(_KEYED.c.key)
_GROUPS = _GROUPED.having(
    func.max(_KEYED.c.id) < bindparam("before"), func.max(_KEYED.c.id) > bindparam("after")
).limit(bindparam("limit"))
_GROUPS_DOWN = _GROUPS.order_by(func.max(_KEYED.c.id).desc())
_GROUPS_UP = _GROUPS.order_by(func.max(_KEYED.c.id))
_ONE_GROUP = _GROUPED.where(_KEYED.c.key == bindparam("key"))
_PEOPLE_OF = (
    select(_KEYED.c.by_id)
    .where(_KEYED.c.key == bindparam("key"))
    .order_by(_KEYED.c.id.desc())
    .limit(bindparam("limit"))
)
_RANKED = (
    select(
        _KEYED.c.key,
        _KEYED.c.by_id,
        _KEYED.c.id,
        func.row_number().over(partition_by=_KEYED.c.key, order_by=_KEYED.c.id.desc()).label("nth"),
    )
    .where(_KEYED.c.key.in_(bindparam("keys", expanding=True)))
    .subquery()
)
_PEOPLE = (
    select(_RANKED.c.key, _RANKED.c.by_id)
    .where(_RANKED.c.nth <= SAMPLES)
    .order_by(_RANKED.c.key, _RANKED.c.nth)
)
_UNREAD_GROUPS = select(func.count()).select_from(
    select(_KEYED.c.key)
    .where(_KEYED.c.id.in_(select(_N.id).where(_OF_PERSONA, _N.read_at.is_(None))))
    .distinct()
    .limit(bindparam("limit"))
    .subquery()
)
_DROP = notifications.delete().where(_OF_PERSONA, _N.id == bindparam("notification"))
_DROP_GROUP = notifications.delete().where(
    _OF_PERSONA, _N.id.in_(select(_KEYED.c.id).where(_KEYED.c.key == bindparam("key")))
)
_CLEAR = notifications.delete().where(_OF_PERSONA)

GROUPED: Final[tuple[Kind, ...]] = ("reaction", "share")
DAILY: Final[tuple[Kind, ...]] = ("follow",)


class NewsRepository:
    """News by persona. Each question is one statement, however much is answered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, query: NewsQuery) -> list[Told]:
        """One by one, the newest first."""
        rows = self._connection.execute(_UP if query.upward else _DOWN, _key(query))
        told = [read_told(tuple(row)) for row in rows]
        return told[::-1] if query.upward else told

    def many(self, persona_id: int, ids: Iterable[int]) -> dict[int, Told]:
        """Those of the persona, held back ones too, by id."""
        key = {"persona": persona_id, "ids": list(ids)}
        told = [read_told(tuple(row)) for row in self._connection.execute(_MANY, key)]
        return {one.notification.id: one for one in told}

    def unread(self, query: NewsQuery) -> int:
        """How many were not looked at yet, up to `query.limit`."""
        return int(self._connection.execute(_UNREAD, _key(query)).scalar_one())

    def groups(self, query: NewsQuery, grouped: Collection[Kind]) -> list[NewsGroup]:
        """Together where it is of one of the kinds `grouped`, the newest first."""
        statement = _GROUPS_UP if query.upward else _GROUPS_DOWN
        rows = self._connection.execute(statement, _key(query, grouped)).all()
        found = _groups(rows)
        return found[::-1] if query.upward else found

    def group(self, query: NewsQuery, key: str) -> NewsGroup | None:
        """The group of this key, if the persona was told anything of it."""
        named = _key(query, kinds_of(key)) | {"key": key}
        return next(iter(_groups(self._connection.execute(_ONE_GROUP, named).all())), None)

    def unread_groups(self, query: NewsQuery, grouped: Collection[Kind]) -> int:
        """How many groups have something that was not looked at, up to `query.limit`."""
        found = self._connection.execute(_UNREAD_GROUPS, _key(query, grouped))
        return int(found.scalar_one())

    def people(
        self, query: NewsQuery, grouped: Collection[Kind], keys: Iterable[str]
    ) -> dict[str, list[int]]:
        """Who stands behind groups of news, the latest first, some of them, by key."""
        named = _key(query, grouped) | {"keys": list(keys)}
        found: dict[str, list[int]] = {}
        for key, by_id in self._connection.execute(_PEOPLE, named):
            found.setdefault(key, []).append(by_id)
        return found

    def people_of(self, query: NewsQuery, key: str) -> list[int]:
        """Who stands behind one group, the latest first, up to `query.limit`."""
        named = _key(query, kinds_of(key)) | {"key": key}
        return list(self._connection.execute(_PEOPLE_OF, named).scalars())

    def drop(self, persona_id: int, notification_id: int) -> bool:
        """Forget one. False when the persona was told no such thing."""
        key = {"persona": persona_id, "notification": notification_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def drop_group(self, query: NewsQuery, key: str) -> None:
        """Forget all of one group."""
        self._connection.execute(_DROP_GROUP, _key(query, kinds_of(key)) | {"key": key})

    def clear(self, persona_id: int) -> None:
        """Forget all that the persona was told."""
        self._connection.execute(_CLEAR, {"persona": persona_id})


def _key(query: NewsQuery, grouped: Collection[Kind] = ()) -> dict[str, Any]:
    return {
        "persona": query.persona_id,
        "kinds": list(query.kinds),
        "by_from": query.by_id or 0,
        "by_to": NEWEST if query.by_id is None else query.by_id,
        "without": list(query.without),
        "nodes": list(query.nodes),
        "filtered": [False, True] if query.filtered else [False],
        "before": query.before,
        "after": query.after,
        "limit": query.limit,
        "grouped": [kind for kind in GROUPED if kind in grouped],
        "daily": [kind for kind in DAILY if kind in grouped],
    }


def kinds_of(key: str) -> tuple[Kind, ...]:
    """The kinds that must be together for a group to have this key."""
    return tuple(kind for kind in (*GROUPED, *DAILY) if key.startswith(f"{kind}-"))


def _groups(rows: Sequence[Row[Any]]) -> list[NewsGroup]:
    return [
        NewsGroup(key=key, newest_id=newest, oldest_id=oldest, count=count, newest_at=at)
        for key, newest, oldest, count, at in map(tuple, rows)
    ]
