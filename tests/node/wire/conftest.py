"""The node that these tests ask: real sockets, a real database, of either kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from migrations.upgrade import upgrade
from storage.database import Database
from tests.node.wire.world import Recorder, World, application


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A node without anyone in it yet."""
    url = f"sqlite:///{tmp_path / 'kith.sqlite3'}"
    upgrade(url)
    db = Database.open(url)
    inbox = Recorder()
    async with TestClient(TestServer(application(db, inbox))) as client:
        yield World(db, client, inbox)
    await db.close()
