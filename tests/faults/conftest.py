"""Databases for nodes that run as processes of their own."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.postgres import PostgresServer


@pytest.fixture
def on_postgresql(postgres_server: PostgresServer) -> Iterator[list[str]]:
    """A migrated database for each of two nodes."""
    with ExitStack() as stack:
        yield [stack.enter_context(postgres_server.fresh_database()) for _ in range(2)]


@pytest.fixture(params=["sqlite", "postgresql"])
def on_each(request: pytest.FixtureRequest) -> list[str]:
    """The same on each kind of database; an empty URL stands for a node's own SQLite file."""
    if request.param == "sqlite":
        return ["", ""]
    urls: list[str] = request.getfixturevalue("on_postgresql")
    return urls
