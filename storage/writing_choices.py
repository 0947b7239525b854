"""The repositories of what a persona keeps beside posts: marks, posts for later, earlier wordings,
preferences, and how it follows."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.follow_options import FollowOptionRepository
from storage.marks import MarkRepository
from storage.preferences import PreferenceRepository
from storage.scheduled import ScheduledRepository
from storage.seals import Seals
from storage.sent_keys import SentKeyRepository
from storage.wordings import WordingRepository


class WritingChoices:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def marks(self) -> MarkRepository:
        return MarkRepository(self.connection)

    @cached_property
    def scheduled(self) -> ScheduledRepository:
        return ScheduledRepository(self.connection, self.seals)

    @cached_property
    def wordings(self) -> WordingRepository:
        return WordingRepository(self.connection, self.seals)

    @cached_property
    def sent_keys(self) -> SentKeyRepository:
        return SentKeyRepository(self.connection)

    @cached_property
    def preferences(self) -> PreferenceRepository:
        return PreferenceRepository(self.connection)

    @cached_property
    def follow_options(self) -> FollowOptionRepository:
        return FollowOptionRepository(self.connection)
