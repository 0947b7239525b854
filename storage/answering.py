"""The repositories of who waits for an answer, and of who answers."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.helping import HelpingRepository
from storage.seals import Seals
from storage.unanswered import UnansweredRepository
from storage.waiting import WaitingThreads


class Answering:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def waiting(self) -> WaitingThreads:
        return WaitingThreads(self.connection, self.seals)

    @cached_property
    def unanswered(self) -> UnansweredRepository:
        return UnansweredRepository(self.connection, self.seals)

    @cached_property
    def helping(self) -> HelpingRepository:
        return HelpingRepository(self.connection, self.seals)
