"""Blobs: bytes under a name, on the disk of this node. The only place that knows where they lie.

Names are 128 random bits and say nothing; a blob has one or more parts, such as a large and a small
rendition. What is private arrives here sealed. A file is whole or not there: it is written beside
its place, forced to the disk and then moved. `MediaStore` is the face; an object store behind it
needs these five functions and no more.
"""

import os
import re
import secrets
from base64 import b32encode
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

NAME: Final = re.compile(r"[a-z2-7]{26}\Z")
_PART: Final = re.compile(r"[a-z]{1,20}\Z")
_NAME_BYTES: Final = 16
_FOLDER_CHARACTERS: Final = 2
_ONLY_US: Final = 0o600
_ONLY_US_FOLDER: Final = 0o700


class MediaStore(Protocol):
    """Where blobs are kept. All of it blocks; call it in a thread."""

    def put(self, name: str, part: str, body: bytes, now: datetime) -> None: ...

    def get(self, name: str, part: str) -> bytes | None: ...

    def delete(self, name: str) -> None: ...

    def names(self, before: datetime) -> Iterator[str]: ...

    def delete_unfinished(self, before: datetime) -> None: ...


def new_name() -> str:
    """A name that nobody can guess."""
    return b32encode(secrets.token_bytes(_NAME_BYTES)).decode().rstrip("=").lower()


class MediaFolder:
    """Blobs in a folder, `ab/abcdef....part`. Several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, part: str, body: bytes, now: datetime) -> None:
        """Keep the bytes; they are on the disk when this returns. OSError when they cannot be."""
        path = self._path(name, part)
        path.parent.mkdir(mode=_ONLY_US_FOLDER, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{secrets.token_hex(4)}-new")
        try:
            _write(fresh, body, now)
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def get(self, name: str, part: str) -> bytes | None:
        """The bytes, or None when there are none."""
        try:
            return self._path(name, part).read_bytes()
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        """All parts of a blob, those that are there."""
        for path in self._path(name, "any").parent.glob(f"{name}.*"):
            path.unlink(missing_ok=True)

    def names(self, before: datetime) -> Iterator[str]:
        """Every blob that was kept before then, once for each of its parts."""
        for entry in self._files(before):
            name, _, part = entry.name.partition(".")
            if NAME.match(name) and _PART.match(part):
                yield name

    def delete_unfinished(self, before: datetime) -> None:
        """What a process that was killed had begun to write."""
        for entry in self._files(before):
            if entry.name.endswith("-new"):
                Path(entry.path).unlink(missing_ok=True)

    def _files(self, before: datetime) -> Iterator[os.DirEntry[str]]:
        moment = before.timestamp()
        for folder in self._folders():
            with os.scandir(folder) as entries:
                for entry in entries:
                    # Another process may delete it in between.
                    with suppress(FileNotFoundError):
                        if entry.stat(follow_symlinks=False).st_mtime < moment:
                            yield entry

    def _folders(self) -> list[Path]:
        try:
            return sorted(path for path in self._folder.iterdir() if path.is_dir())
        except FileNotFoundError:
            return []

    def _path(self, name: str, part: str) -> Path:
        """ValueError for names that we never gave: nothing outside the folder is ever touched."""
        if not NAME.match(name) or not _PART.match(part):
            raise ValueError("no name of a blob")
        return self._folder / name[:_FOLDER_CHARACTERS] / f"{name}.{part}"


def _write(path: Path, body: bytes, now: datetime) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_US)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.utime(path, (now.timestamp(), now.timestamp()))
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
