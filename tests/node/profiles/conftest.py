"""What tests of this room share: a node with a front door, on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from tests.node.profiles.street import Street
from tests.node.web.house import open_web_house


@pytest.fixture
async def street(database_url: str) -> AsyncIterator[Street]:
    async with open_web_house(database_url) as opened:
        yield Street(opened)
