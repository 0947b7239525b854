"""One connection, kept open by one thread, with the unit of work on it."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Engine, text

from storage.errors import (
    AlreadyThere,
    ConnectionLost,
    NotStorable,
    NotThere,
    OutcomeUnknown,
    StorageError,
    TryAgain,
)
from storage.keyring import Keyring
from storage.listener import CHANNEL
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
Fn = Callable[[UnitOfWork], Any]

_HARMLESS = (AlreadyThere, NotThere, NotStorable, TryAgain)
_TRIES = 6
_RETURN_SECONDS = 10.0
_FIRST_PAUSE_SECONDS = 0.02
_LONGEST_PAUSE_SECONDS = 1.0
_NOTIFY = text("SELECT pg_notify(:channel, :topic)")


class KeptConnection:
    """Runs functions in transactions on one connection. For one thread at a time."""

    def __init__(
        self,
        engine: Engine,
        stopping: threading.Event | None = None,
        keyring: Keyring | None = None,
    ) -> None:
        self._engine = engine
        self._keyring = keyring
        self._stopping = stopping or threading.Event()
        self._notifies = engine.dialect.name == "postgresql"
        self._uow: UnitOfWork | None = None

    def transact(self, fns: Sequence[Fn], *, reading: bool = False) -> tuple[list[Any], set[str]]:
        """Runs the functions in one transaction and commits it: their results, and the topics to
        wake. When one raises, all is rolled back and the error passed on."""
        try:
            return self._transact(fns, reading)
        except StorageError as error:
            if not isinstance(error, _HARMLESS):
                self.close()
            raise

    def run(self, fn: Callable[[UnitOfWork], T], *, reading: bool = False) -> tuple[T, set[str]]:
        """Like `transact` with one function, but patient: a conflict with another transaction is
        tried again, a lost server waited for (10 s). Functions have no effect but through their
        unit of work, so that running one twice is harmless."""
        tries = 0
        until: float | None = None
        pause = _FIRST_PAUSE_SECONDS
        while True:
            tries += 1
            try:
                results, topics = self.transact([fn], reading=reading)
                return results[0], topics
            except TryAgain:
                # A moment's rest lets the other one finish rather than meet it again.
                if tries >= _TRIES or self._stopping.wait(_FIRST_PAUSE_SECONDS * tries):
                    raise
            except AlreadyThere:
                # Two that both looked and both added: the second look finds what was added.
                if tries > 1 or not self._notifies:
                    raise
            except ConnectionLost:
                until = until or time.monotonic() + _RETURN_SECONDS
                if time.monotonic() >= until or self._stopping.wait(pause):
                    raise
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def close(self) -> None:
        """Closes the connection; the next transaction opens another."""
        uow, self._uow = self._uow, None
        if uow is not None:
            try:
                uow.connection.close()
            except StorageError:
                # It is broken, which is why it is being closed.
                uow.connection.invalidate()

    def _transact(self, fns: Sequence[Fn], reading: bool) -> tuple[list[Any], set[str]]:
        if self._uow is None:
            self._uow = UnitOfWork(self._engine.connect(), self._keyring)
        uow = self._uow
        if self._notifies:
            self._set_mode(reading)
        uow.begin()
        transaction = uow.connection.begin()
        try:
            results = [fn(uow) for fn in fns]
            uow.settle()
            if self._notifies and uow.topics:
                uow.connection.execute(
                    _NOTIFY, [{"channel": CHANNEL, "topic": topic} for topic in uow.topics]
                )
        except BaseException:
            transaction.rollback()
            raise
        try:
            transaction.commit()
        except ConnectionLost as error:
            raise OutcomeUnknown(str(error)) from error
        return results, set(uow.topics)

    def _set_mode(self, reading: bool) -> None:
        """On PostgreSQL a read sees one snapshot and may not write, as it is on SQLite."""
        import psycopg

        assert self._uow is not None
        driver: Any = self._uow.connection.connection.driver_connection
        if driver.read_only != reading:
            driver.read_only = reading
            driver.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ if reading else None
