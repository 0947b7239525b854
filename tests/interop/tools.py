"""Programs of others that are tried against a node: fetched from PyPI and npm, each in a place of
its own below `.interop/`, once for all workers. Nothing of theirs is kept in the project.

Where a registry does not answer the test is skipped with a line that says so, unless
KITH_TEST_REQUIRE holds `interop`.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".interop"
MINUTES = 10 * 60


def python_tool(name: str, *packages: str, options: Sequence[str] = ()) -> Path:
    """The folder of programs of a virtual environment with these packages (`name==version`)."""

    def make(folder: Path) -> None:
        _run(sys.executable, "-m", "venv", str(folder))
        pip = (str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q")
        _run(*pip, "install", *options, *packages)

    return _made(name, (*packages, *options, sys.version), make) / "bin"


def python_source(name: str, package: str) -> Path:
    """The unpacked source distribution of a package (`name==version`)."""

    def make(folder: Path) -> None:
        folder.mkdir()
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
        _run(*pip, "download", "--no-deps", "--no-binary", ":all:", package, "-d", str(folder))
        [archive] = folder.glob("*.tar.gz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")

    folder = _made(name, (package,), make)
    [source] = [one for one in folder.iterdir() if one.is_dir()]
    return source


def node_tool(name: str, *packages: str) -> Path:
    """A folder whose `node_modules` holds these npm packages (`name@version`)."""
    if shutil.which("npm") is None:
        _missing("there is no npm on the PATH")

    def make(folder: Path) -> None:
        folder.mkdir()
        (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
        _run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *packages, at=folder)

    return _made(name, packages, make)


def _made(name: str, what: Sequence[str], make: Callable[[Path], None]) -> Path:
    """The folder, made by the first who asks; another version of it gets another folder."""
    print_ = hashlib.sha256("\n".join(what).encode()).hexdigest()[:12]
    folder = PLACE / f"{name}-{print_}"
    PLACE.mkdir(exist_ok=True)
    with _alone(PLACE / f"{name}.lock"):
        ready = folder.with_suffix(".ready")
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            ready.touch()
    return folder


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(*command: str, at: Path = ROOT) -> None:
    try:
        subprocess.run(command, cwd=at, check=True, capture_output=True, timeout=MINUTES)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", b"") or b""
        lines = said.decode(errors="replace").strip().splitlines()
        _missing(f"`{' '.join(command[:6])} ...` failed: {lines[-1] if lines else error}")


def _missing(why: str) -> NoReturn:
    if "interop" in os.environ.get("KITH_TEST_REQUIRE", ""):
        pytest.fail(f"KITH_TEST_REQUIRE asks for interop, but {why}", pytrace=False)
    pytest.skip(f"This client is left out: {why}")
