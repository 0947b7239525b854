"""The files of a data set, from a folder, a file or a ZIP, into memory, within bounds.

What is handed in may be broken or made to harm: a ZIP that unpacks to more than it may, paths that
lead out of it, links, and names twice. All of it is refused before a byte of it is used.
"""

import io
import os
import stat
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from node.errors import Invalid

FILES_MOST: Final = 20_000
BYTES_MOST: Final = 256 * 1024 * 1024
"""Of a whole package, unpacked."""
RATIO_MOST: Final = 200
"""Text packs ten to thirty times smaller, never two hundred times."""
_PIECE: Final = 1024 * 1024
_SKIPPED: Final = ("__MACOSX", ".DS_Store", ".git")


def read_package(path: Path) -> dict[str, bytes]:
    """The files by their paths in the package. Raises Invalid with what is wrong."""
    if not path.exists():
        raise Invalid("path", f"{path} is not there.")
    if path.is_dir():
        return _read_folder(path)
    size = path.stat().st_size
    if size > BYTES_MOST:
        raise Invalid("path", f"{path.name} has {size:,} bytes; at most {BYTES_MOST:,} are read.")
    return read_upload(path.name, path.read_bytes())


def read_upload(name: str, body: bytes) -> dict[str, bytes]:
    """The files in one file that was handed in: a ZIP's, or the file itself. Raises Invalid."""
    if body.startswith(b"PGDMP"):
        raise Invalid(
            "path",
            f"{name} is a dump of a PostgreSQL database. Restore it, export CSV, import that.",
        )
    if not body.startswith(b"PK\x03\x04"):
        return {PurePosixPath(name.replace("\\", "/")).name or "file": body}
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _unpack(archive, len(body))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise Invalid("path", f"{name} is no ZIP that can be read: {error}.") from error
    except RuntimeError as error:
        raise Invalid("path", f"{name} is locked with a password.") from error


def digest_of(files: Mapping[str, bytes]) -> str:
    """The same for the same files."""
    whole = sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{len(files[name])}\0".encode())
        whole.update(files[name])
    return whole.hexdigest()


def _read_folder(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    size = 0
    for path in _walk(folder):
        if len(found) == FILES_MOST:
            raise Invalid("path", f"{folder} holds more than {FILES_MOST:,} files.")
        size += path.stat().st_size
        if size > BYTES_MOST:
            raise Invalid("path", f"{folder} holds more than {BYTES_MOST:,} bytes.")
        found[path.relative_to(folder).as_posix()] = path.read_bytes()
    if not found:
        raise Invalid("path", f"{folder} is empty.")
    return found


def _walk(folder: Path) -> Iterable[Path]:
    for at, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(one for one in folders if one not in _SKIPPED)
        for name in sorted(names):
            path = Path(at) / name
            if path.is_file() and not path.is_symlink() and name not in _SKIPPED:
                yield path


def _unpack(archive: zipfile.ZipFile, packed: int) -> dict[str, bytes]:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > FILES_MOST:
        raise Invalid("path", f"The ZIP holds more than {FILES_MOST:,} files.")
    most = min(BYTES_MOST, max(packed, 1024) * RATIO_MOST)
    if sum(one.file_size for one in entries) > most:
        raise Invalid("path", "The ZIP unpacks to more than we read. Hand in what is in it.")
    found: dict[str, bytes] = {}
    left = most
    for entry in entries:
        name = _name_of(entry)
        if any(part in _SKIPPED for part in PurePosixPath(name).parts):
            continue
        if name in found:
            raise Invalid("path", f"The ZIP holds {name} twice.")
        found[name] = _read_entry(archive, entry, left)
        left -= len(found[name])
    if not found:
        raise Invalid("path", "The ZIP is empty.")
    return found


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The path within the package. Raises Invalid for one that leads out of it, and for a link."""
    name = entry.filename.replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\0" in name:
        raise Invalid("path", f"The ZIP holds a path that leads out of it: {name[:100]}.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Invalid("path", f"The ZIP holds a link: {name[:100]}.")
    return path.as_posix()


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """The file, unpacked piece by piece: what its head says of its size is not believed."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as source:
        while piece := source.read(_PIECE):
            size += len(piece)
            if size > most:
                raise Invalid("path", "The ZIP unpacks to more than we read.")
            pieces.append(piece)
    return b"".join(pieces)
