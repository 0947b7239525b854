"""Events stay for minutes and no longer."""

from node.clients.streaming.pruning import EventPruning
from storage.database import Database
from tests.clock import Clock


async def count(database: Database) -> int:
    return len(await database.read(lambda uow: uow.events.after(0, 100)))


async def test_events_are_dropped_after_minutes(database: Database, clock: Clock) -> None:
    pruning = EventPruning(database, clock.now)
    await database.write(lambda uow: uow.events.note("filters", 1))
    await pruning.run_once()
    await database.write(lambda uow: uow.events.note("filters", 2))
    clock.advance(minutes=9)
    await pruning.run_once()
    assert await count(database) == 2
    clock.advance(minutes=1)
    await pruning.run_once()
    [left] = await database.read(lambda uow: uow.events.after(0, 100))
    assert left.object_id == 2
    clock.advance(minutes=10)
    await pruning.run_once()
    assert await count(database) == 0


async def test_a_look_each_minute_is_enough(database: Database, clock: Clock) -> None:
    pruning = EventPruning(database, clock.now)
    for _ in range(10):
        assert await pruning.run_once() == 0
        clock.advance(seconds=59)
    assert len(pruning._seen) <= 10
