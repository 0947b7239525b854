"""`python -m tests.check_migrations`: do the revisions make the tables that the code expects?

On both databases: every revision up, one after another, with a row in every table at every step
and none of them lost on the way; no difference between the result and `storage.tables`; every
revision down again, and up once more. Exits with 1 and says what is wrong.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, MetaData, Table, create_engine, func, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool
from sqlalchemy.types import Boolean, DateTime, Float, Integer, LargeBinary

from migrations.head import HEAD
from migrations.upgrade import config
from tests.postgres import NoPostgresError, running_server

_BOOKKEEPING = "alembic_version"


class WrongMigrationError(Exception):
    """A revision does not do what it should."""


def check(url: str) -> None:
    """Checks all revisions on the empty database at `url`. WrongMigrationError, CommandError."""
    revisions = _revisions(url)
    if revisions[-1] != HEAD:
        raise WrongMigrationError(f"migrations/head.py names {HEAD}, newest is {revisions[-1]}")
    for revision in revisions:
        before = _on(url, _count_rows)
        _on(url, partial(_upgrade, to=revision))
        after = _on(url, _count_rows)
        if lost := [table for table, rows in before.items() if after.get(table, rows) < rows]:
            raise WrongMigrationError(f"{revision} loses rows of {', '.join(lost)}")
        _on(url, _fill)
    _on(url, lambda connection: command.check(config(connection)))
    for _ in revisions:
        _on(url, lambda connection: command.downgrade(config(connection), "-1"))
    if left := _on(url, _count_rows).keys() - {_BOOKKEEPING}:
        raise WrongMigrationError(f"the way down leaves {', '.join(sorted(left))} behind")
    _on(url, partial(_upgrade, to="head"))


def _on(url: str, work: Callable[[Connection], Any]) -> Any:
    """Does the work on a connection of its own, with foreign keys held on SQLite as in life."""
    parsed = make_url(url)
    arguments = {"isolation_level": None} if parsed.get_backend_name() == "sqlite" else {}
    engine = create_engine(parsed, poolclass=NullPool, connect_args=arguments)
    try:
        with engine.connect() as connection:
            if arguments:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA foreign_keys=ON")
            result = work(connection)
            connection.commit()
            return result
    finally:
        engine.dispose()


def _upgrade(connection: Connection, to: str) -> None:
    command.upgrade(config(connection), to)


def _revisions(url: str) -> list[str]:
    script: ScriptDirectory = _on(url, lambda c: ScriptDirectory.from_config(config(c)))
    return [revision.revision for revision in script.walk_revisions()][::-1]


def _reflect(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _BOOKKEEPING]


def _count_rows(connection: Connection) -> dict[str, int]:
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in _reflect(connection)
    }


def _fill(connection: Connection) -> None:
    """Puts a row into every empty table. All keys are 1, so that they refer to each other."""
    counts = _count_rows(connection)
    for table in _reflect(connection):
        if not counts[table.name]:
            row = {column.name: _value(column.type) for column in table.columns}
            connection.execute(insert(table), row)


def _value(kind: Any) -> Any:
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Float):
        return 1.0
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, DateTime):
        return datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(kind, LargeBinary):
        return b"x"
    return "x"


@contextmanager
def _databases() -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{Path(folder, 'check.sqlite3')}"]
        try:
            with running_server() as server, server.fresh_database(migrated=False) as url:
                yield [*urls, url]
        except NoPostgresError as error:
            if "postgresql" in os.environ.get("KITH_TEST_REQUIRE", ""):
                raise
            print(f"PostgreSQL is left out: {error}")
            yield urls


def main() -> int:
    try:
        with _databases() as urls:
            for url in urls:
                check(url)
                print(f"migrations are right on {make_url(url).get_backend_name()}")
    except (WrongMigrationError, CommandError, NoPostgresError) as error:
        print(f"migrations: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
