"""The repositories of coping cards beside their posts."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.card_checks import CardCheckRepository
from storage.card_collections import CardCollectionRepository
from storage.card_experiences import ExperienceRepository
from storage.coping_cards import OwnCardRepository
from storage.seals import Seals
from storage.toolkit import ToolkitRepository


class CopingRepositories:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def own_cards(self) -> OwnCardRepository:
        return OwnCardRepository(self.connection, self.seals)

    @cached_property
    def card_checks(self) -> CardCheckRepository:
        return CardCheckRepository(self.connection, self.seals)

    @cached_property
    def card_experiences(self) -> ExperienceRepository:
        return ExperienceRepository(self.connection, self.seals)

    @cached_property
    def toolkit(self) -> ToolkitRepository:
        return ToolkitRepository(self.connection, self.seals)

    @cached_property
    def card_collections(self) -> CardCollectionRepository:
        return CardCollectionRepository(self.connection, self.seals)
