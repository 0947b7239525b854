"""What only PostgreSQL has: several writers at once, and a server that goes away."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from storage import connection as kept
from storage.database import Database, UnitOfWork
from storage.errors import AlreadyThere, ConnectionLost, OutcomeUnknown
from tests.postgres import PostgresServer
from tests.storage.rows import (
    NOW,
    a_delivery,
    a_job,
    a_peer,
    a_receipt,
    an_account,
    an_activity,
    an_actor,
    each,
)

LEASE = timedelta(minutes=5)
_CUT = text("SELECT pg_terminate_backend(:pid)")
_PID = text("SELECT pg_backend_pid()")


@pytest.fixture
async def opened(postgresql_url: str) -> AsyncIterator[Database]:
    database = Database.open(postgresql_url)
    yield database
    await database.close()


def fill(uow: UnitOfWork) -> None:
    """Forty of each kind of work, the deliveries for ten peers."""
    uow.actors.add(an_actor(1))
    uow.activities.add(an_activity(1, 1))
    uow.peers.ensure_many(
        [a_peer(n).authority for n in range(1, 11)], NOW, iter(range(1, 11)).__next__
    )
    each(uow.receipts.keep, [a_receipt(n) for n in range(1, 41)])
    each(uow.jobs.add, [a_job(n) for n in range(1, 41)])
    uow.deliveries.add_many([a_delivery(n, 1, n % 10 + 1) for n in range(1, 41)])


Claim = Callable[[UnitOfWork, int], Iterable[Any]]
CLAIMS: dict[str, Claim] = {
    "receipts": lambda uow, limit: uow.receipts.claim(NOW, LEASE, limit),
    "deliveries": lambda uow, limit: uow.deliveries.claim(NOW, LEASE, limit),
    "jobs": lambda uow, limit: uow.jobs.claim(NOW, LEASE, limit),
}


@pytest.mark.parametrize("kind", CLAIMS)
async def test_workers_at_once_share_the_work_and_repeat_none(opened: Database, kind: str) -> None:
    def claim(uow: UnitOfWork) -> list[int]:
        return [row.id for row in CLAIMS[kind](uow, 3)]

    await opened.write(fill)
    claimed: list[int] = []
    while taken := [n for part in await at_once(opened, claim, 8) for n in part]:
        claimed += taken
    assert sorted(claimed) == list(range(1, 41))


async def at_once(database: Database, fn: Callable[[UnitOfWork], Any], times: int) -> list[Any]:
    return await asyncio.gather(*(database.write(fn) for _ in range(times)))


@pytest.mark.parametrize("kind", CLAIMS)
async def test_a_claim_that_is_not_committed_yet_is_passed_over(
    opened: Database, kind: str
) -> None:
    claimed, release = threading.Event(), threading.Event()

    def claim_and_dawdle(uow: UnitOfWork) -> set[int]:
        ids = {row.id for row in CLAIMS[kind](uow, 5)}
        claimed.set()
        assert release.wait(10)
        return ids

    await opened.write(fill)
    slow = asyncio.create_task(opened.write(claim_and_dawdle))
    await asyncio.to_thread(claimed.wait, 10)
    quick = await opened.write(lambda uow: {row.id for row in CLAIMS[kind](uow, 40)})
    release.set()
    assert quick.isdisjoint(await slow)
    rest = await opened.write(lambda uow: {row.id for row in CLAIMS[kind](uow, 40)})
    assert quick | rest | await slow == set(range(1, 41))


async def test_two_that_look_and_then_add_end_with_one(opened: Database) -> None:
    together = threading.Barrier(2)
    runs: list[int] = []

    def ensure(uow: UnitOfWork) -> int:
        runs.append(1)
        found = uow.accounts.by_name("person1")
        if found is not None:
            return found.id
        together.wait(10)
        uow.accounts.add(an_account(1))
        return 1

    assert await at_once(opened, ensure, 2) == [1, 1]
    assert len(runs) == 3
    with pytest.raises(AlreadyThere):
        await opened.write(lambda uow: uow.accounts.add(an_account(1)))


async def test_of_two_in_each_others_way_one_is_run_again(opened: Database) -> None:
    def prepare(uow: UnitOfWork) -> None:
        uow.settings.put("a", "0")
        uow.settings.put("b", "0")

    together = threading.Barrier(2)
    runs: list[str] = []

    def put_both(first: str, second: str) -> Callable[[UnitOfWork], None]:
        def put(uow: UnitOfWork) -> None:
            runs.append(first)
            uow.settings.put(first, first)
            if len(runs) <= 2:
                together.wait(10)
            uow.settings.put(second, first)

        return put

    await opened.write(prepare)
    await asyncio.gather(opened.write(put_both("a", "b")), opened.write(put_both("b", "a")))
    assert len(runs) > 2
    values = await opened.read(lambda uow: (uow.settings.get("a"), uow.settings.get("b")))
    assert values in {("a", "a"), ("b", "b")}


async def test_a_connection_that_was_cut_is_opened_again(opened: Database) -> None:
    def cut_others(uow: UnitOfWork) -> None:
        others = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        uow.connection.execute(others)

    await at_once(opened, lambda uow: uow.settings.put("k", "v"), 16)
    await opened.write(cut_others)
    assert await at_once(opened, lambda uow: uow.settings.get("k"), 16) == ["v"] * 16


def cut(database: Database, connection: Connection) -> None:
    """Breaks one connection off at the server's end."""
    pid = connection.execute(_PID).scalar()
    database.write_now(lambda uow: uow.connection.execute(_CUT, {"pid": pid}))


