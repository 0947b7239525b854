"""What a database holds already gets its shares, and what stands on profiles has a way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, create_engine, select
from sqlalchemy.pool import NullPool
from sqlalchemy.types import Boolean, DateTime, Integer

from migrations.upgrade import config
from tests.postgres import PostgresServer

OLD, NEW = "0010", "0011"
COUNT_BIT = 1 << 13
NOW = datetime(2026, 1, 1, tzinfo=UTC)
THREADS = (5 << 22, (5 << 22) + 1, 9 << 22)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: object) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.fresh_database(migrated=False) as url:
        yield url


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
            connection.commit()
    finally:
        engine.dispose()


def put(connection: Connection, name: str, **values: Any) -> None:
    """A row with something in every column that must not be empty."""
    found = MetaData()
    found.reflect(connection, only=[name])
    table = found.tables[name]
    row = {one.name: _some(one.type) for one in table.columns if not one.nullable}
    connection.execute(table.insert(), row | values)


def _some(kind: Any) -> Any:
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 1
    return NOW if isinstance(kind, DateTime) else "x"


def rows(connection: Connection, name: str) -> list[dict[str, Any]]:
    found = MetaData()
    found.reflect(connection, only=[name])
    read = connection.execute(select(found.tables[name]).order_by("id"))
    return [dict(row) for row in read.mappings()]


def test_every_thread_that_is_there_is_shared_by_its_group(empty: str) -> None:
    with connected(empty) as connection:
        command.upgrade(config(connection), OLD)
    with connected(empty) as connection:
        put(connection, "actors", id=1)
        put(connection, "groups", actor_id=1)
        for number in THREADS:
            put(connection, "posts", id=number, uri=f"uri {number}", thread_id=number, group_id=1)
        reply = THREADS[0] + 7
        thread = {"thread_id": THREADS[0], "parent_id": THREADS[0], "group_id": 1}
        put(connection, "posts", id=reply, uri="a reply", **thread)
    with connected(empty) as connection:
        command.upgrade(config(connection), NEW)
    with connected(empty) as connection:
        made = rows(connection, "shares")
        assert [one["post_id"] for one in made] == list(THREADS)
        assert {one["actor_id"] for one in made} == {1}
        ids = [one["id"] for one in made]
        assert ids == [number ^ COUNT_BIT for number in THREADS]
        assert not set(ids) & {*THREADS, reply}
        assert {one["audience"] for one in rows(connection, "posts")} == {"group"}
    with connected(empty) as connection:
        put(connection, "actors", id=2, uri="a person", handle_key="y")
        put(connection, "groups", actor_id=2, kind="profile")
        note = {"group_id": 2, "author_id": 2, "audience": "self", "thread_id": 99}
        put(connection, "posts", id=99, uri="a note", **note)
    with connected(empty) as connection:
        command.downgrade(config(connection), OLD)
    with connected(empty) as connection:
        assert [one["id"] for one in rows(connection, "posts")] == [
            THREADS[0],
            *sorted((*THREADS[1:], reply)),
        ]
