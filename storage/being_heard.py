"""The repositories of listening, and of the path of those who help."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.heard_answers import HeardAnswers
from storage.listening_pool import ListeningPool
from storage.listening_sessions import ListeningSessionRepository
from storage.seals import Seals
from storage.training_paths import HelperPaths


class BeingHeard:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def listening_sessions(self) -> ListeningSessionRepository:
        return ListeningSessionRepository(self.connection, self.seals)

    @cached_property
    def listening_pool(self) -> ListeningPool:
        return ListeningPool(self.connection, self.seals)

    @cached_property
    def heard_answers(self) -> HeardAnswers:
        return HeardAnswers(self.connection, self.seals)

    @cached_property
    def helper_paths(self) -> HelperPaths:
        return HelperPaths(self.connection, self.seals)
