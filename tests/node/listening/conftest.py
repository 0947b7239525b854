"""What tests of listening share: a node with a seeker and a helper."""

from collections.abc import AsyncIterator

import pytest

from tests.node.listening.pair import Pair, open_pair
from tests.node.web.house import WebHouse, open_web_house


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[WebHouse]:
    """A node on each kind of database in turn."""
    async with open_web_house(database_url) as opened:
        yield opened


@pytest.fixture
async def one_house(sqlite_url: str) -> AsyncIterator[WebHouse]:
    """A node on SQLite alone."""
    async with open_web_house(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def pair(house: WebHouse) -> Pair:
    """Sky seeks, Hale helps."""
    return await open_pair(house)


@pytest.fixture
async def one_pair(one_house: WebHouse) -> Pair:
    """The same on SQLite alone."""
    return await open_pair(one_house)
