"""What tests of private messages share: a node on each kind of database, and people who talk."""

from collections.abc import AsyncIterator

import pytest

from tests.node.messages.talk import Talk
from tests.node.web.house import open_web_house


@pytest.fixture
async def talk(database_url: str) -> AsyncIterator[Talk]:
    """Ash, Birch and Cedar, who have shared a group for eight days; Dale, who shares none. On each
    kind of database in turn."""
    async with open_web_house(database_url) as house:
        yield await Talk.begin(house)


@pytest.fixture
async def one_talk(sqlite_url: str) -> AsyncIterator[Talk]:
    """The same on SQLite alone."""
    async with open_web_house(sqlite_url) as house:
        yield await Talk.begin(house)
