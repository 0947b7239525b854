"""The days of circles on which their question was asked: a row for each, so that none is asked
twice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import circle_days


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleDay:
    """The question of one day, which is a thread."""

    circle_id: int
    day: int
    post_id: int
    posted_at: datetime


_DAY = Shape(CircleDay, circle_days)
_ADD_DAY = (
    insert(circle_days)
    .on_conflict_do_nothing(index_elements=[circle_days.c.circle_id, circle_days.c.day])
    .returning(circle_days.c.day)
)
_NEWEST_DAYS = (
    select(*_DAY.columns)
    .where(circle_days.c.circle_id == bindparam("circle"))
    .order_by(circle_days.c.day.desc())
    .limit(bindparam("limit"))
)
_HAS_DAY = select(circle_days.c.day).where(
    circle_days.c.circle_id == bindparam("circle"), circle_days.c.day == bindparam("day")
)


class CircleDays:
    """The questions that were asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, day: CircleDay) -> bool:
        """False when the question of that day was asked already."""
        return self._connection.execute(_ADD_DAY, _DAY.values(day)).first() is not None

    def has(self, circle_id: int, day: int) -> bool:
        """Whether the question of a day was asked."""
        key = {"circle": circle_id, "day": day}
        return self._connection.execute(_HAS_DAY, key).first() is not None

    def newest(self, circle_id: int, limit: int) -> list[CircleDay]:
        """The last questions, the newest first."""
        key = {"circle": circle_id, "limit": limit}
        return [_DAY.read(row) for row in self._connection.execute(_NEWEST_DAYS, key)]
