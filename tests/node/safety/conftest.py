"""What tests of safety share: a node with a front door, and a thread with people in it."""

from collections.abc import AsyncIterator

import pytest

from tests.node.safety.circle import Circle, open_circle
from tests.node.web.house import WebHouse, open_web_house


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[WebHouse]:
    """A node on a fresh database of each kind in turn."""
    async with open_web_house(database_url) as opened:
        yield opened


@pytest.fixture
async def circle(house: WebHouse) -> Circle:
    """Anna, Ben and Cleo in one private group."""
    return await open_circle(house)
