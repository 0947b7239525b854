"""The repositories of help when it cannot wait: holds, signals, letters, helplines and plans."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.delivery_holds import DeliveryHoldRepository
from storage.helplines import HelplineRepository
from storage.plans import PlanRepository
from storage.risk_notes import RiskNoteRepository
from storage.risk_signals import RiskSignalRepository
from storage.seals import Seals


class HelpNowRepositories:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def delivery_holds(self) -> DeliveryHoldRepository:
        return DeliveryHoldRepository(self.connection)

    @cached_property
    def risk_signals(self) -> RiskSignalRepository:
        return RiskSignalRepository(self.connection, self.seals)

    @cached_property
    def risk_notes(self) -> RiskNoteRepository:
        return RiskNoteRepository(self.connection, self.seals)

    @cached_property
    def helplines(self) -> HelplineRepository:
        return HelplineRepository(self.connection)

    @cached_property
    def plans(self) -> PlanRepository:
        return PlanRepository(self.connection, self.seals)
