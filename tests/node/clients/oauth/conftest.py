"""What tests of OAuth share: a node with pages and doors."""

from collections.abc import AsyncIterator

import pytest

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
