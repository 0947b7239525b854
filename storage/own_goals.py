"""The repositories of what people work towards, and of those who walk beside them."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.buddies import BuddyRepository
from storage.buddy_moments import BuddyMomentRepository
from storage.check_ins import CheckInRepository
from storage.goals import GoalRepository
from storage.seals import Seals


class GoalRepositories:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def goals(self) -> GoalRepository:
        return GoalRepository(self.connection, self.seals)

    @cached_property
    def check_ins(self) -> CheckInRepository:
        return CheckInRepository(self.connection, self.seals)

    @cached_property
    def buddies(self) -> BuddyRepository:
        return BuddyRepository(self.connection, self.seals)

    @cached_property
    def buddy_moments(self) -> BuddyMomentRepository:
        return BuddyMomentRepository(self.connection, self.seals)
