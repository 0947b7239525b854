"""People who write outside groups, for tests: by the use cases that pages and clients reach."""

from collections.abc import Callable
from typing import TypeVar

from node.errors import KithError
from node.profiles.drafts import ProfileDraft
from node.profiles.place import standing_of
from node.profiles.service import Profiles
from storage.actors import Actor
from storage.post_record import Audience
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse

T = TypeVar("T")


class Street:
    """A house with people who know each other."""

    def __init__(self, house: WebHouse) -> None:
        self.house = house

    @property
    def profiles(self) -> Profiles:
        return self.house.rooms.profiles

    async def do(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.house.db.write(work)

    async def post(self, who: Actor, text: str, audience: Audience = "public") -> Post:
        draft = ProfileDraft(text=text, audience=audience)
        return await self.do(lambda uow: self.profiles.post(uow, who, draft))

    async def reply(self, who: Actor, to: Post, text: str, audience: Audience = "public") -> Post:
        draft = ProfileDraft(text=text, audience=audience)
        return await self.do(lambda uow: self.profiles.reply(uow, to.id, who, draft))

    async def follow(self, who: Actor, whom: Actor) -> None:
        """`whom` lets `who` follow."""
        await self.do(lambda uow: self.profiles.follow(uow, who, whom.id))
        await self.do(lambda uow: self.profiles.accept(uow, whom, who.id))

    async def reads(self, reader: Actor | None, post: Post) -> bool:
        """Whether the reader finds the post, with the words that were written."""

        def look(uow: UnitOfWork) -> bool:
            try:
                found = standing_of(uow, post.id, reader).view.post
            except KithError:
                return False
            assert found.content == post.content
            return True

        return await self.house.db.read(look)

    async def kinds(self, who: Actor) -> list[str]:
        """What somebody was told, newest first."""
        told = await self.house.db.read(lambda uow: uow.notifications.list(who.id, 50))
        return [one.notification.kind for one in told]
