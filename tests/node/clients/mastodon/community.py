"""What people of a node write, for tests of the Mastodon API."""

from typing import Any

from node.groups.drafts import ReplyDraft, ThreadDraft
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.clients.house import Client, ClientHouse


class Community:
    """What people of a house write, by the use cases that the pages call."""

    def __init__(self, house: ClientHouse) -> None:
        self.house = house
        self.groups = house.rooms.groups

    async def write(self, act: Any) -> Any:
        return await self.house.rooms.db.write(act)

    async def thread(self, group_id: int, who: Client, **words: Any) -> Post:
        """A thread by `who`, who agrees to copies where they are asked."""
        draft = ThreadDraft(**{"title": "A long winter", "text": "The evenings are long."} | words)

        def write(uow: UnitOfWork) -> Post:
            group = uow.groups.get(group_id)
            assert group is not None
            self.groups.agree_to_share(uow, group, who.persona, agrees=True)
            made: Post = self.groups.post_thread(uow, group_id, who.persona, draft)
            return made

        post: Post = await self.write(write)
        return post

    async def reply(self, parent: Post, who: Client, text: str = "With you.") -> Post:
        """A reply by `who` to a post."""

        def write(uow: UnitOfWork) -> Post:
            group = uow.groups.get(parent.group_id)
            assert group is not None
            self.groups.agree_to_share(uow, group, who.persona, agrees=True)
            made: Post = self.groups.reply(uow, parent.id, who.persona, ReplyDraft(text=text))
            return made

        post: Post = await self.write(write)
        return post

    async def join(self, group_id: int, who: Client) -> None:
        await self.write(lambda uow: self.groups.join(uow, group_id, who.persona))

    async def react(self, post: Post, who: Client, kind: str = "hear-you") -> None:
        await self.write(lambda uow: self.groups.react(uow, post.id, who.persona, kind))
