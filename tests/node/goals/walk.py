"""People with goals and buddies, through the pages, and short words for what they do."""

import re
from dataclasses import dataclass
from typing import Self

from storage.actors import Actor
from storage.notifications import Told
from storage.unit_of_work import UnitOfWork
from tests.node.messages.talk import persona_of
from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Page, Visitor


@dataclass
class Walk:
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

    async def goal(self, who: Visitor, words: str = "No drink", **fields: str) -> int:
        """A new goal, with success; its id."""
        page = await who.submit("/goals/new", at="/goals/new", words=words, **fields)
        return number_in(page, r"/goals/(\d+)")

    async def entry(self, who: Visitor, goal: int, **fields: str) -> Page:
        """How a day was."""
        path = f"/goals/{goal}/check-in"
        return await who.submit(path, at=path, **fields)

    async def setback(self, who: Visitor, goal: int, **fields: str) -> Page:
        """A setback; the page that comes after it."""
        path = f"/goals/{goal}/setback"
        return await who.submit(path, at=path, **{"note": "", **fields})

    async def pair(self, one: Visitor, other: Visitor, **fields: str) -> int:
        """Two buddies, by a code; the id of the pair."""
        made = await one.submit("/buddies/code", at="/buddies/code")
        match = re.search(r"<code>([\w-]{22})</code>", made.text)
        assert match is not None, made.text
        await other.submit("/buddies/join", at="/buddies/join", code=match[1])
        page = await other.submit("/buddies/join", code=match[1], act="join", **fields)
        return number_in(page, r"/buddies/(\d+)")

    async def come_back(self, *people: Visitor) -> None:
        """They sign in again, after a while in which they were not there."""
        for who in people:
            who.client.session.cookie_jar.clear()
            await who.sign_in(f"{handle_of(who)}-private", PASSWORD)

    async def block(self, who: Visitor, other: Visitor) -> None:
        """`who` blocks the other."""
        safety, named = self.house.rooms.safety, persona_of(other).id
        await self.house.db.write(lambda uow: safety.block(uow, persona_of(who), named))

    async def told(self, who: Visitor) -> list[str]:
        """What a person was told of rooms, the oldest first."""
        persona = persona_of(who)

        def read(uow: UnitOfWork) -> list[Told]:
            return uow.notifications.list(persona.id, 50)

        found = await self.house.db.read(read)
        return [one.notification.about or "" for one in reversed(found) if one.notification.about]

    async def turn_clock(self, **forward: float) -> None:
        """Time passes, and the worker does what is due then, again and again until nothing is."""
        if forward:
            self.house.clock.advance(**forward)
        rooms = self.house.rooms
        while await self.house.db.write(rooms.goals.give_reminders):
            pass
        while await self.house.db.write(rooms.buddies.run_due):
            pass


def number_in(page: Page, pattern: str) -> int:
    """The id in the address of a page, which must be there."""
    match = re.match(pattern, page.path)
    assert page.status == 200, page.text
    assert match is not None, page.path
    return int(match[1])


def handle_of(who: Visitor) -> str:
    """As others name a person."""
    persona: Actor = persona_of(who)
    return persona.handle
