"""A world of two nodes, on each kind of database."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.postgres import PostgresServer
from tests.world import World, open_world

NAMES = ("harbour", "meadow")


@pytest.fixture(params=["sqlite", "postgresql"])
def two_databases(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """A fresh, migrated database for each of two nodes, of each kind in turn."""
    if request.param == "sqlite":
        urls = {}
        for name in NAMES:
            (tmp_path / name).mkdir()
            path = tmp_path / name / "kith.sqlite3"
            shutil.copyfile(sqlite_template, path)
            urls[name] = f"sqlite:///{path}"
        yield urls
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with ExitStack() as stack:
        yield {name: stack.enter_context(server.fresh_database()) for name in NAMES}


@pytest.fixture
async def world(
    two_databases: dict[str, str], tmp_path: Path, clock: Clock, ids: Callable[[], int]
) -> AsyncIterator[World]:
    """Two nodes, harbour and meadow, that can reach each other."""
    async with open_world(tmp_path, two_databases, clock, ids) as opened:
        yield opened
