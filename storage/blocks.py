"""Who is cut off from whom.

A block is made by one persona against the one that it names. It is kept against the account behind
that persona, where there is one here, so that it holds for each of the account's personas, also for
those to come. Towards the other personas of whoever blocks nothing changes: they would give away
that they belong together. Nothing here is ever shown to anyone but the persona that blocked.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, and_, bindparam, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.memo import memo_of
from storage.shapes import Shape
from storage.tables import actors, blocks, personas


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`persona_id` wants nothing to do with `named_id`. `account_id` is the account behind the
    one that is named, None for somebody of another node."""

    persona_id: int
    named_id: int
    account_id: int | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Blocked:
    """Somebody in a persona's own list of blocks."""

    actor: Actor
    since: datetime


_BLOCK = Shape(Block, blocks)
_PAIR = (blocks.c.persona_id == bindparam("persona"), blocks.c.named_id == bindparam("named"))


def _account_behind(persona: str) -> ScalarSelect[Any]:
    return (
        select(personas.c.account_id)
        .where(personas.c.actor_id == bindparam(persona))
        .scalar_subquery()
    )


def _by_against(by: str, against: str) -> ColumnElement[bool]:
    """The block of one persona that holds against another, whichever persona it names."""
    return and_(
        blocks.c.persona_id == bindparam(by),
        or_(
            blocks.c.named_id == bindparam(against),
            blocks.c.account_id == _account_behind(against),
        ),
    )


_PUT = insert(blocks).on_conflict_do_nothing()
_GET = select(*_BLOCK.columns).where(*_PAIR)
_LIFT = blocks.delete().where(*_PAIR)
_LISTED = (
    select(blocks.c.created_at, *ACTOR.columns)
    .join_from(blocks, actors, blocks.c.named_id == actors.c.id)
    .where(blocks.c.persona_id == bindparam("persona"))
    .order_by(blocks.c.created_at.desc(), blocks.c.named_id.desc())
    .limit(bindparam("limit"))
)
_COUNT = select(func.count()).select_from(blocks).where(blocks.c.persona_id == bindparam("persona"))
_HIDES = select(blocks.c.persona_id, blocks.c.named_id).where(
    or_(
        blocks.c.persona_id == bindparam("reader"),
        blocks.c.account_id == _account_behind("reader"),
    )
)
_CUT_OFF = (
    select(blocks.c.persona_id).where(or_(_by_against("a", "b"), _by_against("b", "a"))).limit(1)
)
_FORGET_PERSONA = blocks.delete().where(
    or_(blocks.c.persona_id == bindparam("persona"), blocks.c.named_id == bindparam("persona"))
)
_FORGET_ACCOUNT = blocks.delete().where(blocks.c.account_id == bindparam("account"))


class BlockRepository:
    """Blocks, and whom they hide from whom."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._memo = memo_of(connection)

    def add(self, block: Block) -> None:
        """A second block of the same pair changes nothing."""
        self._connection.execute(_PUT, _BLOCK.values(block))

    def get(self, persona_id: int, named_id: int) -> Block | None:
        """The block by which `persona_id` named exactly this one."""
        key = {"persona": persona_id, "named": named_id}
        return _BLOCK.maybe(self._connection.execute(_GET, key).first())

    def lift(self, persona_id: int, named_id: int) -> bool:
        """False when there was none."""
        key = {"persona": persona_id, "named": named_id}
        return self._connection.execute(_LIFT, key).rowcount == 1

    def listed(self, persona_id: int, limit: int) -> list[Blocked]:
        """Whom the persona blocked, the latest first."""
        rows = self._connection.execute(_LISTED, {"persona": persona_id, "limit": limit})
        return [Blocked(ACTOR.read_after(row, 1), row[0]) for row in rows]

    def count(self, persona_id: int) -> int:
        """How many the persona blocked."""
        return int(self._connection.execute(_COUNT, {"persona": persona_id}).scalar_one())

    def hides(self, reader_id: int) -> frozenset[int]:
        """The actors that a persona does not see: those it named itself, and every persona that
        blocked the account behind it. One query, however often a transaction asks."""
        rows = self._memo.all(_HIDES, {"reader": reader_id})
        return frozenset(named if by == reader_id else by for by, named in map(tuple, rows))

    def named_by(self, persona_id: int) -> frozenset[int]:
        """Those whom the persona blocked itself: it may see their names, to lift it. Asked with
        `hides` it is no further query."""
        rows = self._memo.all(_HIDES, {"reader": persona_id})
        return frozenset(named for by, named in map(tuple, rows) if by == persona_id)

    def cut_off(self, a_id: int, b_id: int) -> bool:
        """Whether no contact may reach from one to the other, whoever of the two blocked."""
        return self._connection.execute(_CUT_OFF, {"a": a_id, "b": b_id}).first() is not None

    def forget_persona(self, persona_id: int) -> None:
        """Everything that this actor blocked, and every block that names it: it is erased."""
        self._connection.execute(_FORGET_PERSONA, {"persona": persona_id})

    def forget_account(self, account_id: int) -> None:
        """Every block that is kept against an account that is erased."""
        self._connection.execute(_FORGET_ACCOUNT, {"account": account_id})
