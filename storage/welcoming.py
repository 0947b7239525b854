"""The repositories of who says hello, what comes every week, and reply sessions."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.greeters import GreeterRepository, Hellos
from storage.reply_sessions import ReplySessionRepository
from storage.seals import Seals
from storage.weekly import WeeklyRepository
from storage.welcomes import WelcomeRepository


class WelcomingRepositories:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def welcomes(self) -> WelcomeRepository:
        return WelcomeRepository(self.connection, self.seals)

    @cached_property
    def weekly(self) -> WeeklyRepository:
        return WeeklyRepository(self.connection, self.seals)

    @cached_property
    def greeters(self) -> GreeterRepository:
        return GreeterRepository(self.connection)

    @cached_property
    def hellos(self) -> Hellos:
        return Hellos(self.connection, self.seals)

    @cached_property
    def reply_sessions(self) -> ReplySessionRepository:
        return ReplySessionRepository(self.connection, self.seals)
