"""What a node's database looks like to somebody who holds its files or a backup of it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql


class Database(Protocol):
    """Where a node keeps what it knows."""

    url: str

    @property
    def folders(self) -> dict[str, str]:
        """Folders with its files, beside the node's own, by the names that channels know."""
        ...

    def keep_journals(self, folder: Path) -> None:
        """Keep what is not in its files yet, as a crash left it."""

    def backup(self, folder: Path) -> None:
        """What an operator keeps."""


class Sqlite:
    """A file in the node's own folder."""

    def __init__(self, home: Path) -> None:
        self._file = home / "kith.sqlite3"
        self.url = ""

    @property
    def folders(self) -> dict[str, str]:
        return {}

    def keep_journals(self, folder: Path) -> None:
        number = len(list(folder.iterdir()))
        for journal in self._file.parent.glob("kith.sqlite3-*"):
            shutil.copyfile(journal, folder / f"{number}-{journal.name}")

    def backup(self, folder: Path) -> None:
        """The file as a copy, and as SQLite writes one."""
        number = len(list(folder.iterdir()))
        with closing(sqlite3.connect(self._file)) as live:
            with closing(sqlite3.connect(folder / f"{number}-copy")) as copy:
                live.backup(copy)
            live.execute("VACUUM INTO ?", (str(folder / f"{number}-vacuum"),))


class PostgreSql:
    """A database of the tests' own server, whose files are at hand."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._plain = url.replace("+psycopg", "")
        self._data = Path(url.rpartition("host=")[2]) / "data"

    @property
    def folders(self) -> dict[str, str]:
        return {str(self._data): "<postgresql>"}

    def keep_journals(self, folder: Path) -> None:
        """They are among its files."""

    def backup(self, folder: Path) -> None:
        """Every row of every table, as pg_dump writes it; and all that waits goes to the files."""
        number = len(list(folder.iterdir()))
        with (folder / f"{number}-dump").open("wb") as dump:
            for part in self._rows():
                dump.write(part)

    def _rows(self) -> Iterator[bytes]:
        with psycopg.connect(self._plain, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            names = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            for (name,) in names:
                copy = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
                with connection.cursor().copy(copy) as rows:
                    yield from map(bytes, rows)
