"""The queue between the inbox and the handlers, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.database import Database, UnitOfWork
from storage.receipts import Receipt
from tests.storage.rows import NOW, a_receipt, each

LEASE = timedelta(minutes=5)
LATER = NOW + timedelta(minutes=1)


async def claim(database: Database, now: datetime = NOW, limit: int = 10) -> list[int]:
    claimed = await database.write(lambda uow: uow.receipts.claim(now, LEASE, limit))
    return [receipt.id for receipt in claimed]


async def test_an_actors_activity_is_kept_once(database: Database) -> None:
    receipt = a_receipt(1)
    assert await database.write(lambda uow: uow.receipts.keep(receipt))
    assert not await database.write(lambda uow: uow.receipts.keep(replace(receipt, id=2)))
    other = replace(receipt, id=3, actor_uri="https://there.example/u/max")
    assert await database.write(lambda uow: uow.receipts.keep(other))
    found = await database.read(
        lambda uow: uow.receipts.by_activity(receipt.actor_uri, receipt.activity_uri)
    )
    assert found == receipt
    assert await database.read(lambda uow: uow.receipts.by_activity("x", "y")) is None


async def test_many_are_kept_at_once_each_with_its_own_answer(database: Database) -> None:
    await database.write(lambda uow: uow.receipts.keep(a_receipt(1)))
    batch = [
        replace(a_receipt(1), id=2),
        a_receipt(3),
        replace(a_receipt(3), id=4),
        a_receipt(5),
    ]
    assert await database.write(lambda uow: uow.receipts.keep_many(batch)) == [
        False,
        True,
        False,
        True,
    ]
    assert await database.write(lambda uow: uow.receipts.keep_many([])) == []
    assert await database.read(lambda uow: uow.receipts.waiting_count()) == 3


async def test_more_are_kept_than_one_statement_has_room_for(database: Database) -> None:
    batch = [a_receipt(number) for number in range(1, 4001)]
    assert all(await database.write(lambda uow: uow.receipts.keep_many(batch)))
    assert await database.read(lambda uow: uow.receipts.waiting_count()) == 4000


async def test_a_claimed_receipt_is_nobody_elses_until_the_lease_ends(database: Database) -> None:
    await database.write(lambda uow: uow.receipts.keep(a_receipt(1)))
    first = await database.write(lambda uow: uow.receipts.claim(NOW, LEASE, 10))
    assert first == [a_receipt(1, attempts=1, locked_until=NOW + LEASE)]
    assert await claim(database, NOW + LEASE - timedelta(microseconds=1)) == []
    assert await claim(database, NOW + LEASE) == [1]


async def test_receipts_are_claimed_oldest_first_when_they_are_due(database: Database) -> None:
    receipts = [a_receipt(3), a_receipt(1), a_receipt(2, next_attempt_at=LATER), a_receipt(4)]
    await database.write(lambda uow: each(uow.receipts.keep, receipts))
    assert await claim(database, limit=2) == [1, 3]
    assert await claim(database) == [4]
    assert await claim(database, LATER) == [2]


async def test_receipts_of_one_key_come_one_by_one(database: Database) -> None:
    receipts = [a_receipt(number, ordering_key="root") for number in (1, 2, 3)]
    await database.write(lambda uow: each(uow.receipts.keep, [*receipts, a_receipt(4)]))
    assert await claim(database) == [1, 4]
    assert await claim(database) == []
    await database.write(lambda uow: uow.receipts.finish(1, "done", None, NOW))
    assert await claim(database) == [2]
    await database.write(lambda uow: uow.receipts.postpone(2, LATER, "peer is down"))
    assert await claim(database) == []
    assert await claim(database, LATER) == [2]


async def test_a_finished_receipt_says_how_it_ended(database: Database) -> None:
    await database.write(lambda uow: uow.receipts.keep(a_receipt(1)))
    await claim(database)
    await database.write(lambda uow: uow.receipts.finish(1, "refused", "not its actor's", LATER))
    assert await stored(database) == a_receipt(
        1, attempts=1, state="refused", reason="not its actor's", finished_at=LATER, body=b""
    )
    assert await claim(database, NOW + LEASE) == []
    assert await database.read(lambda uow: uow.receipts.waiting_count()) == 0


async def test_a_postponed_receipt_is_free_for_others(database: Database) -> None:
    await database.write(lambda uow: uow.receipts.keep(a_receipt(1)))
    await claim(database)
    await database.write(lambda uow: uow.receipts.postpone(1, LATER, "no answer"))
    assert await stored(database) == a_receipt(
        1, attempts=1, next_attempt_at=LATER, reason="no answer"
    )


async def test_a_released_receipt_is_as_if_never_claimed(database: Database) -> None:
    await database.write(lambda uow: uow.receipts.keep(a_receipt(1)))
    await claim(database)
    await database.write(lambda uow: uow.receipts.release([1]))
    await database.write(lambda uow: uow.receipts.release([]))
    assert await stored(database) == a_receipt(1)


async def stored(database: Database) -> Receipt | None:
    one = a_receipt(1)
    return await database.read(
        lambda uow: uow.receipts.by_activity(one.actor_uri, one.activity_uri)
    )


async def test_the_next_due_time_lies_ahead(database: Database) -> None:
    async def next_due(now: datetime = NOW) -> datetime | None:
        return await database.read(lambda uow: uow.receipts.next_due(now))

    assert await next_due() is None
    receipts = [a_receipt(1), a_receipt(2, next_attempt_at=NOW + LEASE * 2)]
    await database.write(lambda uow: each(uow.receipts.keep, receipts))
    assert await next_due() == NOW + LEASE * 2
    await claim(database)
    assert await next_due() == NOW + LEASE
    await database.write(lambda uow: uow.receipts.finish(2, "done", None, NOW))
    assert await next_due(NOW + LEASE) is None


async def test_old_receipts_are_forgotten_unless_they_wait(database: Database) -> None:
    def run(uow: UnitOfWork) -> None:
        each(uow.receipts.keep, [a_receipt(number) for number in (1, 2, 3)])
        uow.receipts.finish(1, "done", None, NOW)
        uow.receipts.finish(2, "done", None, LATER)
        assert uow.receipts.prune(LATER) == 1
        assert uow.receipts.waiting_count() == 1
        assert uow.receipts.keep(a_receipt(1))
        assert not uow.receipts.keep(a_receipt(2))

    await database.write(run)


async def test_what_was_sent_is_kept_only_until_it_is_done(database: Database) -> None:
    await database.write(
        lambda uow: uow.receipts.keep_many(
            [a_receipt(1, body=b"personal"), a_receipt(2, body=b"odd"), a_receipt(3, body=b"open")]
        )
    )

    def finish(uow: UnitOfWork) -> None:
        uow.receipts.finish(1, "ignored", "addressed to people", NOW)
        uow.receipts.finish(2, "failed", "fault", NOW)

    await database.write(finish)

    def bodies(uow: UnitOfWork) -> list[bytes]:
        sent = [a_receipt(number) for number in (1, 2, 3)]
        kept = [uow.receipts.by_activity(one.actor_uri, one.activity_uri) for one in sent]
        return [one.body for one in kept if one is not None]

    assert await database.read(bodies) == [b"", b"odd", b"open"]
