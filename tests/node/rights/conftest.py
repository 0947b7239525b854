"""A node between two strangers on each kind of database, and a house of pages on each."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

import node.app
from tests.clock import Clock
from tests.node.web.house import WebHouse, open_web_house
from tests.scene import Scene, SpareKeys, open_scene


@pytest.fixture
async def scene(
    database_url: str,
    sqlite_template: Path,
    tmp_path: Path,
    clock: Clock,
    ids: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Scene]:
    """A node called harbour, with ann, and two other servers."""
    monkeypatch.setattr(node.app, "OwnKeys", SpareKeys)
    if database_url.startswith("sqlite"):
        path = tmp_path / "harbour" / "kith.sqlite3"
        path.parent.mkdir()
        shutil.copyfile(sqlite_template, path)
        database_url = f"sqlite:///{path}"
    async with open_scene(tmp_path, database_url, clock, ids) as opened:
        yield opened


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[WebHouse]:
    """A node of pages."""
    async with open_web_house(database_url) as opened:
        yield opened
