"""Wake-ups: after the commit, in this process and, on PostgreSQL, in others."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import text

from storage.database import Database, Subscription, UnitOfWork
from tests.postgres import PostgresServer

SECONDS = 10


async def listen(database: Database, *topics: str) -> Subscription:
    """A subscription that hears. On PostgreSQL the first signal says that listening has begun."""
    subscription = database.signals.subscribe(*topics)
    if database._engine.dialect.name == "postgresql":
        assert await subscription.wait(SECONDS)
    return subscription


def write_and_wake(key: str, *topics: str) -> "WriteAndWake":
    return WriteAndWake(key, topics)


class WriteAndWake:
    def __init__(self, key: str, topics: tuple[str, ...]) -> None:
        self._key, self._topics = key, topics

    def __call__(self, uow: UnitOfWork) -> None:
        for topic in self._topics:
            uow.wake(topic)
        uow.settings.put(self._key, "x")


def stored(key: str, uow: UnitOfWork) -> str | None:
    return uow.settings.get(key)


async def test_a_signal_comes_after_its_rows(database: Database) -> None:
    subscription = await listen(database, "receipts", "deliveries")
    for number in range(30):
        key = f"k{number}"
        task = asyncio.create_task(database.write(write_and_wake(key, "deliveries")))
        assert await subscription.wait(SECONDS)
        assert await database.read(partial(stored, key)) == "x"
        await task


async def test_a_write_that_fails_wakes_nobody(database: Database) -> None:
    def fail(uow: UnitOfWork) -> None:
        uow.wake("receipts")
        raise LookupError

    receipts = await listen(database, "receipts")
    deliveries = database.signals.subscribe("deliveries")
    with pytest.raises(LookupError):
        await database.write(fail)
    await database.write(write_and_wake("k", "deliveries"))
    assert await deliveries.wait(SECONDS)
    assert not await receipts.wait(0)
    await database.write(write_and_wake("k", "receipts"))
    assert await receipts.wait(SECONDS)


async def test_signals_that_nobody_waited_for_come_as_one(database: Database) -> None:
    first, second = await listen(database, "jobs"), database.signals.subscribe("jobs")
    for number in range(5):
        await database.write(write_and_wake(f"k{number}", "jobs"))
    assert await first.wait(SECONDS)
    assert await second.wait(SECONDS)
    # PostgreSQL's last notifications may still be on their way; then there is one signal more.
    last = await listen_for_end(database)
    await second.wait(0)
    assert not await second.wait(0)
    last.close()


async def listen_for_end(database: Database) -> Subscription:
    """Returns when everything signalled before has been handed on."""
    end = database.signals.subscribe("end")
    await database.write(write_and_wake("end", "end"))
    assert await end.wait(SECONDS)
    return end


async def test_a_closed_subscription_is_left_alone(database: Database) -> None:
    closed, open_ = await listen(database, "jobs"), database.signals.subscribe("jobs")
    closed.close()
    await database.write(write_and_wake("k", "jobs"))
    assert await open_.wait(SECONDS)
    assert not await closed.wait(0)


async def test_the_command_line_wakes_too(database: Database) -> None:
    subscription = await listen(database, "jobs")
    await asyncio.to_thread(database.write_now, write_and_wake("k", "jobs"))
    assert await subscription.wait(SECONDS)


@pytest.fixture
async def two(postgresql_url: str) -> AsyncIterator[tuple[Database, Database]]:
    """Two nodes' worth of threads on one database."""
    both = Database.open(postgresql_url), Database.open(postgresql_url)
    yield both
    for database in both:
        await database.close()


async def test_on_postgresql_other_processes_are_woken(two: tuple[Database, Database]) -> None:
    here, there = two
    subscription = await listen(there, "deliveries")
    other_topic = there.signals.subscribe("jobs")
    task = asyncio.create_task(here.write(write_and_wake("k", "deliveries")))
    assert await subscription.wait(SECONDS)
    assert await there.read(lambda uow: uow.settings.get("k")) == "x"
    assert not await other_topic.wait(0)
    await task


async def test_listening_begins_again_when_the_connection_is_cut(
    two: tuple[Database, Database],
) -> None:
    here, there = two
    subscription = await listen(there, "deliveries")
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    await here.write(lambda uow: uow.connection.execute(cut))
    # Who was deaf for a while is woken in any case.
    assert await subscription.wait(SECONDS)
    await here.write(write_and_wake("k", "deliveries"))
    assert await subscription.wait(SECONDS)


async def test_listening_begins_again_when_the_server_returns(
    two: tuple[Database, Database], postgres_server: PostgresServer
) -> None:
    here, there = two
    subscription = await listen(there, "deliveries")
    await asyncio.to_thread(postgres_server.stop)
    await asyncio.to_thread(postgres_server.start)
    assert await subscription.wait(SECONDS)
    await here.write(write_and_wake("k", "deliveries"))
    assert await subscription.wait(SECONDS)
