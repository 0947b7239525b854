"""The way of a database to the schema that the code expects."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Column, Connection, Integer, Table, create_engine, text

from migrations.head import HEAD
from migrations.upgrade import CannotUpgrade, config, revision, upgrade
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.check_migrations import check
from tests.postgres import PostgresServer
from tests.storage.rows import an_actor, found_group


@pytest.fixture
def empty_sqlite(tmp_path: object) -> str:
    return f"sqlite:///{tmp_path}/empty.sqlite3"


@pytest.fixture
def empty_postgresql(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.fresh_database(migrated=False) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"empty_{request.param}")
    return url


def test_the_revisions_make_the_tables_that_the_code_expects(empty: str) -> None:
    check(empty)


def test_a_table_without_a_revision_is_found(empty_sqlite: str) -> None:
    extra = Table("extra", metadata, Column("id", Integer, primary_key=True))
    try:
        with pytest.raises(CommandError, match="extra"):
            check(empty_sqlite)
    finally:
        metadata.remove(extra)


def test_an_upgrade_changes_an_old_database_and_then_no_more(empty: str) -> None:
    assert upgrade(empty)
    assert not upgrade(empty)


def test_of_several_at_once_each_finds_the_schema_complete(empty: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        changed = list(pool.map(_upgrade_in_a_process, [empty] * 2))
    assert "True" in changed
    assert not upgrade(empty)


def _upgrade_in_a_process(url: str) -> str:
    program = "import sys; from migrations.upgrade import upgrade; print(upgrade(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, url],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_a_start_with_nothing_to_do_imports_no_alembic(sqlite_url: str) -> None:
    program = (
        "import sys; from migrations.upgrade import upgrade; "
        "assert not upgrade(sys.argv[1]); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, sqlite_url], check=True)


def test_a_database_that_cannot_be_reached_is_not_taken_for_an_empty_one(
    tmp_path: object,
) -> None:
    with pytest.raises(CannotUpgrade):
        upgrade(f"sqlite:///{tmp_path}/missing/kith.sqlite3")
    with pytest.raises(CannotUpgrade):
        upgrade(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")


def test_a_migration_that_leaves_orphans_is_rolled_back(empty_sqlite: str) -> None:
    engine = create_engine(empty_sqlite)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child (parent INTEGER REFERENCES parent(id))"))
        connection.execute(text("INSERT INTO child VALUES (1)"))
    with pytest.raises(RuntimeError, match="refer to missing"):
        upgrade(empty_sqlite)
    with engine.connect() as connection:
        assert revision(connection) is None
    engine.dispose()


REBUILD = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", "{HEAD}", None, None


def upgrade() -> None:
    with op.batch_alter_table("actors", recreate="always") as actors:
        actors.add_column(sa.Column("extra", sa.Text()))
"""


def test_a_table_that_others_refer_to_can_be_rebuilt_with_its_rows(
    sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "next.py").write_text(REBUILD)
    with connection_to(sqlite_url) as connection:
        uow = UnitOfWork(connection)
        found_group(uow, 10)
        connection.commit()
        made = config(connection)
        ours = ScriptDirectory.from_config(made).versions
        made.set_main_option("version_locations", os.pathsep.join([ours, str(tmp_path)]))
        command.upgrade(made, "next")
        found = uow.groups.get(10)
        assert found is not None
        assert found.actor == an_actor(10, type="Group", handle="group10")
        assert connection.execute(text("SELECT extra FROM actors")).all() == [(None,)]


@contextmanager
def connection_to(url: str) -> Iterator[Connection]:
    """As the running node has it: with foreign keys held."""
    engine = create_engine(url, connect_args={"isolation_level": None})
    with engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys=ON"))
        connection.commit()
        yield connection
    engine.dispose()
