"""The repositories of what hangs on posts, messages and personas: pictures, polls and fields."""

from abc import abstractmethod
from functools import cached_property

from sqlalchemy import Connection

from storage.articles import ArticleRepository
from storage.attachments import AttachmentRepository
from storage.avatars import AvatarRepository, HeaderRepository
from storage.polls import PollRepository
from storage.post_media import PostMediaRepository
from storage.seals import Seals


class AttachedRepositories:
    """A part of `UnitOfWork`, which opens the connection and the seals."""

    connection: Connection

    @property
    @abstractmethod
    def seals(self) -> Seals: ...

    @cached_property
    def articles(self) -> ArticleRepository:
        return ArticleRepository(self.connection, self.seals)

    @cached_property
    def attachments(self) -> AttachmentRepository:
        return AttachmentRepository(self.connection, self.seals)

    @cached_property
    def avatars(self) -> AvatarRepository:
        return AvatarRepository(self.connection, self.seals)

    @cached_property
    def post_media(self) -> PostMediaRepository:
        return PostMediaRepository(self.connection, self.seals)

    @cached_property
    def polls(self) -> PollRepository:
        return PollRepository(self.connection, self.seals)

    @cached_property
    def headers(self) -> HeaderRepository:
        return HeaderRepository(self.connection, self.seals)
