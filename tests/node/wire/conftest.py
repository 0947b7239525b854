"""The node that these tests ask: real sockets, a real database, of either kind."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from node.wire.connections import connection_options
from storage.database import Database
from tests.node.wire.world import Recorder, World, application


@pytest.fixture
async def world(database: Database) -> AsyncIterator[World]:
    """A node without anyone in it yet, on each kind of database in turn."""
    inbox = Recorder()
    server = TestServer(application(database, inbox))
    await server.start_server(**connection_options() | {"lingering_time": 0.1})
    async with TestClient(server) as client:
        yield World(database, client, inbox)
