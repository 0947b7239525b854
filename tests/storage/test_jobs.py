"""Jobs in the background, on both databases."""

from datetime import datetime, timedelta

from storage.database import Database, UnitOfWork
from tests.storage.rows import NOW, a_job, each

LEASE = timedelta(minutes=5)
LATER = NOW + timedelta(minutes=1)


async def claim(database: Database, now: datetime = NOW, limit: int = 10) -> list[int]:
    claimed = await database.write(lambda uow: uow.jobs.claim(now, LEASE, limit))
    return [job.id for job in claimed]


async def test_a_job_waits_once_and_may_come_again_when_done(database: Database) -> None:
    assert await database.write(lambda uow: uow.jobs.add(a_job(1, target="x")))
    assert not await database.write(lambda uow: uow.jobs.add(a_job(2, target="x")))
    assert await database.write(lambda uow: uow.jobs.add(a_job(3, target="x", kind="other")))
    await database.write(lambda uow: uow.jobs.finish(1, "done"))
    assert await database.write(lambda uow: uow.jobs.add(a_job(4, target="x")))
    assert await database.read(lambda uow: uow.jobs.get(1)) == a_job(1, target="x", state="done")
    assert await database.read(lambda uow: uow.jobs.get(2)) is None


async def test_jobs_are_claimed_in_the_order_in_which_they_fall_due(database: Database) -> None:
    jobs = [a_job(1, next_attempt_at=LATER), a_job(2), a_job(3), a_job(4)]
    await database.write(lambda uow: each(uow.jobs.add, jobs))
    assert await claim(database, limit=2) == [2, 3]
    assert await claim(database, LATER) == [4, 1]
    assert await claim(database, NOW + LEASE) == [2, 3]


async def test_a_job_is_tried_again_or_ends(database: Database) -> None:
    await database.write(lambda uow: each(uow.jobs.add, [a_job(1), a_job(2)]))
    await claim(database)
    await database.write(lambda uow: uow.jobs.postpone(1, LATER, "no answer"))
    await database.write(lambda uow: uow.jobs.finish(2, "failed", "gone"))

    def look(uow: UnitOfWork) -> None:
        waits = a_job(1, attempts=1, next_attempt_at=LATER, reason="no answer")
        assert uow.jobs.get(1) == waits
        assert uow.jobs.get(2) == a_job(2, attempts=1, state="failed", reason="gone")

    await database.read(look)
    assert await claim(database, NOW + LEASE) == [1]


async def test_the_next_due_time_lies_ahead(database: Database) -> None:
    await database.write(lambda uow: each(uow.jobs.add, [a_job(1)]))
    assert await database.read(lambda uow: uow.jobs.next_due(NOW)) is None
    await claim(database)
    assert await database.read(lambda uow: uow.jobs.next_due(NOW)) == NOW + LEASE
    await database.write(lambda uow: uow.jobs.postpone(1, LATER))
    assert await database.read(lambda uow: uow.jobs.next_due(NOW)) == LATER
