"""Keeps receipts, many in one transaction: what arrives while one is written goes with the next.

A 202 is a promise, so each caller is answered only after the transaction that holds its receipt has
committed. An idle node writes at once; a busy one pays for a commit once per batch.
"""

import asyncio

from storage.database import Database
from storage.errors import StorageError
from storage.receipts import Receipt
from storage.unit_of_work import UnitOfWork

MOST_AT_ONCE = 500


class ReceiptBook:
    """Writes receipts in batches. Built inside the event loop that uses it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: list[tuple[Receipt, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, receipt: Receipt) -> bool:
        """True once the receipt is durable; False if the same activity was here before.

        Raises StorageError when it could not be kept.
        """
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((receipt, future))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return await future

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = (
                    self._waiting[:MOST_AT_ONCE],
                    self._waiting[MOST_AT_ONCE:],
                )
                await self._write(batch)
        finally:
            self._writing = None

    async def _write(self, batch: list[tuple[Receipt, asyncio.Future[bool]]]) -> None:
        try:
            kept = await self._keep([receipt for receipt, _ in batch])
        except StorageError:
            # One that the database cannot hold must not take the others with it.
            await asyncio.gather(*(self._write_one(receipt, future) for receipt, future in batch))
            return
        for (_, future), new in zip(batch, kept, strict=True):
            if not future.done():
                future.set_result(new)

    async def _write_one(self, receipt: Receipt, future: "asyncio.Future[bool]") -> None:
        try:
            [new] = await self._keep([receipt])
        except StorageError as error:
            if not future.done():
                future.set_exception(error)
        else:
            if not future.done():
                future.set_result(new)

    async def _keep(self, receipts: list[Receipt]) -> list[bool]:
        def write(uow: UnitOfWork) -> list[bool]:
            kept = uow.receipts.keep_many(receipts)
            if any(kept):
                uow.wake("receipts")
            return kept

        return await self._db.write(write)
