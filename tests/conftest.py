"""What tests of every package share: a fresh database, ids that count, a clock that stands still.

A test that asks for `database_url` or `database` runs twice, on SQLite and on PostgreSQL.
"""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from migrations.upgrade import upgrade
from storage.database import Database
from storage.keyring import Keyring, NodeKey
from tests.clock import Clock
from tests.postgres import NoPostgresError, PostgresServer, running_server

# Nothing here is timed: a busy machine is no fault of the code.
settings.register_profile("kith", deadline=None)
settings.load_profile("kith")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this session. Where there is none the test is skipped, unless
    KITH_TEST_REQUIRE says that there must be one."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server())
        except NoPostgresError as error:
            if "postgresql" in os.environ.get("KITH_TEST_REQUIRE", ""):
                pytest.fail(f"KITH_TEST_REQUIRE asks for PostgreSQL, but {error}", pytrace=False)
            pytest.skip(f"PostgreSQL is left out: {error}")
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "kith.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh, migrated SQLite database."""
    path = tmp_path / "kith.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a fresh, migrated PostgreSQL database."""
    with postgres_server.fresh_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, migrated database of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def keyring() -> Keyring:
    """A node key that lies in no file."""
    return Keyring([NodeKey("test", bytes(range(32)))])


@pytest.fixture
async def database(database_url: str, keyring: Keyring) -> AsyncIterator[Database]:
    """An open database of each kind in turn, closed after the test."""
    opened = Database.open(database_url, keyring)
    yield opened
    await opened.close()


@pytest.fixture
def ids() -> Callable[[], int]:
    """A source of ids that counts from 1."""
    return count(1).__next__


@pytest.fixture
def clock() -> Clock:
    return Clock()
