"""Chromium as the system has it: found on the PATH, started once, quiet towards the network."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

NAMES = (
    # Without windows of its own it opens one of ours in a third of the time.
    "chromium-headless-shell",
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium() -> str:
    """The program's path. Where there is none the test is skipped, unless KITH_TEST_REQUIRE says
    that there must be one."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        missing = f"there is no Chromium on the PATH ({', '.join(NAMES)})"
        if "chromium" in os.environ.get("KITH_TEST_REQUIRE", ""):
            pytest.fail(f"KITH_TEST_REQUIRE asks for chromium, but {missing}", pytrace=False)
        pytest.skip(f"Browser tests are left out: {missing}")
    return found


@asynccontextmanager
async def open_chromium(program: str) -> AsyncIterator[Browser]:
    """A running browser without windows, tabs or cookies; ended afterwards."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS])
        try:
            yield browser
        finally:
            await browser.close()
