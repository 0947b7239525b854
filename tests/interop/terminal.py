"""A program on a pseudo-terminal: what it shows is read as it comes, what it asks is answered."""

import os
import pty
import re
import select
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

SECONDS: Final = 60
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\r")


class Terminal:
    """The screen and the keyboard of one running program."""

    def __init__(self, screen: int, process: "subprocess.Popen[bytes]") -> None:
        self._screen = screen
        self._process = process
        self.shown = ""

    def until(self, words: str) -> str:
        """All that was shown up to these words, once they are there."""
        while words not in self.shown:
            if not self._read():
                raise AssertionError(f"it ended without showing {words!r}:\n{self.shown}")
        return self.shown

    def send(self, line: str) -> None:
        """Types a line."""
        os.write(self._screen, line.encode() + b"\n")

    def end(self) -> str:
        """All that was shown, once it ended well."""
        while self._read():
            pass
        assert self._process.wait(timeout=SECONDS) == 0, self.shown
        return self.shown

    def _read(self) -> bool:
        ready, _, _ = select.select([self._screen], [], [], SECONDS)
        if not ready:
            raise AssertionError(f"nothing more came:\n{self.shown}")
        try:
            piece = os.read(self._screen, 65536)
        except OSError:  # the other end is closed
            return False
        self.shown += _ESCAPES.sub("", piece.decode(errors="replace"))
        return bool(piece)


@contextmanager
def on_terminal(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Runs the command on a terminal of its own."""
    screen, other = pty.openpty()
    wide = {"COLUMNS": "200", "LINES": "60", "TERM": "xterm", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command, stdin=other, stdout=other, stderr=other, env={**wide, **environment}
    )
    os.close(other)
    try:
        yield Terminal(screen, process)
    finally:
        process.kill()
        process.wait()
        os.close(screen)
