"""Harbour and Meadow, running inside the test, with people in them who have talked."""

import itertools
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from node.demo.communities import Visit
from node.demo.harbour import HARBOUR
from node.demo.meadow import MEADOW
from node.demo.seed import Settled
from tests.browser.communities import move_in
from tests.clock import Clock
from tests.world import House, World, open_house

Ids = Callable[[], int]


@dataclass
class Two:
    """Both nodes and the communities that live there. Their work is turned by hand."""

    world: World
    harbour: Settled
    meadow: Settled

    async def visit(self, home: Settled, there: Settled, visit: Visit) -> str:
        """Somebody joins a group of the other node and answers a thread there; the reply's URI."""
        visitor = home.personas[visit.visitor]
        handle = f"!{visit.group}@{there.node.authority}"
        group = await visitor.post("/api/kith/v1/groups/look-up", {"handle": handle})
        await visitor.post(f"/api/kith/v1/groups/{group['id']}/join")
        await self.world.settle()
        thread = await thread_called(home, visit.visitor, group["id"], visit.title)
        await visitor.put(f"/api/kith/v1/posts/{thread}/reaction", {"kind": visit.reaction})
        made = await visitor.post(f"/api/kith/v1/posts/{thread}/replies", {"text": visit.text})
        await self.world.settle()
        uri: str = made["uri"]
        return uri


async def thread_called(home: Settled, reader: str, group_id: str, title: str) -> str:
    """The id of a thread by its title, on the reader's node."""
    page = await home.personas[reader].get(f"/api/kith/v1/groups/{group_id}/threads")
    found = [one["id"] for one in (*page["pinned"], *page["threads"]) if one["title"] == title]
    assert len(found) == 1, f"{title} is {len(found)} times at {home.community.key}"
    number: str = found[0]
    return number


@asynccontextmanager
async def two_houses(folder: Path, template: Path) -> AsyncIterator[Two]:
    """Both communities as they are before they know of each other."""
    clock, ids = Clock(), itertools.count(1).__next__
    async with AsyncExitStack() as stack:
        houses, settled = [], []
        for community in (HARBOUR, MEADOW):
            opened = house_called(community.name, folder, template, clock, ids)
            house = await stack.enter_async_context(opened)
            houses.append(house)
            settled.append(await move_in(house, community, clock))
        yield Two(World(clock, houses), *settled)


@asynccontextmanager
async def house_called(
    name: str, folder: Path, template: Path, clock: Clock, ids: Ids, *, open_signup: bool = True
) -> AsyncIterator[House]:
    """A node on an empty database."""
    data = folder / name.lower().replace(" ", "-")
    data.mkdir(parents=True)
    shutil.copyfile(template, data / "kith.sqlite3")
    url = f"sqlite:///{data / 'kith.sqlite3'}"
    settings = {"node_name": name, "open_signup": open_signup}
    async with open_house(name, data, url, clock, ids, **settings) as house:
        yield house
