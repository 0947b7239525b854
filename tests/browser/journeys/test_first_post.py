"""A newcomer's first post and its first two replies, one of them from another node.

Lumi signs up at Harbour and writes for the first time. Fern of Harbour and Odile of Meadow find the
thread where threads wait; both answer; Lumi reads both, and says of one that it helped. With and
without JavaScript, on a phone and on a desktop.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser

from tests.browser.person import DESKTOP, PHONE, Window, open_window
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]

TITLE = "I have never said this aloud"
QUEUE, GIVEN = "/needs-a-reply", "/needs-a-reply/given"
WAITING = "Somebody in your groups waits for a reply"
HINT, THOUGHT = "Name what you hear", "Just a thought before you send it"
FROM_FERN = "That sounds heavy, and you said it."
FROM_ODILE = "I am here, and I read every word."


@dataclass
class Cast:
    """Three people in front of their browsers."""

    world: World
    lumi: Window
    fern: Window
    odile: Window

    async def meanwhile(self) -> None:
        """Some minutes pass, and the nodes do their work."""
        self.world.clock.advance(minutes=5)
        await self.world.settle()


@asynccontextmanager
async def raised(
    browser: Browser, world: World, size: dict[str, int], scripts: bool
) -> AsyncIterator[Cast]:
    harbour, meadow = world
    async with (
        open_window(browser, harbour, size, scripts=scripts) as lumi,
        open_window(browser, harbour, size, scripts=scripts) as fern,
        open_window(browser, meadow, size, scripts=scripts) as odile,
    ):
        yield Cast(world, lumi, fern, odile)


@pytest.mark.parametrize(
    ("size", "scripts"), [(PHONE, False), (DESKTOP, True)], ids=["plain-phone", "scripts-desktop"]
)
async def test_a_first_post_finds_two_answers(
    browser: Browser, world: World, size: dict[str, int], scripts: bool
) -> None:
    async with raised(browser, world, size, scripts) as cast:
        await odile_reads_along(cast)
        await lumi_writes(cast)
        await fern_answers(cast)
        await odile_answers(cast)
        await lumi_reads(cast)
        await who_knows_of_it(cast)


async def odile_reads_along(cast: Cast) -> None:
    """She follows a group of the other node."""
    harbour, _ = cast.world
    await cast.odile.sign_in("odile")
    await cast.odile.open("/groups")
    await cast.odile.fill(handle="!newcomers@" + harbour.authority)
    await cast.odile.press("Look it up")
    await cast.odile.press("Join as Odile")
    await cast.meanwhile()


async def lumi_writes(cast: Cast) -> None:
    """A fresh account, a group, and words that were never said."""
    lumi = cast.lumi
    await lumi.open("/sign-up")
    await lumi.fill(name="lumi_7", password="snow on the pier", handle="lumi", display_name="Lumi")
    await lumi.fill(agrees="yes")
    await lumi.press("Make an account")
    await lumi.open("/groups/newcomers")
    await lumi.press("Join as Lumi")
    await lumi.open("/groups/newcomers/new")
    await lumi.fill(title=TITLE, text="My brother died in spring.", reply_wanted="just-listening")
    await lumi.press("Publish")
    await lumi.sees("Your post is there.", TITLE)
    await lumi.open("/")
    await lumi.open(QUEUE)
    await lumi.misses(TITLE)
    await cast.meanwhile()


async def fern_answers(cast: Cast) -> None:
    """One button leads to the reply box; what sounds like advice is shown once more."""
    fern = cast.fern
    await fern.sign_in("fern")
    await fern.open("/")
    await fern.follow(WAITING)
    await fern.sees(TITLE, "Their first thread", "Just listening, please")
    await fern.unfold("Choose what to see")
    choices = fern.page.locator(f"form.card[action='{QUEUE}']")
    await choices.locator("select[name=group]").select_option(label="Newcomers")
    await fern.press("Show these", choices)
    await fern.press("Next one")
    await fern.sees("Reply to Lumi", "My brother died in spring.", HINT)
    await fern.fill(text="You should talk to somebody.")
    await fern.press("Reply")
    await fern.sees(THOUGHT, "This can sound like advice: You should.")
    assert await fern.page.locator("#field-text").input_value() == "You should talk to somebody."
    await fern.fill(text=FROM_FERN)
    await fern.press("Reply")
    await fern.sees("Your reply is there. Thank you.")
    await fern.misses(TITLE)
    await cast.meanwhile()


async def odile_answers(cast: Cast) -> None:
    """The same thread waits on her node, with what was asked for, and hints for it."""
    odile = cast.odile
    await odile.open("/")
    await odile.follow(WAITING)
    await odile.sees("Their first thread", "Just listening, please")
    await odile.follow(TITLE)
    await odile.sees("Reply to Lumi", "My brother died in spring.", HINT)
    await odile.fill(text="Have you tried a walk?")
    await odile.press("Reply")
    await odile.sees(THOUGHT)
    await odile.fill(text=FROM_ODILE)
    await odile.press("Send it as it is")
    await odile.sees("Your reply is there. Thank you.")
    await odile.misses(TITLE)
    await cast.meanwhile()


async def lumi_reads(cast: Cast) -> None:
    """Two people answered. Of the one who lives here Lumi can say that it helped."""
    lumi = cast.lumi
    await lumi.open("/news")
    await lumi.sees("Fern answered you", "Odile answered you")
    await lumi.follow("Fern answered you")
    await lumi.sees(FROM_FERN, FROM_ODILE)
    far = lumi.post(FROM_ODILE)
    assert await far.get_by_role("button", name="This helped me").count() == 0
    await lumi.press("This helped me", lumi.post(FROM_FERN))
    await lumi.sees("They will know that it helped. Nobody else is told.", "Take it back")
    await cast.meanwhile()


async def who_knows_of_it(cast: Cast) -> None:
    """The one who helped, and nobody else; and the thread waits for nobody any more."""
    await cast.fern.open("/news")
    await cast.fern.sees("Lumi let you know something kind")
    await cast.fern.open(GIVEN)
    await cast.fern.sees("Lumi told you that this helped:", TITLE)
    await cast.odile.open(GIVEN)
    await cast.odile.misses("told you that this helped")
    for reader, handle in ((cast.lumi, "mara"), (cast.fern, "rowan")):
        await reader.page.context.clear_cookies()
        await reader.sign_in(handle)
        await reader.open(QUEUE)
        await reader.misses(TITLE)
