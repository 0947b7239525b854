"""With the nodes' own workers at work, the other side of a conversation is there at once."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.person import PHONE, Window, open_window
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]

PATIENCE = 20.0
"""Seconds; an idle machine needs a fraction of one, a busy one must not fail the test."""


@pytest_asyncio.fixture(loop_scope="session")
async def busy_world(world: World) -> AsyncIterator[World]:
    """Harbour and Meadow with their workers running."""
    for house in world:
        house.node.worker.start()
    yield world
    for house in world:
        await house.node.worker.stop()


async def shows(window: Window, *texts: str) -> None:
    """Look again and again, until the page shows all of this."""
    async with asyncio.timeout(PATIENCE):
        while True:
            await window.reload()
            shown = await window.page.locator("body").inner_text()
            if all(text in shown for text in texts):
                return


async def test_a_conversation_across_two_nodes(browser: Browser, busy_world: World) -> None:
    harbour, meadow = busy_world
    async with (
        open_window(browser, meadow, PHONE) as odile,
        open_window(browser, harbour, PHONE) as ash,
    ):
        await odile.sign_in("odile")
        await odile.open("/groups")
        await odile.fill(handle=f"!grief@{harbour.authority}")
        await odile.press("Look it up")
        await odile.press("Join as Odile")
        await shows(odile, "Leave the group", "The first birthday without her")
        await odile.follow("The first birthday without her")
        await shows(odile, "She loved the 14.")
        await odile.fill(text="I set the table for two, and ate at the window.")
        await odile.press("Reply")
        await ash.sign_in("ash")
        await ash.open("/groups/grief")
        await ash.follow("The first birthday without her")
        await shows(ash, "I set the table for two")
        await ash.follow("Reply", ash.post("I set the table for two"))
        await ash.fill(text="I will try the window.")
        await ash.press("Reply")
        await shows(odile, "I will try the window.")
