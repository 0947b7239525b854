"""The repositories of circles."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.circle_days import CircleDays
from storage.circle_doors import CircleDoors
from storage.circle_ends import CircleEnds
from storage.circle_weeks import CircleWeeks
from storage.circles import CircleRepository
from storage.seals import Seals


class CircleRepositories:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def circles(self) -> CircleRepository:
        return CircleRepository(self.connection, self.seals)

    @cached_property
    def circle_doors(self) -> CircleDoors:
        return CircleDoors(self.connection, self.seals)

    @cached_property
    def circle_ends(self) -> CircleEnds:
        return CircleEnds(self.connection, self.seals)

    @cached_property
    def circle_weeks(self) -> CircleWeeks:
        return CircleWeeks(self.connection)

    @cached_property
    def circle_days(self) -> CircleDays:
        return CircleDays(self.connection)
