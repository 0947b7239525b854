"""The repositories of the directory of services."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.chosen_services import ChosenServices, DirectorySuggestions
from storage.directory_sets import DirectorySets
from storage.directory_staging import DirectoryStaging
from storage.listings import ListingRepository, TermRepository
from storage.seals import Seals
from storage.services import ServiceRepository


class DirectoryRepositories:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def directory_sets(self) -> DirectorySets:
        return DirectorySets(self.connection)

    @cached_property
    def directory_staging(self) -> DirectoryStaging:
        return DirectoryStaging(self.connection)

    @cached_property
    def services(self) -> ServiceRepository:
        return ServiceRepository(self.connection)

    @cached_property
    def listings(self) -> ListingRepository:
        return ListingRepository(self.connection)

    @cached_property
    def terms(self) -> TermRepository:
        return TermRepository(self.connection)

    @cached_property
    def chosen_services(self) -> ChosenServices:
        return ChosenServices(self.connection, self.seals)

    @cached_property
    def directory_suggestions(self) -> DirectorySuggestions:
        return DirectorySuggestions(self.connection, self.seals)
