"""A node with a front door."""

from collections.abc import AsyncIterator

import pytest

from tests.node.web.house import WebHouse, open_web_house


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[WebHouse]:
    async with open_web_house(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def any_house(database_url: str) -> AsyncIterator[WebHouse]:
    async with open_web_house(database_url) as opened:
        yield opened
