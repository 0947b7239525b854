"""The repositories of what a persona set for its own reading: filters, lists, mutes, notes,
markers, tags, and its news; and those that find and show what there is to read."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.filters import FilterRepository
from storage.lists import ListRepository
from storage.markers import MarkerRepository
from storage.mutes import MuteRepository
from storage.news import NewsRepository
from storage.news_policies import NewsPolicies
from storage.own_tags import OwnTags, featured, followed
from storage.person_notes import PersonNotes
from storage.remembering import QuietWatchRepository, SpecialDayRepository
from storage.seals import Seals
from storage.statuses import StatusRepository
from storage.tallies import TallyRepository
from storage.timelines import TimelineRepository


class ReadingChoices:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def statuses(self) -> StatusRepository:
        return StatusRepository(self.connection, self.seals)

    @cached_property
    def tallies(self) -> TallyRepository:
        return TallyRepository(self.connection)

    @cached_property
    def timelines(self) -> TimelineRepository:
        return TimelineRepository(self.connection)

    @cached_property
    def filters(self) -> FilterRepository:
        return FilterRepository(self.connection, self.seals)

    @cached_property
    def special_days(self) -> SpecialDayRepository:
        return SpecialDayRepository(self.connection, self.seals)

    @cached_property
    def quiet_watches(self) -> QuietWatchRepository:
        return QuietWatchRepository(self.connection)

    @cached_property
    def lists(self) -> ListRepository:
        return ListRepository(self.connection, self.seals)

    @cached_property
    def mutes(self) -> MuteRepository:
        return MuteRepository(self.connection)

    @cached_property
    def person_notes(self) -> PersonNotes:
        return PersonNotes(self.connection, self.seals)

    @cached_property
    def markers(self) -> MarkerRepository:
        return MarkerRepository(self.connection)

    @cached_property
    def followed_tags(self) -> OwnTags:
        return followed(self.connection)

    @cached_property
    def featured_tags(self) -> OwnTags:
        return featured(self.connection)

    @cached_property
    def news(self) -> NewsRepository:
        return NewsRepository(self.connection)

    @cached_property
    def news_policies(self) -> NewsPolicies:
        return NewsPolicies(self.connection)
