"""The node that these tests ask: real sockets, a real database, of either kind."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from storage.database import Database
from tests.node.wire.world import Recorder, World, application


@pytest.fixture
async def world(database: Database) -> AsyncIterator[World]:
    """A node without anyone in it yet, on each kind of database in turn."""
    inbox = Recorder()
    async with TestClient(TestServer(application(database, inbox))) as client:
        yield World(database, client, inbox)