async def test_a_write_cut_before_its_commit_is_run_again(opened: Database) -> None:
    runs: list[int] = []

    def put(uow: UnitOfWork) -> None:
        runs.append(1)
        uow.settings.put("k", str(len(runs)))
        if len(runs) == 1:
            cut(opened, uow.connection)
        uow.settings.put("l", str(len(runs)))

    await opened.write(put)
    values = await opened.read(lambda uow: (uow.settings.get("k"), uow.settings.get("l")))
    assert values == ("2", "2")


async def test_a_write_cut_in_its_commit_is_not_run_again(opened: Database) -> None:
    runs: list[int] = []

    def put(uow: UnitOfWork) -> None:
        runs.append(1)
        uow.settings.put("k", "v")

    def cut_once(connection: Connection) -> None:
        if not cuts:
            cuts.append(1)
            cut(opened, connection)

    cuts: list[int] = []
    event.listen(opened._engine, "commit", cut_once)
    with pytest.raises(OutcomeUnknown):
        await opened.write(put)
    assert len(runs) == 1
    assert await opened.read(lambda uow: uow.settings.get("k")) is None
    await opened.write(put)
    assert await opened.read(lambda uow: uow.settings.get("k")) == "v"


async def test_a_restarted_server_is_waited_for_and_has_lost_nothing(
    opened: Database, postgres_server: PostgresServer
) -> None:
    await opened.write(lambda uow: uow.settings.put("before", "v"))
    await asyncio.to_thread(postgres_server.stop)
    waiting = asyncio.create_task(opened.write(lambda uow: uow.settings.put("during", "v")))
    await asyncio.to_thread(postgres_server.start)
    await waiting
    values = await opened.read(lambda uow: (uow.settings.get("before"), uow.settings.get("during")))
    assert values == ("v", "v")


async def test_a_server_that_stays_away_fails_the_write(
    opened: Database, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_RETURN_SECONDS", 0.2)
    await opened.write(lambda uow: uow.settings.put("k", "v"))
    await asyncio.to_thread(postgres_server.stop)
    try:
        with pytest.raises(ConnectionLost):
            await opened.write(lambda uow: uow.settings.put("k", "w"))
        with pytest.raises(ConnectionLost):
            await opened.read(lambda uow: uow.settings.get("k"))
    finally:
        await asyncio.to_thread(postgres_server.start)
    assert await opened.read(lambda uow: uow.settings.get("k")) == "v"
