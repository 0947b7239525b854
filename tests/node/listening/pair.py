"""Sky, who would like to be heard, and Hale, who has a badge and listens. The matching is turned by
hand."""

import re
from dataclasses import dataclass

from node.training.rules import VALID
from storage.actors import Actor
from storage.listening_record import Offering
from storage.training_paths import HelperPath
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

ASK, OFFER, NOW = "/listening/ask", "/listening/offer", "/listening/offer/now"
TOPIC = "bereavement"


@dataclass
class Pair:
    """Both in their browsers."""

    house: WebHouse
    sky: Visitor
    hale: Visitor

    async def ask(self, **fields: str) -> str:
        """Sky asks to be heard; the address of the request."""
        given = {f"topic-{TOPIC}": "yes", "wish": "listen", "minutes": "30", **fields}
        page = await self.sky.submit(ASK, at=ASK, **given)
        found = re.match(r"/listening/\d+", page.path)
        assert found, page.text
        return found[0]

    async def tick(self) -> int:
        """The matching, until it has nothing more to do."""
        total = 0
        while done := await self.house.db.write(self.house.rooms.listening.run_once):
            total += done
        return total

    async def act(self, who: Visitor, place: str, act: str, **fields: str) -> Page:
        """Press a button of a session, whether or not the page shows it."""
        return await who.send(f"{place}/act", act=act, **fields)

    async def begun(self, **fields: str) -> str:
        """A session in which both said yes."""
        place = await self.ask(**fields)
        assert await self.tick() == 1
        assert (await self.act(self.hale, place, "accept")).status == 200
        assert (await self.act(self.sky, place, "begin")).status == 200
        return place

    async def say(self, who: Visitor, place: str, text: str, **fields: str) -> Page:
        return await who.send(place, text=text, **fields)

    async def open_helper(self, who: Visitor, *topics: str) -> None:
        """Somebody with badges who is available now."""
        assert who.persona is not None
        await self.house.db.write(
            lambda uow: offers(self.house, uow, who.persona, *(topics or (TOPIC,)))
        )


def offers(house: WebHouse, uow: UnitOfWork, persona: Actor | None, *topics: str) -> None:
    """A persona gets badges for topics, offers them and switches itself on."""
    assert persona is not None
    now = house.clock.now()
    uow.helper_paths.put(
        HelperPath(persona_id=persona.id, badges=dict.fromkeys(topics, now - VALID / 2))
    )
    listening = house.rooms.listening
    listening.offer(uow, persona, Offering(topics=topics), is_on=True)
    listening.switch(uow, persona, on=True)


async def open_pair(house: WebHouse) -> Pair:
    """Both are there, and Hale is available."""
    sky, hale = await house.member("sky"), await house.member("hale")
    pair = Pair(house, sky, hale)
    await pair.open_helper(hale)
    return pair
