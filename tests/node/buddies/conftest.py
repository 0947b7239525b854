"""What tests of goals and buddies share: a node on each kind of database, and people who share a
group."""

from collections.abc import AsyncIterator

import pytest

from tests.node.goals.walk import Walk
from tests.node.web.house import open_web_house


@pytest.fixture
async def walk(database_url: str) -> AsyncIterator[Walk]:
    """Ash, Birch and Cedar, who have shared a group for eight days; Dale, who shares none. On each
    kind of database in turn."""
    async with open_web_house(database_url) as house:
        yield await Walk.begin(house)


@pytest.fixture
async def one_walk(sqlite_url: str) -> AsyncIterator[Walk]:
    """The same on SQLite alone."""
    async with open_web_house(sqlite_url) as house:
        yield await Walk.begin(house)
