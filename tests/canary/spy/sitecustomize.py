"""Writes down everything that a Python process sends and every file and name that it asks for.

Python runs this file at its start, before any line of Kith. All sockets of the process are watched,
whatever made them; the event loop is Python's own, because what uvloop's library writes cannot be
seen from here. Files that are deleted keep a second name in the folder of the spy, so that one
which was there for a moment can be read as well.

A line of the record is a JSON object: `kind` (a kind of way out), `where` (the other end) and
`data` (bytes as latin-1).
"""

import builtins
import contextlib
import json
import os
import socket
import sys
import threading
from itertools import count
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ["KITH_TEST_SPY"])
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_FOREIGN = ("smtplib.", "ftplib.", "syslog.", "webbrowser.", "urllib.", "nntplib.", "poplib.")
_PROCESSES = ("subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "os.forkpty")
_NAMES = (
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
)

_record = os.open(FOLDER / f"{os.getpid()}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_numbers = count()
_seen: set[tuple[str, str]] = set()
_busy = threading.local()


def note(kind: str, where: str, data: bytes = b"") -> None:
    """One line of the record."""
    line = json.dumps({"kind": kind, "where": where, "data": data.decode("latin-1")})
    os.write(_record, line.encode() + b"\n")


def note_once(kind: str, where: str) -> None:
    """The same, but not again and again."""
    if (kind, where) not in _seen:
        _seen.add((kind, where))
        note(kind, where)


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    """Python's own reports (PEP 578): they cannot be switched off."""
    if getattr(_busy, "now", False):
        return
    _busy.now = True
    try:
        _hear(event, arguments)
    finally:
        _busy.now = False


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        named = isinstance(path, str | bytes) and os.fsdecode(path) != os.devnull
        if named and isinstance(flags, int) and flags & _WRITING:
            note_once("file", _absolute(path))
    elif event == "sqlite3.connect":
        note_once("file", _absolute(arguments[0]))
    elif event in _NAMES:
        note("name", repr(arguments[:2]), repr(arguments).encode())
    elif event == "socket.connect":
        note("connect", _address(arguments[1]))
    elif event in _PROCESSES:
        note("process", _program(event, arguments), repr(arguments).encode())
    elif event.startswith(_FOREIGN):
        note(event, "", repr(arguments).encode())


def _program(event: str, arguments: tuple[Any, ...]) -> str:
    """Which program was started, with the options before its own."""
    if event != "subprocess.Popen" or len(arguments) < 2 or not isinstance(arguments[1], list):
        return event
    name, *options = map(str, arguments[1])
    python = "python" if name == sys.executable else name
    return " ".join((event, python, *options[:3]))


def _absolute(path: str | bytes) -> str:
    return os.path.abspath(os.fsdecode(path))


def _address(address: Any) -> str:
    if isinstance(address, tuple):
        return f"{address[0]}:{address[1]}"
    return f"unix:{os.fsdecode(address)}" if address else "unix pair"


_plain = socket.socket
_ends: dict[int, str] = {}
"""What each socket leads to, by its descriptor."""


class Watched(_plain):
    """A socket that says what it sends."""

    def _end(self) -> str:
        known = _ends.get(self.fileno())
        if known is None:
            try:
                known = f"{_address(self.getpeername())}#{next(_numbers)}"
            except OSError:
                known = f"nobody#{next(_numbers)}"
        _ends[self.fileno()] = known
        return known

    def _sent(self, data: Any, amount: int, where: str | None = None) -> None:
        note("sent", where or self._end(), bytes(data)[:amount])

    def accept(self) -> tuple[socket.socket, Any]:
        accepted, address = super().accept()
        _ends[accepted.fileno()] = f"from {_address(address)}#{next(_numbers)}"
        return accepted, address

    def connect(self, address: Any) -> None:
        _ends[self.fileno()] = f"to {_address(address)}#{next(_numbers)}"
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        _ends[self.fileno()] = f"to {_address(address)}#{next(_numbers)}"
        return super().connect_ex(address)

    def close(self) -> None:
        _ends.pop(self.fileno(), None)
        super().close()

    def detach(self) -> int:
        _ends.pop(self.fileno(), None)
        return super().detach()

    def send(self, data: Any, *flags: int) -> int:
        amount = super().send(data, *flags)
        self._sent(data, amount)
        return amount

    def sendall(self, data: Any, *flags: int) -> None:
        super().sendall(data, *flags)
        self._sent(data, len(bytes(data)))

    def sendto(self, data: Any, *rest: Any) -> int:
        amount = super().sendto(data, *rest)
        self._sent(data, amount, f"to {_address(rest[-1])}#{next(_numbers)}")
        return amount

    def sendmsg(self, buffers: Any, *rest: Any) -> int:
        parts = [bytes(part) for part in buffers]
        amount = super().sendmsg(parts, *rest)
        self._sent(b"".join(parts), amount)
        return amount


def watch() -> None:
    """From now on nothing leaves unseen."""
    sys.modules["uvloop"] = None  # type: ignore[assignment]
    socket.socket = Watched  # type: ignore[misc]
    for name in ("sendfile", "O_TMPFILE"):
        # Then the library reads the file and sends it, or gives its temporary file a name.
        with contextlib.suppress(AttributeError):
            delattr(os, name)
    for name in ("unlink", "remove"):
        setattr(os, name, _keeping_deleted(getattr(os, name)))
    for name in ("rename", "replace"):
        setattr(os, name, _keeping_replaced(getattr(os, name)))
    sys.addaudithook(hear)


def _keep(path: Any, dir_fd: int | None) -> None:
    """A second name for a file that loses its own."""
    with contextlib.suppress(OSError):
        os.link(path, FOLDER / "deleted" / f"{os.getpid()}-{next(_numbers)}", src_dir_fd=dir_fd)


def _keeping_deleted(delete: Any) -> Any:
    def unlink(path: Any, *, dir_fd: int | None = None) -> None:
        _keep(path, dir_fd)
        delete(path, dir_fd=dir_fd)

    return unlink


def _keeping_replaced(move: Any) -> Any:
    def rename(source: Any, target: Any, **where: Any) -> None:
        _keep(target, where.get("dst_dir_fd"))
        move(source, target, **where)

    return rename


(FOLDER / "deleted").mkdir(exist_ok=True)
watch()
if os.environ.get("KITH_TEST_LEAKY"):
    sys.path.insert(0, str(Path(__file__).parent))
    builtins.__import__("leaks").take_the_guards_away()
