"""What browser tests share: one Chromium, and two nodes with the demo's communities in them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.chromium import find_chromium, open_chromium
from tests.browser.gallery import Gallery, open_gallery
from tests.browser.houses import two_houses
from tests.world import World


@pytest.fixture(scope="session")
def chromium_program() -> str:
    return find_chromium()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium_program: str) -> AsyncIterator[Browser]:
    """The Chromium that all browser tests use, each with windows of its own."""
    async with open_chromium(chromium_program) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def world(
    chromium_program: str, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[World]:
    """Harbour and Meadow, which do not know of each other yet."""
    async with two_houses(tmp_path, sqlite_template) as two:
        yield two.world


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gallery(
    chromium_program: str, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Gallery]:
    """A world in which every page has something to show. Sights only look, or send what is
    refused."""
    async with open_gallery(tmp_path_factory.mktemp("gallery"), sqlite_template) as opened:
        yield opened
