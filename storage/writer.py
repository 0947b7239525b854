"""SQLite's one writer: takes all waiting writes together into one commit.

A commit costs a disk sync, so the writes that queued up during the last sync share the next one.
They run bare, one after another in one transaction. When one raises, the transaction is rolled
back and they are run again one by one, each in its own: the one that failed gets its own error,
the others their results. That is allowed because they have no effect but through their unit of
work. Nobody is answered before the commit.
"""

import queue
import threading
from typing import Any

from sqlalchemy import Engine

from storage.calls import Answer, Call, hand_back
from storage.connection import KeptConnection
from storage.keyring import Keyring
from storage.signals import Signals

_BATCH = 64


class Writer:
    """The thread that writes, and the queue before it."""

    def __init__(self, engine: Engine, signals: Signals, keyring: Keyring | None = None) -> None:
        self._connection = KeptConnection(engine, keyring=keyring)
        self._signals = signals
        self._queue: queue.SimpleQueue[Call[Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="kith-write", daemon=True)
        self._thread.start()

    def put(self, call: Call[Any]) -> None:
        self._queue.put(call)

    def close(self) -> None:
        """Writes what is queued, then stops."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._next_batch()
            if batch:
                self._write(batch)
        self._connection.close()

    def _next_batch(self) -> tuple[list[Call[Any]], bool]:
        """Waits for one call, then takes what else is there. False after the last."""
        call = self._queue.get()
        batch: list[Call[Any]] = []
        while call is not None:
            batch.append(call)
            if len(batch) == _BATCH:
                return batch, True
            try:
                call = self._queue.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _write(self, batch: list[Call[Any]]) -> None:
        try:
            results, topics = self._connection.transact([call.fn for call in batch])
        except BaseException as error:
            if len(batch) > 1:
                self._write_one_by_one(batch)
            else:
                hand_back([Answer(batch[0], error=error)])
            return
        hand_back([Answer(call, result) for call, result in zip(batch, results, strict=True)])
        self._signals.fire(topics)

    def _write_one_by_one(self, batch: list[Call[Any]]) -> None:
        answers: list[Answer] = []
        wanted: set[str] = set()
        for call in batch:
            try:
                results, topics = self._connection.transact([call.fn])
            except BaseException as error:
                answers.append(Answer(call, error=error))
            else:
                answers.append(Answer(call, results[0]))
                wanted |= topics
        hand_back(answers)
        self._signals.fire(wanted)
