"""The repositories behind streams and devices: what has happened, who listens, what waits."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.being_heard import BeingHeard
from storage.events import EventRepository
from storage.listening import ListeningRepository
from storage.push import PushRepository
from storage.seals import Seals


class Hearing(BeingHeard):
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def events(self) -> EventRepository:
        return EventRepository(self.connection)

    @cached_property
    def listening(self) -> ListeningRepository:
        return ListeningRepository(self.connection)

    @cached_property
    def push(self) -> PushRepository:
        return PushRepository(self.connection, self.seals)
