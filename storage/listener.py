"""Signals between processes on PostgreSQL: one connection of its own that LISTENs.

NOTIFY takes effect when its transaction commits, so a signal never comes before its rows.
"""

import selectors
import socket
import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine

from storage.errors import StorageError

CHANNEL = "kith"
_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 5.0


class Listener:
    """A thread that hands on every notification, and connects again when the server went away."""

    def __init__(
        self, engine: Engine, on_topic: Callable[[str], None], on_return: Callable[[], None]
    ) -> None:
        """`on_topic` gets each topic; `on_return` is called whenever listening (re)starts, because
        what was sent before then was not heard."""
        self._engine = engine
        self._on_topic = on_topic
        self._on_return = on_return
        self._stop = threading.Event()
        self._ours, self._theirs = socket.socketpair()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins to listen; nothing more happens when it already does."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="kith-listen", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stops, and waits until the connection is closed."""
        self._stop.set()
        self._ours.send(b"x")
        if self._thread is not None:
            self._thread.join()
        self._ours.close()
        self._theirs.close()

    def _run(self) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while not self._stop.is_set():
            try:
                with self._engine.connect() as connection:
                    heard = self._listen(connection)
                    pause = _FIRST_PAUSE_SECONDS
                    self._on_return()
                    self._hand_on(heard)
            except (StorageError, OSError):
                self._stop.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    def _listen(self, connection: Connection) -> Any:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        return connection.connection.driver_connection

    def _hand_on(self, driver: Any) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(driver.fileno(), selectors.EVENT_READ)
            selector.register(self._theirs, selectors.EVENT_READ)
            while not self._stop.is_set():
                try:
                    for notification in driver.notifies(timeout=0):
                        self._on_topic(notification.payload)
                except driver_errors() as error:
                    raise StorageError("the listening connection broke") from error
                selector.select()


def driver_errors() -> type[Exception]:
    """The driver's own error class; imported late, as SQLite nodes need no PostgreSQL driver."""
    import psycopg

    return psycopg.Error
