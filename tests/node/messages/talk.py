"""People who write to each other through the pages, and short words for what they do."""

import re
from dataclasses import dataclass
from typing import Self

from node.accounts.service import Newcomer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse, keys
from tests.node.web.visitor import Page, Visitor

NEW = "/messages/new"
OTHER_NODE = "Private messages never leave this node"


@dataclass
class Talk:
    """A node with four people. The first three share a group."""

    house: WebHouse
    ash: Visitor
    birch: Visitor
    cedar: Visitor
    dale: Visitor

    @classmethod
    async def begin(cls, house: WebHouse) -> Self:
        people = [await house.member(name) for name in ("ash", "birch", "cedar", "dale")]
        await house.group("sleep", people[0])
        for one in people[1:3]:
            await one.submit("/groups/sleep/join", at="/groups/sleep")
        house.clock.advance(hours=8 * 24)
        return cls(house, *people)

    async def start(self, who: Visitor, to: str, text: str, title: str = "") -> Page:
        """Write first."""
        await who.get(NEW)
        assert who.page is not None
        form = who.page.form(NEW)
        fields = {"to": to, "title": title, "text": text, "act": "send"}
        return await who.post(NEW, form.fields | fields)

    async def opened(self, who: Visitor, to: str, text: str, title: str = "") -> int:
        """Write first, with success; the conversation's id."""
        page = await self.start(who, to, text, title)
        assert page.status == 200, page.text
        match = re.fullmatch(r"/messages/(\d+)", page.path)
        assert match is not None, page.path
        return int(match[1])

    async def say(self, who: Visitor, conversation: int, text: str, act: str = "send") -> Page:
        """Write into a conversation."""
        path = f"/messages/{conversation}"
        fields = {"csrf": await who.token(), "text": text, "act": act}
        return await who.post(path, fields)

    async def ask(self, who: Visitor, to: str, text: str) -> Page:
        """Send a request."""
        fields = {"csrf": await who.token(), "to": to, "text": text, "act": "ask"}
        return await who.post(NEW, fields)

    async def act(self, who: Visitor, path: str, /, **fields: str) -> Page:
        """Send any form."""
        return await who.post(path, {"csrf": await who.token(), **fields})

    async def page(self, who: Visitor, conversation: int) -> str:
        """The text of a conversation's page, which must be there."""
        page = await who.get(f"/messages/{conversation}")
        assert page.status == 200, page.text
        return page.text

    async def counts(self) -> dict[str, int]:
        """The rows of every table of the room."""
        names = (
            "conversations",
            "conversation_people",
            "messages",
            "message_copies",
            "message_requests",
            "message_drafts",
        )

        def count(uow: UnitOfWork) -> dict[str, int]:
            return {
                name: uow.connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
                for name in names
            }

        return await self.house.db.read(count)

    async def block(self, who: Visitor, other: Actor) -> None:
        """`who` blocks the persona `other`."""
        persona = persona_of(who)
        safety = self.house.rooms.safety
        await self.house.db.write(lambda uow: safety.block(uow, persona, other.id))

    async def second_persona(self, who: Visitor, handle: str) -> Actor:
        """Another persona of the same account."""
        newcomer = Newcomer(name=f"{handle}-x", handle=handle, display_name=handle.title())
        accounts = self.house.rooms.accounts

        def make(uow: UnitOfWork) -> Actor:
            _, persona = accounts.sign_up(uow, newcomer, "x", keys())
            account = uow.accounts.account_of(persona_of(who).id)
            uow.connection.exec_driver_sql(
                f"UPDATE personas SET account_id = {account} WHERE actor_id = {persona.id}"
            )
            return persona

        return await self.house.db.write(make)


def persona_of(who: Visitor) -> Actor:
    """Whom a browser is signed in as."""
    assert who.persona is not None
    return who.persona


def message_ids(text: str) -> list[int]:
    """The messages on a page of a conversation, oldest first."""
    return [int(number) for number in re.findall(r'<li id="message-(\d+)"', text)]
