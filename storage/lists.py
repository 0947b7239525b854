"""Lists of people and groups that a persona reads apart; their titles are sealed under it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, bindparam, select, true
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.memo import memo_of
from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST
from storage.tables import actors, list_accounts, lists, memberships

RepliesPolicy = Literal["followed", "list", "none"]
PLACE: Final = "lists.sealed_title"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingList:
    """`replies_policy` says whose answers show in it; an `exclusive` list keeps what it holds out
    of the persona's home."""

    id: int
    persona_id: int
    title: str
    replies_policy: RepliesPolicy = "list"
    exclusive: bool = False
    created_at: datetime


_ON = list_accounts.c
_OF_PERSONA = select(lists).where(lists.c.persona_id == bindparam("persona")).order_by(lists.c.id)
_THIS = (lists.c.id == bindparam("list"), lists.c.persona_id == bindparam("persona"))
_GET = select(lists).where(*_THIS)
_WITH = (
    select(lists)
    .join(list_accounts, _ON.list_id == lists.c.id)
    .where(lists.c.persona_id == bindparam("persona"), _ON.actor_id == bindparam("actor"))
    .order_by(lists.c.id)
)
_INSERT = insert(lists)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[lists.c.id],
    set_={name: _INSERT.excluded[name] for name in ("sealed_title", "replies_policy", "exclusive")},
)
_DROP = lists.delete().where(*_THIS)
_ADD = insert(list_accounts).on_conflict_do_nothing()
_REMOVE = list_accounts.delete().where(
    _ON.list_id == bindparam("list"), _ON.actor_id.in_(bindparam("actors", expanding=True))
)
UNLIST = list_accounts.delete().where(
    _ON.actor_id == bindparam("actor"),
    _ON.list_id.in_(select(lists.c.id).where(lists.c.persona_id == bindparam("persona"))),
)
_MEMBERS = select(_ON.actor_id).where(_ON.list_id == bindparam("list"))
_EXCLUSIVE = (
    select(_ON.actor_id)
    .join(lists, lists.c.id == _ON.list_id)
    .where(lists.c.persona_id == bindparam("persona"), lists.c.exclusive == true())
)
_FOLLOWED = select(memberships.c.group_id).where(
    memberships.c.actor_id == bindparam("persona"),
    memberships.c.group_id.in_(bindparam("actors", expanding=True)),
    memberships.c.state.in_(("accepted", "pending")),
)
_ACCOUNTS = (
    select(*ACTOR.columns)
    .join(list_accounts, _ON.actor_id == actors.c.id)
    .where(
        _ON.list_id == bindparam("list"),
        _ON.actor_id < bindparam("before"),
        _ON.actor_id > bindparam("after"),
    )
)
_DOWN = _ACCOUNTS.order_by(_ON.actor_id.desc()).limit(bindparam("limit"))
_UP = _ACCOUNTS.order_by(_ON.actor_id).limit(bindparam("limit"))


class ListRepository:
    """Lists by persona, and who is on them."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._memo = memo_of(connection)
        self._seals = seals

    def put(self, one: ReadingList) -> None:
        """Keep a list, new or changed."""
        sealed = self._seals.seal(
            one.title.encode(),
            place=PLACE,
            row=one.id,
            author=one.persona_id,
            holders=(Holder("persona", one.persona_id),),
        )
        row = {
            "id": one.id,
            "persona_id": one.persona_id,
            "sealed_title": sealed,
            "replies_policy": one.replies_policy,
            "exclusive": one.exclusive,
            "created_at": one.created_at,
        }
        self._connection.execute(_PUT, row)

    def get(self, persona_id: int, list_id: int) -> ReadingList | None:
        """One of the persona's own."""
        key = {"persona": persona_id, "list": list_id}
        return next(iter(self._read(self._connection.execute(_GET, key).all())), None)

    def of_persona(self, persona_id: int) -> list[ReadingList]:
        """All that the persona has, the oldest first."""
        return self._read(self._connection.execute(_OF_PERSONA, {"persona": persona_id}).all())

    def with_account(self, persona_id: int, actor_id: int) -> list[ReadingList]:
        """The persona's lists that this one is on."""
        key = {"persona": persona_id, "actor": actor_id}
        return self._read(self._connection.execute(_WITH, key).all())

    def drop(self, persona_id: int, list_id: int) -> bool:
        """False when the persona has no such list."""
        key = {"persona": persona_id, "list": list_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def add(self, list_id: int, actor_ids: Iterable[int]) -> None:
        """Put people on a list. Who is on it already stays."""
        rows = [{"list_id": list_id, "actor_id": actor} for actor in actor_ids]
        if rows:
            self._connection.execute(_ADD, rows)

    def remove(self, list_id: int, actor_ids: Iterable[int]) -> None:
        """Take people off a list."""
        self._connection.execute(_REMOVE, {"list": list_id, "actors": list(actor_ids)})

    def followed(self, persona_id: int, actor_ids: Iterable[int]) -> frozenset[int]:
        """Those of these whom the persona follows, or has asked: people and groups."""
        key = {"persona": persona_id, "actors": list(actor_ids)}
        return frozenset(self._connection.execute(_FOLLOWED, key).scalars())

    def members(self, list_id: int) -> frozenset[int]:
        """The actors on a list: people, and groups by their actor."""
        return frozenset(self._connection.execute(_MEMBERS, {"list": list_id}).scalars())

    def kept_from_home(self, persona_id: int) -> frozenset[int]:
        """The actors on exclusive lists. One query, however often a transaction asks."""
        return frozenset(row[0] for row in self._memo.all(_EXCLUSIVE, {"persona": persona_id}))

    def accounts(
        self,
        list_id: int,
        limit: int,
        before: int = NEWEST,
        after: int = 0,
        upward: bool = False,
    ) -> list[Actor]:
        """Who is on a list, the newest id first, between two ids; `upward` next to `after`."""
        key = {"list": list_id, "limit": limit, "before": before, "after": after}
        rows = self._connection.execute(_UP if upward else _DOWN, key)
        found = [ACTOR.read(row) for row in rows]
        return found[::-1] if upward else found

    def _read(self, rows: Sequence[Row[Any]]) -> list[ReadingList]:
        if not rows:
            return []
        titles = self._seals.open_many(
            [Sealed(row.sealed_title, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            ReadingList(
                id=row.id,
                persona_id=row.persona_id,
                title=title.decode(),
                replies_policy=row.replies_policy,
                exclusive=row.exclusive,
                created_at=row.created_at,
            )
            for row, title in zip(rows, titles, strict=True)
            if title is not None
        ]
