"""Makes and drops whole PostgreSQL databases, for nodes that are only tried out."""

import psycopg
from psycopg import sql

from storage.engine import parse_url
from storage.errors import StorageError

_CONNECT_SECONDS = 10


def make_database(server: str, name: str) -> str:
    """A new, empty database on the server that the URL leads to; answers the URL of the new one.
    StorageError when it cannot be made."""
    _execute(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = parse_url(server).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)


def drop_database(server: str, name: str) -> None:
    """Drops it with all it holds, and ends connections to it. StorageError."""
    _execute(
        server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _execute(server: str, statement: sql.Composed) -> None:
    url = parse_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=_CONNECT_SECONDS) as connection:
            connection.execute(statement)
    except psycopg.Error as error:
        raise StorageError(f"the database server refused: {str(error).strip()}") from error
