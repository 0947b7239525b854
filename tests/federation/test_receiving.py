"""Receipts are written together, and one that cannot be kept does not take the others with it."""

import asyncio
from dataclasses import replace

import pytest

from federation.receiving import ReceiptBook
from storage.database import Database
from storage.errors import StorageError
from storage.receipts import Receipt
from tests.clock import Clock


def receipt(number: int, clock: Clock) -> Receipt:
    return Receipt(
        id=number,
        actor_uri="https://a.example/ann",
        activity_uri=f"https://a.example/{number}",
        type="Like",
        authority="a.example",
        signed_by="https://a.example/ann#main-key",
        ordering_key="https://a.example/ann",
        body=b"{}",
        received_at=clock.now(),
        next_attempt_at=clock.now(),
    )


async def test_each_caller_learns_what_became_of_its_own(database: Database, clock: Clock) -> None:
    book = ReceiptBook(database)
    wanted = [receipt(number, clock) for number in range(1, 9)]
    copies = [replace(one, id=one.id + 100) for one in wanted]
    first = await asyncio.gather(*(book.keep(one) for one in wanted))
    again = await asyncio.gather(*(book.keep(one) for one in copies))
    assert (first, again) == ([True] * 8, [False] * 8)


async def test_a_bad_one_among_good_ones(database: Database, clock: Clock) -> None:
    book = ReceiptBook(database)
    bad = receipt(2**70, clock)
    kept = await asyncio.gather(
        book.keep(receipt(1, clock)),
        book.keep(bad),
        book.keep(receipt(2, clock)),
        return_exceptions=True,
    )
    assert (kept[0], kept[2]) == (True, True)
    assert isinstance(kept[1], StorageError)
    with pytest.raises(StorageError):
        await book.keep(bad)
    assert await book.keep(receipt(3, clock))


async def test_whoever_waits_for_receipts_is_woken(database: Database, clock: Clock) -> None:
    subscription = database.signals.subscribe("receipts")
    book = ReceiptBook(database)
    assert await book.keep(receipt(1, clock))
    assert await subscription.wait(5)
    subscription.close()
