"""The repositories of stories: those who tell them, and those who gather them."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.seals import Seals
from storage.stories import StoryRepository, ToldStories
from storage.story_collections import StoryCollectionRepository


class StoryRepositories:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def stories(self) -> StoryRepository:
        return StoryRepository(self.connection, self.seals)

    @cached_property
    def told_stories(self) -> ToldStories:
        return ToldStories(self.connection, self.seals)

    @cached_property
    def story_collections(self) -> StoryCollectionRepository:
        return StoryCollectionRepository(self.connection, self.seals)
