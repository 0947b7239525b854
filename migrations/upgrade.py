"""Brings a database up to the schema that this code expects.

A start with nothing to do costs one query: Alembic, which is slow to import, is only loaded when
the database's revision is another than ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from migrations.head import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent
# Any number, as long as every process that migrates takes the same.
_LOCK = 0x6B697468


class CannotUpgrade(Exception):
    """The database could not be reached or changed. The message is one line, without secrets."""


def upgrade(url: str) -> bool:
    """Migrates the database at `url`; True when that changed anything.

    Safe from several processes at once: they take turns, and the later ones find nothing to do.
    Raises CannotUpgrade when the database cannot be reached or is of another program.
    """
    try:
        with _engine(url) as engine:
            with engine.connect() as connection:
                if revision(connection) == HEAD:
                    return False
            with engine.connect() as connection:
                return _upgrade(connection)
    except SQLAlchemyError as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise CannotUpgrade(" ".join(str(reason).split())) from error


def revision(connection: Connection) -> str | None:
    """The revision that the database is at, None when it is empty."""
    try:
        found: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar()
    except DatabaseError as error:
        if connection.invalidated or not _table_is_missing(error):
            raise
        connection.rollback()
        return None
    return found


def config(connection: Connection) -> "Config":
    """Alembic's configuration for work on this connection."""
    from alembic.config import Config

    made = Config(str(_FOLDER / "alembic.ini"))
    made.attributes["connection"] = connection
    return made


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    parsed = make_url(url)
    on_sqlite = parsed.get_backend_name() == "sqlite"
    drivername = "sqlite" if on_sqlite else "postgresql+psycopg"
    arguments = {"isolation_level": None, "timeout": 30} if on_sqlite else {"connect_timeout": 10}
    engine = create_engine(
        parsed.set(drivername=drivername), poolclass=NullPool, connect_args=arguments
    )
    try:
        yield engine
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> bool:
    from alembic import command
    from alembic.util import CommandError

    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        # Schema changes belong to the transaction too, which the driver would not begin by itself.
        event.listen(connection, "begin", lambda begun: begun.exec_driver_sql("BEGIN EXCLUSIVE"))
    else:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        connection.commit()
    before = revision(connection)
    connection.rollback()
    if before == HEAD:
        return False
    try:
        command.upgrade(config(connection), "head")
    except CommandError as error:  # such as a database that a newer Kith has changed
        raise CannotUpgrade(" ".join(str(error).split())) from error
    return True


def _table_is_missing(error: DatabaseError) -> bool:
    code = getattr(error.orig, "sqlstate", None)
    return code == "42P01" or "no such table" in str(error.orig)
