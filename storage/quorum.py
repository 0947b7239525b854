"""How many established members reported one post or one person, and what waits because of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Select, Text, and_, bindparam, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import accounts, detail_folds, pauses, personas, reports, veils
from storage.tables.metadata import UtcTime

# Written into the statement: the planner must see the condition of the index.
_OPEN: Final = literal_column("'open'", Text)
_DISMISSED: Final = literal_column("'dismiss'", Text)

_past_reports, _past_personas = reports.alias("past"), personas.alias("past_personas")
_OFTEN_WRONG = (
    select(_past_personas.c.account_id)
    .join(_past_reports, _past_reports.c.reporter_id == _past_personas.c.actor_id)
    .where(
        _past_reports.c.decision == _DISMISSED,
        _past_reports.c.decided_at > bindparam("wrong_since", type_=UtcTime()),
    )
    .group_by(_past_personas.c.account_id)
    .having(func.count() >= bindparam("wrong_most"))
)
# A person counts once, under however many names.
_REPORTERS = (
    select(func.count(func.distinct(accounts.c.id)))
    .select_from(reports)
    .join(personas, personas.c.actor_id == reports.c.reporter_id)
    .join(accounts, accounts.c.id == personas.c.account_id)
    .where(
        reports.c.state == _OPEN,
        accounts.c.created_at <= bindparam("established", type_=UtcTime()),
        accounts.c.suspended_at.is_(None),
        accounts.c.id.not_in(_OFTEN_WRONG),
    )
)
_OF_POST = _REPORTERS.where(reports.c.post_id == bindparam("about"))
_OF_PERSONA = _REPORTERS.where(reports.c.subject_id == bindparam("about"))
_VEIL = insert(veils).on_conflict_do_nothing().returning(veils.c.post_id)
_FOLD = insert(detail_folds).on_conflict_do_update(
    index_elements=[detail_folds.c.post_id], set_={"cleared_at": None}
)
_FOLDED = select(detail_folds.c.post_id).where(
    detail_folds.c.post_id.in_(bindparam("ids", expanding=True)),
    detail_folds.c.cleared_at.is_(None),
)
_CLEAR_FOLD = (
    detail_folds.update()
    .where(and_(detail_folds.c.post_id == bindparam("about"), detail_folds.c.cleared_at.is_(None)))
    .values(cleared_at=bindparam("now"))
)
_PAUSE = insert(pauses).on_conflict_do_nothing().returning(pauses.c.persona_id)
_VEILED = select(veils.c.post_id).where(
    veils.c.post_id.in_(bindparam("ids", expanding=True)), veils.c.lifted_at.is_(None)
)
_PAUSED = select(pauses.c.persona_id).where(
    pauses.c.persona_id == bindparam("persona"), pauses.c.lifted_at.is_(None)
)
_LIFT_VEIL = (
    veils.update()
    .where(and_(veils.c.post_id == bindparam("about"), veils.c.lifted_at.is_(None)))
    .values(lifted_at=bindparam("now"))
    .returning(veils.c.post_id)
)
_LIFT_PAUSE = (
    pauses.update()
    .where(and_(pauses.c.persona_id == bindparam("about"), pauses.c.lifted_at.is_(None)))
    .values(lifted_at=bindparam("now"))
    .returning(pauses.c.persona_id)
)


class QuorumRepository:
    """Counts of open reports, veils and pauses; and what is folded away because of its words."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reporters_of_post(
        self, post_id: int, *, established: datetime, wrong_since: datetime, wrong_most: int
    ) -> int:
        """How many people reported a post, and nobody has looked yet. Whoever is here since after
        `established` does not count, nor whose reports came to nothing `wrong_most` times since
        `wrong_since`."""
        return self._count(_OF_POST, post_id, established, wrong_since, wrong_most)

    def reporters_of_persona(
        self, persona_id: int, *, established: datetime, wrong_since: datetime, wrong_most: int
    ) -> int:
        """The same for somebody and all they wrote."""
        return self._count(_OF_PERSONA, persona_id, established, wrong_since, wrong_most)

    def veil(self, post_id: int, now: datetime) -> bool:
        """False when it is, or was, veiled already: somebody's look is not overruled by numbers."""
        row = {"post_id": post_id, "since": now}
        return self._connection.execute(_VEIL, row).first() is not None

    def pause(self, persona_id: int, now: datetime) -> bool:
        """False when their writing waits, or waited, already."""
        row = {"persona_id": persona_id, "since": now}
        return self._connection.execute(_PAUSE, row).first() is not None

    def lift_veil(self, post_id: int, now: datetime) -> bool:
        """Somebody has looked. False when there is no veil."""
        key = {"about": post_id, "now": now}
        return self._connection.execute(_LIFT_VEIL, key).first() is not None

    def lift_pause(self, persona_id: int, now: datetime) -> bool:
        """Somebody has looked. False when nothing waits."""
        key = {"about": persona_id, "now": now}
        return self._connection.execute(_LIFT_PAUSE, key).first() is not None

    def veiled(self, ids: Collection[int]) -> frozenset[int]:
        """Those of the posts that are veiled now. One query."""
        if not ids:
            return frozenset()
        return frozenset(self._connection.execute(_VEILED, {"ids": list(ids)}).scalars())

    def fold(self, post_id: int, now: datetime) -> None:
        """The words of a post may tell a method; also when somebody has cleared others before."""
        self._connection.execute(_FOLD, {"post_id": post_id, "since": now})

    def clear_fold(self, post_id: int, now: datetime) -> None:
        """A person has looked: everybody may read it."""
        self._connection.execute(_CLEAR_FOLD, {"about": post_id, "now": now})

    def folded(self, ids: Collection[int]) -> frozenset[int]:
        """Those of the posts that are folded away now. One query."""
        if not ids:
            return frozenset()
        return frozenset(self._connection.execute(_FOLDED, {"ids": list(ids)}).scalars())

    def is_paused(self, persona_id: int) -> bool:
        """Whether the writing of somebody waits."""
        found = self._connection.execute(_PAUSED, {"persona": persona_id})
        return found.first() is not None

    def _count(
        self,
        statement: Select[int],
        about: int,
        established: datetime,
        wrong_since: datetime,
        wrong_most: int,
    ) -> int:
        key = {
            "about": about,
            "established": established,
            "wrong_since": wrong_since,
            "wrong_most": wrong_most,
        }
        found: int = self._connection.execute(statement, key).scalar_one()
        return found
