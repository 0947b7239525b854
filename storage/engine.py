"""The two databases, and all that sets them apart: how to open a connection, what its errors mean.

SQLite: write-ahead log, a full sync at every commit (a 202 is a promise), foreign keys on, and
transactions that write begin with BEGIN IMMEDIATE, because a deferred one that reads first and
writes later is refused at once when another has written in between. PostgreSQL: psycopg 3.
"""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from storage.errors import (
    AlreadyThere,
    ConnectionLost,
    NotStorable,
    NotThere,
    StorageError,
    TryAgain,
)

_BUSY_SECONDS = 10
_CONNECT_SECONDS = 10

_SQLITE_MEANINGS: dict[str, type[StorageError]] = {
    "SQLITE_CONSTRAINT_UNIQUE": AlreadyThere,
    "SQLITE_CONSTRAINT_PRIMARYKEY": AlreadyThere,
    "SQLITE_CONSTRAINT_ROWID": AlreadyThere,
    "SQLITE_CONSTRAINT_FOREIGNKEY": NotThere,
    "SQLITE_TOOBIG": NotStorable,
}
# SQLSTATE codes, PostgreSQL documentation, appendix A.
_POSTGRESQL_MEANINGS: dict[str, type[StorageError]] = {
    "23505": AlreadyThere,
    "23503": NotThere,
    "40001": TryAgain,
    "40P01": TryAgain,
    "54000": NotStorable,
    "57P01": ConnectionLost,
    "57P02": ConnectionLost,
    "57P03": ConnectionLost,
}
_DATA_EXCEPTION = "22"
_CONNECTION_EXCEPTION = "08"


def parse_url(url: str) -> URL:
    """The parsed database URL. StorageError when it names neither SQLite nor PostgreSQL."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError("the database URL cannot be read") from None
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed.set(drivername="sqlite")
    raise StorageError("the database URL must be sqlite:///path or postgresql://host/name")


def open_engine(url: URL, *, writes: bool) -> Engine:
    """An engine without a pool: every database thread keeps a connection of its own."""
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url, writes=writes)
    return _open_postgresql(url)


def _open_sqlite(url: URL, *, writes: bool) -> Engine:
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,
        # No isolation level: the driver would begin transactions by itself, and too late.
        connect_args={
            "timeout": _BUSY_SECONDS,
            "isolation_level": None,
            "check_same_thread": False,
            "cached_statements": 512,
        },
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # What is deleted is overwritten: a data key, a message, a text before it was sealed.
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA cache_size=-8000")
        if not writes:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "handle_error", _translate_sqlite)
    return engine


def _open_postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"connect_timeout": _CONNECT_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.execute("SET TIME ZONE 'UTC'")
        # Our statements take milliseconds; compiling one to machine code takes a hundred.
        connection.execute("SET jit = off")
        # A 202 is a promise, whatever the server does by default.
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false)"
            " WHERE current_setting('synchronous_commit') = 'off'"
        )
        connection.commit()

    event.listen(engine, "handle_error", _translate_postgresql)
    return engine


def _translate_sqlite(context: ExceptionContext) -> BaseException | None:
    error = context.original_exception
    if not isinstance(error, sqlite3.Error):
        return _refused_before_sending(error)
    name = getattr(error, "sqlite_errorname", "")
    return _SQLITE_MEANINGS.get(name, StorageError)(str(error))


def _translate_postgresql(context: ExceptionContext) -> BaseException | None:
    import psycopg

    error = context.original_exception
    if not isinstance(error, psycopg.Error):
        return _refused_before_sending(error)
    message = error.diag.message_primary or str(error).partition("\n")[0]
    # The driver's own text quotes the values of the row, which belong in no log.
    error.args = (message,)
    return _postgresql_meaning(context, error.sqlstate)(message)


def _refused_before_sending(error: BaseException) -> BaseException | None:
    """What the driver or a column type refuses to turn into a parameter."""
    if isinstance(error, (UnicodeError, OverflowError)):
        return NotStorable(f"the database cannot hold this value: {type(error).__name__}")
    if isinstance(error, ValueError):
        return ValueError(*error.args)
    return None


def _postgresql_meaning(context: ExceptionContext, state: str | None) -> type[StorageError]:
    if context.is_disconnect or context.connection is None:
        return ConnectionLost
    if state is None:
        # The driver itself refused, before anything was sent.
        refused = type(context.original_exception).__name__ == "DataError"
        return NotStorable if refused else StorageError
    if state.startswith(_DATA_EXCEPTION):
        return NotStorable
    if state.startswith(_CONNECTION_EXCEPTION):
        return ConnectionLost
    return _POSTGRESQL_MEANINGS.get(state, StorageError)
