"""Where the two nodes keep what they know: a folder each, perhaps a PostgreSQL database each."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from node.demo.processes import DemoError
from storage.errors import StorageError
from storage.provision import drop_database, make_database

KEYS = ("harbour", "meadow")


@contextmanager
def folder_for(keep: Path | None) -> Iterator[Path]:
    """An empty folder: `keep`, which stays, or one that is deleted afterwards. DemoError."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="kith-demo-", ignore_cleanup_errors=True) as path:
            yield Path(path)
        return
    try:
        keep.mkdir(mode=0o700, parents=True, exist_ok=True)
        empty = not any(keep.iterdir())
    except OSError as error:
        raise DemoError(f"--keep {keep} cannot be used: {error.strerror}") from error
    if not empty:
        raise DemoError(f"--keep {keep} holds something already; name a new directory")
    yield keep


@contextmanager
def databases_for(urls: tuple[str, ...], *, keep: bool) -> Iterator[tuple[str, str]]:
    """The database of each node: "" for SQLite; two that were given; or two new ones on the server
    of the one that was given, dropped afterwards unless `keep`. DemoError."""
    if not urls:
        yield "", ""
    elif len(urls) == 2 and urls[0] != urls[1]:
        yield urls[0], urls[1]
    elif len(urls) == 1:
        with _new_databases(urls[0], keep) as (harbour, meadow):
            yield harbour, meadow
    else:
        raise DemoError("--database takes one server, or two different databases, one for a node")


@contextmanager
def _new_databases(server: str, keep: bool) -> Iterator[list[str]]:
    tag = secrets.token_hex(4)
    with ExitStack() as stack:
        made = []
        for key in KEYS:
            name = f"kith_demo_{tag}_{key}"
            try:
                made.append(make_database(server, name))
            except StorageError as error:
                raise DemoError(f"--database cannot be used: {error}") from error
            if not keep:
                stack.callback(drop_database, server, name)
        yield made
