"""The node's own keys: what wraps every data key, kept in a file outside the database.

The file has one line for each key, oldest first: its id, and 32 bytes in base64. The last one is
current, the others are still there because a rotation is under way. Whoever has a copy of the
database, of a disk or of a backup, but not this file, can open nothing that is sealed
(`storage.seals`). The ids alone stand in the database.
"""

import base64
import binascii
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

KEY_BYTES: Final = 32
_ID = re.compile(r"[a-z0-9]{4,32}")
_ADVICE: Final = "# Keys of this Kith node. Without them nothing private can be read again: keep a"
_MORE: Final = "# copy in a safe place, apart from the backups of the database."


class KeyringError(Exception):
    """The file of keys cannot be used. The message is one line and names no key."""


@dataclass(frozen=True, slots=True, repr=False)
class NodeKey:
    """One key of the node, 32 bytes for AES-256. `id` may be known to anybody."""

    id: str
    secret: bytes

    def __repr__(self) -> str:
        return f"NodeKey({self.id!r})"


class Keyring:
    """The keys of one node, read from its file again when an unknown one is asked for."""

    def __init__(self, keys: Iterable[NodeKey], path: Path | None = None) -> None:
        self._keys = {key.id: key for key in keys}
        self._path = path
        if not self._keys:
            raise KeyringError("a keyring needs at least one key")

    @classmethod
    def open(cls, path: Path) -> "Keyring":
        """The keys in a file. Raises KeyringError; FileNotFoundError when there is none."""
        return cls(_read(path), path)

    @classmethod
    def create(cls, path: Path) -> "Keyring":
        """A new file with one fresh key. When another process is first, its file is opened."""
        try:
            _write(path, [new_node_key()], replace=False)
        except FileExistsError:
            return cls.open(path)
        except OSError as error:
            raise KeyringError(f"cannot be made: {error.strerror}") from error
        return cls.open(path)

    @property
    def current(self) -> NodeKey:
        """The newest key, which wraps what is new."""
        return list(self._keys.values())[-1]

    @property
    def ids(self) -> list[str]:
        """The ids of all keys, oldest first."""
        return list(self._keys)

    def get(self, key_id: str) -> NodeKey | None:
        """The key with this id. A rotation by another process is noticed."""
        if key_id not in self._keys:
            self.reload()
        return self._keys.get(key_id)

    def reload(self) -> None:
        """Read the file again. Keys that are no longer in it stay known to this process."""
        if self._path is not None:
            self._keys |= {key.id: key for key in _read(self._path)}

    def add(self) -> NodeKey:
        """A fresh key, in the file and current from now on. Raises KeyringError."""
        key = new_node_key()
        self._keep([*self._keys.values(), key])
        return key

    def drop(self, key_id: str) -> None:
        """Forget a key, in the file too: what it wrapped is lost. Raises KeyringError."""
        self._keep([key for key in self._keys.values() if key.id != key_id])

    def _keep(self, keys: list[NodeKey]) -> None:
        if self._path is not None:
            try:
                _write(self._path, keys, replace=True)
            except OSError as error:
                raise KeyringError(f"cannot be written: {error.strerror}") from error
        self._keys = {key.id: key for key in keys}


def new_node_key() -> NodeKey:
    """A key from the system's randomness."""
    return NodeKey(secrets.token_hex(6), secrets.token_bytes(KEY_BYTES))


def _read(path: Path) -> list[NodeKey]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise
    except (OSError, UnicodeError) as error:
        raise KeyringError(f"cannot be read: {error}") from error
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    keys = [_key(*parts) for parts in lines if len(parts) == 2]
    if not keys or len(keys) != len(lines):
        raise KeyringError("is no file of node keys: each line holds an id and a key")
    return keys


def _key(key_id: str, encoded: str) -> NodeKey:
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        secret = b""
    if not _ID.fullmatch(key_id) or len(secret) != KEY_BYTES:
        raise KeyringError("holds a line that is no node key")
    return NodeKey(key_id, secret)


def _write(path: Path, keys: list[NodeKey], *, replace: bool) -> None:
    """All keys, durably and at once: a crash leaves the old file or the new one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [_ADVICE, _MORE, *(f"{k.id} {base64.b64encode(k.secret).decode()}" for k in keys)]
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(path)
        else:
            os.link(draft, path)  # refuses when there is one already
    finally:
        draft.unlink(missing_ok=True)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
