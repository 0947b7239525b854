"""Whom, and which nodes, a persona does not want to read. Nobody is cut off by it, and nobody is
told: it changes what the persona is shown in lists, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select, true
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.memo import memo_of
from storage.shapes import NEWEST, Shape
from storage.tables import actors, muted_nodes, mutes
from storage.tables.metadata import UtcTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """`persona_id` does not read `muted_id` until `expires_at`; with `notifications`, news of what
    it does stays away too."""

    id: int
    persona_id: int
    muted_id: int
    notifications: bool = True
    expires_at: datetime | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MutedNode:
    """A node of which a persona reads nothing. `authority` is host[:port] in lower case."""

    id: int
    persona_id: int
    authority: str


MUTE = Shape(Mute, mutes)
_NODE = Shape(MutedNode, muted_nodes)
_NOW = bindparam("now", type_=UtcTime())
_HOLDS = or_(mutes.c.expires_at.is_(None), mutes.c.expires_at > _NOW)
_OF_PERSONA = mutes.c.persona_id == bindparam("persona")
_INSERT = insert(mutes)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[mutes.c.persona_id, mutes.c.muted_id],
    set_={name: _INSERT.excluded[name] for name in ("notifications", "expires_at")},
)
_LIFT = mutes.delete().where(_OF_PERSONA, mutes.c.muted_id == bindparam("muted"))
_MANY = select(*MUTE.columns).where(
    _OF_PERSONA, mutes.c.muted_id.in_(bindparam("muted", expanding=True)), _HOLDS
)
_HIDES = select(mutes.c.muted_id).where(_OF_PERSONA, _HOLDS)
_SILENT = _HIDES.where(mutes.c.notifications == true())
_LISTED = (
    select(*MUTE.columns, *ACTOR.columns)
    .join_from(mutes, actors, mutes.c.muted_id == actors.c.id)
    .where(_OF_PERSONA, _HOLDS, mutes.c.id < bindparam("before"), mutes.c.id > bindparam("after"))
)
_DOWN = _LISTED.order_by(mutes.c.id.desc()).limit(bindparam("limit"))
_UP = _LISTED.order_by(mutes.c.id).limit(bindparam("limit"))
_ALL = (
    select(*MUTE.columns, *ACTOR.columns)
    .join_from(mutes, actors, mutes.c.muted_id == actors.c.id)
    .where(_OF_PERSONA)
    .order_by(mutes.c.id)
    .limit(bindparam("limit"))
)
_OVER = select(mutes.c.id).where(mutes.c.expires_at < bindparam("before")).limit(bindparam("limit"))
_PRUNE = mutes.delete().where(mutes.c.id.in_(_OVER))

_MINE = muted_nodes.c.persona_id == bindparam("persona")
_NODE_PUT = insert(muted_nodes).on_conflict_do_nothing(
    index_elements=[muted_nodes.c.persona_id, muted_nodes.c.authority]
)
_NODE_LIFT = muted_nodes.delete().where(_MINE, muted_nodes.c.authority == bindparam("node"))
_NODES = select(muted_nodes.c.authority).where(_MINE)
_NODE_PAGE = select(*_NODE.columns).where(
    _MINE, muted_nodes.c.id < bindparam("before"), muted_nodes.c.id > bindparam("after")
)
_NODE_DOWN = _NODE_PAGE.order_by(muted_nodes.c.id.desc()).limit(bindparam("limit"))
_NODE_UP = _NODE_PAGE.order_by(muted_nodes.c.id).limit(bindparam("limit"))


class MuteRepository:
    """Mutes of people and of nodes, by the persona whose they are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._memo = memo_of(connection)

    def put(self, mute: Mute) -> None:
        """Mute somebody; a second time changes how long, and what of them."""
        self._connection.execute(_PUT, MUTE.values(mute))

    def lift(self, persona_id: int, muted_id: int) -> None:
        """Read somebody again."""
        self._connection.execute(_LIFT, {"persona": persona_id, "muted": muted_id})

    def many(self, persona_id: int, ids: Iterable[int], now: datetime) -> dict[int, Mute]:
        """The mutes of these that hold now, by whom they mute."""
        key = {"persona": persona_id, "muted": list(ids), "now": now}
        found = map(MUTE.read, self._connection.execute(_MANY, key))
        return {mute.muted_id: mute for mute in found}

    def hides(self, persona_id: int, now: datetime) -> frozenset[int]:
        """The actors that the persona does not read now. One query for the same moment."""
        rows = self._memo.all(_HIDES, {"persona": persona_id, "now": now})
        return frozenset(row[0] for row in rows)

    def silences(self, persona_id: int, now: datetime) -> frozenset[int]:
        """The actors of whose doings the persona wants no news now."""
        rows = self._connection.execute(_SILENT, {"persona": persona_id, "now": now})
        return frozenset(rows.scalars())

    def listed(
        self,
        persona_id: int,
        now: datetime,
        limit: int,
        before: int = NEWEST,
        after: int = 0,
        upward: bool = False,
    ) -> list[tuple[Mute, Actor]]:
        """Whom the persona mutes, the latest first, between two ids of mutes; `upward` those next
        to `after`."""
        key = {
            "persona": persona_id,
            "now": now,
            "limit": limit,
            "before": before,
            "after": after,
        }
        rows = self._connection.execute(_UP if upward else _DOWN, key)
        found = [(MUTE.read(row), ACTOR.read_after(row, MUTE.width)) for row in rows]
        return found[::-1] if upward else found

    def all_of(self, persona_id: int, limit: int) -> list[tuple[Mute, Actor]]:
        """Whom the persona ever muted and did not read again, the oldest first."""
        rows = self._connection.execute(_ALL, {"persona": persona_id, "limit": limit})
        return [(MUTE.read(row), ACTOR.read_after(row, MUTE.width)) for row in rows]

    def prune(self, before: datetime, limit: int) -> int:
        """Forget up to `limit` mutes that ended before then; how many."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount

    def put_node(self, node: MutedNode) -> None:
        """Read nothing of a node. A second time changes nothing."""
        self._connection.execute(_NODE_PUT, _NODE.values(node))

    def lift_node(self, persona_id: int, authority: str) -> None:
        """Read a node again."""
        self._connection.execute(_NODE_LIFT, {"persona": persona_id, "node": authority})

    def nodes(self, persona_id: int) -> frozenset[str]:
        """The nodes of which the persona reads nothing: `Actor.authority` tells who is of them.
        One query, however often a transaction asks."""
        return frozenset(row[0] for row in self._memo.all(_NODES, {"persona": persona_id}))

    def listed_nodes(
        self,
        persona_id: int,
        limit: int,
        before: int = NEWEST,
        after: int = 0,
        upward: bool = False,
    ) -> list[MutedNode]:
        """The same as a list, the latest first, between two ids; `upward` those next to `after`."""
        key = {"persona": persona_id, "limit": limit, "before": before, "after": after}
        rows = self._connection.execute(_NODE_UP if upward else _NODE_DOWN, key)
        found = [_NODE.read(row) for row in rows]
        return found[::-1] if upward else found
