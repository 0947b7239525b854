"""The database, as everyone else sees it: hand over a function, get its result back.

    account = await database.read(lambda uow: uow.accounts.get(account_id))
    await database.write(lambda uow: uow.posts.add(post))

The function runs in a database thread, on a `UnitOfWork`, in one transaction. It is plain
synchronous code, cannot await, and has no effect but through its unit of work. A write is answered
once it is committed. A caller that is cancelled stops waiting; its write happens all the same.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

from storage.calls import Call
from storage.connection import KeptConnection
from storage.engine import open_engine, parse_url
from storage.errors import StorageError
from storage.keyring import Keyring
from storage.listener import Listener
from storage.signals import Signals, Subscription
from storage.threads import DatabaseThreads
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

__all__ = ["Database", "Signals", "Subscription", "UnitOfWork"]

T = TypeVar("T")

_SQLITE_READERS = 3
_POSTGRESQL_THREADS = 8


class _Runner(Protocol):
    def put(self, call: Call[Any]) -> None: ...
    def close(self) -> None: ...


class Database:
    """An open database. Made with `open`, ended with `close`."""

    def __init__(self, url: str, keyring: Keyring | None = None) -> None:
        self._keyring = keyring
        parsed = parse_url(url)
        self._engine = open_engine(parsed, writes=True)
        self._reading_engine = self._engine
        self._listener: Listener | None = None
        self._writers: _Runner
        self._readers: _Runner
        if parsed.get_backend_name() == "sqlite":
            self.signals = Signals(lambda: None)
            self._reading_engine = open_engine(parsed, writes=False)
            self._writers = Writer(self._engine, self.signals, keyring)
            self._readers = DatabaseThreads(self._reading_engine, _SQLITE_READERS, "read", keyring)
        else:
            self.signals = Signals(self._listen)
            self._writers = DatabaseThreads(self._engine, _POSTGRESQL_THREADS, "database", keyring)
            self._readers = self._writers
        self._closed = False

    @classmethod
    def open(cls, url: str, keyring: Keyring | None = None) -> "Database":
        """Opens `sqlite:///path` or `postgresql://host/name`, whose schema must be up to date.
        Without a keyring nothing private can be read or kept."""
        return cls(url, keyring)

    async def read(self, fn: Callable[[UnitOfWork], T]) -> T:
        """The result of `fn`, which sees one snapshot and is refused when it writes."""
        return await self._send(self._readers, fn, reading=True)

    async def write(self, fn: Callable[[UnitOfWork], T]) -> T:
        """The result of `fn` once all it did is committed. StorageError: nothing is."""
        return await self._send(self._writers, fn, reading=False)

    def read_now(self, fn: Callable[[UnitOfWork], T]) -> T:
        """`read` for programs without an event loop: blocks, on a connection of its own."""
        return self._run_now(fn, reading=True)

    def write_now(self, fn: Callable[[UnitOfWork], T]) -> T:
        """`write` for programs without an event loop: blocks, on a connection of its own."""
        return self._run_now(fn, reading=False)

    @contextmanager
    def writing_now(self) -> Iterator[Callable[[Callable[[UnitOfWork], T]], T]]:
        """`write_now` many times on one connection: on SQLite each that closes sees to the log of
        all that was written, which costs more than a small write."""
        connection = KeptConnection(self._engine, keyring=self._keyring)

        def write(fn: Callable[[UnitOfWork], T]) -> T:
            result, topics = connection.run(fn)
            if self._listener is None:
                self.signals.fire(topics)
            return result

        try:
            yield write
        finally:
            connection.close()

    async def close(self) -> None:
        """Finishes what is queued, then closes every connection."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(None, self._close)

    def _close(self) -> None:
        if self._listener is not None:
            self._listener.close()
        self._readers.close()
        if self._writers is not self._readers:
            self._writers.close()
        self._engine.dispose()
        self._reading_engine.dispose()

    async def _send(self, runner: _Runner, fn: Callable[[UnitOfWork], T], *, reading: bool) -> T:
        if self._closed:
            raise StorageError("the database is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        runner.put(Call(fn, loop, future, reading))
        return await future

    def _run_now(self, fn: Callable[[UnitOfWork], T], *, reading: bool) -> T:
        engine = self._reading_engine if reading else self._engine
        connection = KeptConnection(engine, keyring=self._keyring)
        try:
            result, topics = connection.run(fn, reading=reading)
        finally:
            connection.close()
        if self._listener is None:
            self.signals.fire(topics)
        return result

    def _listen(self) -> None:
        if self._listener is None:
            self._listener = Listener(
                self._engine, lambda topic: self.signals.fire([topic]), self.signals.fire_all
            )
            self._listener.start()
