"""What tests of client apps share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.node.clients.house import ClientHouse, open_client_house


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[ClientHouse]:
    """A node on each kind of database in turn."""
    async with open_client_house(tmp_path, database_url) as opened:
        yield opened


@pytest.fixture
async def one_house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[ClientHouse]:
    """A node on SQLite alone."""
    async with open_client_house(tmp_path, sqlite_url) as opened:
        yield opened
