"""SQLite's one writer: many writes in one commit, each with its own answer."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event

from storage.database import Database, UnitOfWork
from storage.errors import StorageError


class Gate:
    """A write that keeps the writer busy, so that the writes behind it queue up."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def __call__(self, uow: UnitOfWork) -> None:
        self.entered.set()
        assert self.opened.wait(10)


@pytest.fixture
async def writing(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database.open(sqlite_url)
    yield database
    await database.close()


def put(key: str, value: str = "x") -> "Put":
    return Put(key, value)


class Put:
    """Stores a setting, and counts how often it was run."""

    def __init__(self, key: str, value: str) -> None:
        self._key, self._value = key, value
        self.runs = 0

    def __call__(self, uow: UnitOfWork) -> str:
        self.runs += 1
        uow.settings.put(self._key, self._value)
        return self._key


def keys_in_file(sqlite_url: str) -> set[str]:
    """What another process sees."""
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    try:
        return {key for (key,) in connection.execute("SELECT key FROM settings")}
    finally:
        connection.close()


async def hold(database: Database) -> tuple[Gate, asyncio.Task[None]]:
    gate = Gate()
    task = asyncio.create_task(database.write(gate))
    await asyncio.to_thread(gate.entered.wait, 10)
    return gate, task


async def test_writes_that_wait_share_one_commit(writing: Database, sqlite_url: str) -> None:
    commits: list[object] = []
    event.listen(writing._engine, "commit", commits.append)
    gate, held = await hold(writing)
    puts = [put(f"k{number}") for number in range(50)]
    tasks = [asyncio.create_task(writing.write(each)) for each in puts]
    await asyncio.sleep(0)
    gate.opened.set()
    assert await asyncio.gather(*tasks) == [f"k{number}" for number in range(50)]
    await held
    assert len(commits) == 2
    assert all(each.runs == 1 for each in puts)
    assert len(keys_in_file(sqlite_url)) == 50


async def test_nobody_is_answered_before_the_commit(writing: Database, sqlite_url: str) -> None:
    first_gate, held = await hold(writing)
    second_gate = Gate()
    written = asyncio.create_task(writing.write(put("k")))
    last = asyncio.create_task(writing.write(second_gate))
    await asyncio.sleep(0)
    first_gate.opened.set()
    await asyncio.to_thread(second_gate.entered.wait, 10)
    await held
    assert not written.done()
    assert keys_in_file(sqlite_url) == set()
    second_gate.opened.set()
    assert await written == "k"
    assert keys_in_file(sqlite_url) == {"k"}
    await last


async def test_one_that_fails_takes_nobody_with_it(writing: Database, sqlite_url: str) -> None:
    def fail(uow: UnitOfWork) -> None:
        uow.settings.put("half", "done")
        raise LookupError("mine alone")

    gate, held = await hold(writing)
    before, after = put("before"), put("after")
    tasks = [asyncio.create_task(writing.write(fn)) for fn in (before, fail, after)]
    await asyncio.sleep(0)
    gate.opened.set()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert results[0] == "before"
    assert isinstance(results[1], LookupError)
    assert results[2] == "after"
    assert keys_in_file(sqlite_url) == {"before", "after"}
    # Once in the batch that was rolled back, and once alone; the one behind it never got that far.
    assert (before.runs, after.runs) == (2, 1)
    await held
    assert await writing.write(put("still")) == "still"


async def test_a_cancelled_caller_does_not_cancel_its_write(
    writing: Database, sqlite_url: str
) -> None:
    gate, held = await hold(writing)
    task = asyncio.create_task(writing.write(put("k")))
    neighbour = asyncio.create_task(writing.write(put("neighbour")))
    await asyncio.sleep(0)
    task.cancel()
    gate.opened.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    await held
    assert await asyncio.wait_for(neighbour, 10) == "neighbour"
    assert keys_in_file(sqlite_url) == {"k", "neighbour"}


async def test_what_is_queued_is_written_before_closing(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    gate, held = await hold(database)
    tasks = [asyncio.create_task(database.write(put(f"k{number}"))) for number in range(100)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    gate.opened.set()
    await asyncio.gather(closing, held, *tasks)
    assert len(keys_in_file(sqlite_url)) == 100
    with pytest.raises(StorageError, match="closed"):
        await database.write(put("late"))
    await database.close()


async def test_a_full_disk_fails_the_write_and_loses_nothing(
    writing: Database, sqlite_url: str
) -> None:
    await writing.write(put("kept"))

    def fill_the_disk(uow: UnitOfWork) -> None:
        pages = uow.connection.exec_driver_sql("PRAGMA page_count").scalar()
        uow.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    await writing.write(fill_the_disk)
    with pytest.raises(StorageError, match="full"):
        await writing.write(put("big", "x" * 100_000))
    assert keys_in_file(sqlite_url) == {"kept"}
    # The writer opens its connection anew, which in this test is what makes room again.
    assert await writing.write(put("big", "x" * 100_000)) == "big"


async def test_the_command_line_may_write_beside_the_server(
    writing: Database, sqlite_url: str
) -> None:
    other = Database.open(sqlite_url)
    assert await asyncio.to_thread(other.write_now, put("beside")) == "beside"
    assert await writing.read(lambda uow: uow.settings.get("beside")) == "x"
    assert await writing.write(put("k")) == "k"
    assert await asyncio.to_thread(other.read_now, lambda uow: uow.settings.get("k")) == "x"
    await other.close()


async def test_a_function_that_stops_an_iteration_is_an_error(writing: Database) -> None:
    def stop(uow: UnitOfWork) -> None:
        next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await writing.write(stop)
