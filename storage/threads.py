"""A few threads, each with its own connection, that take calls from one queue.

SQLite's readers, and on PostgreSQL readers and writers alike.
"""

import queue
import threading
from typing import Any

from sqlalchemy import Engine

from storage.calls import Answer, Call, hand_back
from storage.connection import KeptConnection
from storage.keyring import Keyring


class DatabaseThreads:
    """Runs each call in a transaction of its own, in whichever thread is free."""

    def __init__(
        self, engine: Engine, count: int, name: str, keyring: Keyring | None = None
    ) -> None:
        self._engine = engine
        self._keyring = keyring
        self._stopping = threading.Event()
        self._queue: queue.SimpleQueue[Call[Any] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"kith-{name}-{number}", daemon=True)
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, call: Call[Any]) -> None:
        self._queue.put(call)

    def close(self) -> None:
        """Runs what is queued, then stops. A lost server is no longer waited for."""
        self._stopping.set()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        connection = KeptConnection(self._engine, self._stopping, self._keyring)
        while (call := self._queue.get()) is not None:
            try:
                result, _ = connection.run(call.fn, reading=call.reading)
            except BaseException as error:
                hand_back([Answer(call, error=error)])
            else:
                hand_back([Answer(call, result)])
            # Until the next call comes this frame must not keep the last one's data alive.
            call = result = None
        connection.close()
