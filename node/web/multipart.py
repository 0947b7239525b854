"""Reads a form with files from the bytes as they come, within limits that hold at every byte
(DOS-14): how many parts, how long a name, a text, a file, the whole.

RFC 7578 as browsers write it. Of a file only its bytes are kept: its name and declared type are
whatever the sender wished (XSS-07). A file that is too long is read past and marked, so that the
page can say so and keep what was typed.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

PARTS_MOST: Final = 64
HEAD_MOST: Final = 2048
"""Bytes of one part's headers; a browser sends about 150."""
NAME_MOST: Final = 100
TEXTS_MOST: Final = 256 * 1024
"""Bytes of all fields together that are not files."""

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=?-]{1,70}\Z")
_NAME = re.compile(rb'(?:^|;)[ \t]*name="([^"\r\n]*)"', re.IGNORECASE)
_FILE_NAME = re.compile(rb"(?:^|;)[ \t]*filename\*?=", re.IGNORECASE)
_DISPOSITION: Final = b"content-disposition:"
_END_OF_HEAD: Final = b"\r\n\r\n"
_EMPTY_LINES: Final = b"\r\n"


class Malformed(Exception):
    """Not a form as a browser writes it."""


class TooMuch(Exception):
    """More than the limits allow; reading on would only cost us."""


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What one form may carry. Files without bytes do not count."""

    files: int
    file_bytes: int

    @property
    def whole(self) -> int:
        """Bytes of a body: all files, all texts, and what stands between them."""
        return self.files * (self.file_bytes + 1024) + TEXTS_MOST + PARTS_MOST * HEAD_MOST


@dataclass(slots=True)
class SentFile:
    """One file of a form. `is_too_long`: its bytes were dropped."""

    field: str
    body: bytes
    is_too_long: bool = False


class _State(Enum):
    START = auto()
    HEAD = auto()
    BODY = auto()
    AFTER = auto()
    DONE = auto()


class MultipartReader:
    """Feed it bytes; it fills `texts`, each name once, `pairs`, in which names may come again, and
    `files`. `in_files` once the first file begins; `first_texts` are those that stood before it."""

    def __init__(self, boundary: str, limits: FileLimits) -> None:
        if not _BOUNDARY.match(boundary):
            raise Malformed
        self.texts: dict[str, str] = {}
        self.pairs: list[tuple[str, str]] = []
        self.first_texts: dict[str, str] = {}
        self.files: list[SentFile] = []
        self.in_files = False
        self._limits = limits
        self._mark = b"\r\n--" + boundary.encode()
        # The first boundary may stand at the very beginning, without a line before it.
        self._left = bytearray(b"\r\n")
        self._state = _State.START
        self._body = bytearray()
        self._field = ""
        self._is_file = self._is_too_long = False
        self._read = self._text_bytes = self._parts = self._sent = 0

    @property
    def is_done(self) -> bool:
        return self._state is _State.DONE

    def feed(self, data: bytes) -> None:
        """The next bytes of the body. Raises Malformed, TooMuch."""
        self._read += len(data)
        if self._read > self._limits.whole:
            raise TooMuch
        self._left += data
        while self._step():
            pass

    def close(self) -> None:
        """The body has ended. Raises Malformed when its last boundary did not come."""
        if not self.is_done:
            raise Malformed

    def _step(self) -> bool:
        """One state further; False when more bytes are needed."""
        match self._state:
            case _State.START:
                return self._start()
            case _State.HEAD:
                return self._head()
            case _State.BODY:
                return self._more()
            case _State.AFTER:
                return self._after()
            case _State.DONE:
                self._left.clear()
                return False

    def _start(self) -> bool:
        if len(self._left) < len(self._mark):
            return False
        if not self._left.startswith(self._mark):
            raise Malformed
        del self._left[: len(self._mark)]
        self._state = _State.AFTER
        return True

    def _after(self) -> bool:
        """Behind a boundary: a new part, or the end."""
        if len(self._left) < 2:
            return False
        after = bytes(self._left[:2])
        if after not in (b"--", _EMPTY_LINES):
            raise Malformed
        del self._left[:2]
        self._state = _State.DONE if after == b"--" else _State.HEAD
        return True

    def _head(self) -> bool:
        end = self._left.find(_END_OF_HEAD)
        if max(end, 0) > HEAD_MOST or (end < 0 and len(self._left) > HEAD_MOST):
            raise TooMuch
        if end < 0:
            return False
        self._begin(bytes(self._left[:end]))
        del self._left[: end + len(_END_OF_HEAD)]
        self._state = _State.BODY
        return True

    def _begin(self, head: bytes) -> None:
        self._parts += 1
        if self._parts > PARTS_MOST:
            raise TooMuch
        lines = [line for line in head.split(b"\r\n") if line.lower().startswith(_DISPOSITION)]
        if len(lines) != 1:
            raise Malformed
        kind, _, parameters = lines[0][len(_DISPOSITION) :].strip().partition(b";")
        name = _NAME.search(parameters)
        if kind.strip().lower() != b"form-data" or name is None:
            raise Malformed
        if len(name[1]) > NAME_MOST:
            raise TooMuch
        self._field = name[1].decode("utf-8", "replace")
        self._is_file = _FILE_NAME.search(parameters) is not None
        self._is_too_long = False
        self._body = bytearray()
        self.in_files = self.in_files or self._is_file

    def _more(self) -> bool:
        """Takes the body up to the boundary, or as far as none can begin."""
        end = self._left.find(self._mark)
        if end >= 0:
            self._take(end)
            del self._left[: len(self._mark)]
            self._finish()
            self._state = _State.AFTER
            return True
        safe = len(self._left) - len(self._mark) + 1
        if safe > 0:
            self._take(safe)
        return False

    def _take(self, count: int) -> None:
        piece = self._left[:count]
        del self._left[:count]
        if self._is_file:
            if len(self._body) + count > self._limits.file_bytes:
                self._is_too_long = True
                self._body.clear()
            if not self._is_too_long:
                self._body += piece
            return
        self._text_bytes += count
        if self._text_bytes > TEXTS_MOST:
            raise TooMuch
        self._body += piece

    def _finish(self) -> None:
        if not self._is_file:
            text = self._body.decode("utf-8", "replace")
            self.texts.setdefault(self._field, text)
            self.pairs.append((self._field, text))
            if not self.in_files:
                self.first_texts.setdefault(self._field, text)
        elif self._body or self._is_too_long:
            self._sent += 1
            if self._sent > self._limits.files:
                raise TooMuch
            self.files.append(SentFile(self._field, bytes(self._body), self._is_too_long))
        self._body = bytearray()
