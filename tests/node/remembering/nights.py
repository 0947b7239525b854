"""Days that pass, each with the work of the night, and what news there is afterwards."""

import re

from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor

_NEWS = re.compile(r'<a href="(?:/days|/more|/buddies)[^"]*">([^<]+)</a>')


async def days_pass(house: WebHouse, days: int) -> None:
    """The clock goes on, and the worker does what fell due."""
    for _ in range(days):
        house.clock.advance(hours=24)
        await house.db.write(house.rooms.remembering.speak)


async def news_of(who: Visitor) -> list[str]:
    """The sentences about days and quiet times, newest first."""
    main = (await who.get("/news")).text.partition("<main")[2]
    return _NEWS.findall(main)
