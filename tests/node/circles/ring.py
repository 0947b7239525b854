"""Four people on a node where three are enough for a circle: started, gathered, and run by hand."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from node.circles.forming import CircleDraft
from node.circles.scripts import chosen
from node.circles.service import Circles
from node.config import Config
from storage.actors import Actor
from storage.circle_doors import Wish
from storage.circles import Circle
from storage.unit_of_work import UnitOfWork
from tests.newcomers import NO_NEWCOMERS
from tests.node.web.house import PASSWORD, WebHouse, open_web_house
from tests.node.web.visitor import Visitor

T = TypeVar("T")
NAMES = ("anna", "ben", "cleo", "dora")
DRAFT = CircleDraft(
    name="Quiet mornings", topics=("sleep",), language="en", days=28, part="evening"
)
WISH = Wish(topics=("bereavement", "sleep"), language="en", days=28, part="evening")


@dataclass
class Ring:
    """The node and its people, by handle."""

    house: WebHouse
    people: dict[str, Visitor]

    @property
    def circles(self) -> Circles:
        return self.house.rooms.circles

    def actor(self, name: str) -> Actor:
        found = self.people[name].persona
        assert found is not None
        return found

    async def write(self, act: Callable[[UnitOfWork], T]) -> T:
        return await self.house.db.write(act)

    async def read(self, ask: Callable[[UnitOfWork], T]) -> T:
        return await self.house.db.read(ask)

    async def start(self, host: str = "anna", draft: CircleDraft = DRAFT) -> Circle:
        """A circle that gathers."""
        return await self.write(
            lambda uow: self.circles.start(
                uow, self.actor(host), draft, chosen(uow, "hundred-days")
            )
        )

    async def gather(self, *others: str, host: str = "anna") -> Circle:
        """A circle with these people in it, who came by a code."""
        circle = await self.start(host)

        def come(uow: UnitOfWork) -> None:
            code = self.circles.invite(uow, circle.id, self.actor(host), 4)
            for name in others:
                self.circles.ask(uow, code, self.actor(name))
                self.circles.let_in(uow, circle.id, self.actor(host), self.actor(name).id)

        await self.write(come)
        return circle

    async def running(self, *others: str) -> Circle:
        """A circle whose first question was asked."""
        circle = await self.gather(*(others or ("ben", "cleo")))
        await self.write(lambda uow: self.circles.begin(uow, circle.id, self.actor("anna")))
        await self.later(hours=8)
        return await self.now(circle)

    async def now(self, circle: Circle) -> Circle:
        """The circle as it is now."""
        found = await self.read(lambda uow: uow.circles.get(circle.id))
        assert found is not None
        return found

    async def wait(self, name: str, wish: Wish = WISH) -> None:
        await self.write(lambda uow: self.circles.wish(uow, self.actor(name), wish))

    async def back(self, *names: str) -> None:
        """Sign in again, after so long."""
        for name in names:
            await self.people[name].sign_in(f"{name}-private", PASSWORD)

    async def later(self, *, hours: float = 0, days: float = 0) -> None:
        """Time passes, and the worker has a round."""
        self.house.clock.advance(hours=hours + 24 * days)
        await self.work()

    async def work(self) -> None:
        await self.circles.run_once(self.house.db)

    async def days_asked(self, circle: Circle) -> list[int]:
        """The days on which a question was asked, in order."""
        days = await self.read(lambda uow: uow.circle_days.newest(circle.id, 200))
        return sorted(one.day for one in days)


@asynccontextmanager
async def open_ring(url: str) -> AsyncIterator[Ring]:
    """Sign everybody up and in."""
    config = Config(
        node_name="Harbour",
        origin="http://localhost:8420",
        circle_least=3,
        circle_most=4,
        circle_small=3,
        **NO_NEWCOMERS,
    )
    async with open_web_house(url, config=config) as house:
        people = {name: await house.member(name) for name in NAMES}
        yield Ring(house, people)
