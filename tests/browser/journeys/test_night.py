"""A moderator with a worry at night: told without a word of it, one thing at a time, a letter in
their own words, and then a break. The post leaves for other nodes only after that.
"""

from functools import partial

import pytest
from playwright.async_api import Browser

from tests.browser.person import PHONE, open_window
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]

HARD = "I want to die, and the night is long"
LETTER = "Hello Ash, I am Rowan. I read your words, and I am glad you wrote them. Are you safe?"


@pytest.mark.parametrize("scripts", [False, True], ids=["plain", "scripts"])
async def test_a_moderator_looks_at_night(browser: Browser, world: World, scripts: bool) -> None:
    harbour, meadow = world
    opened = partial(open_window, browser, harbour, PHONE, scripts=scripts)
    reading = open_window(browser, meadow, PHONE, scripts=scripts)
    async with opened() as ash, opened() as rowan, reading as odile:
        await odile.sign_in("odile")
        await odile.open("/groups")
        await odile.fill(handle="!grief@" + harbour.authority)
        await odile.press("Look it up")
        await odile.press("Join as Odile")
        world.clock.advance(minutes=5)
        await world.settle()
        await ash.sign_in("ash")
        await ash.open("/groups/grief/new")
        await ash.fill(title="Awake", text=HARD, unsafe="yes")
        await ash.press("Publish", status=422)
        await ash.press("Publish")
        number = ash.path.partition("?")[0].rpartition("/")[2]
        uri = f"{harbour.origin}/posts/{number}"
        await world.settle()
        assert await meadow.post(uri) is None

        await rowan.sign_in("rowan")
        await rowan.open("/news")
        await rowan.sees("Something waits for the team")
        await rowan.misses(HARD, "Ash is not safe")
        await rowan.open("/moderation/risk")
        await rowan.misses(HARD)
        await rowan.press("Take the next one")
        await rowan.sees("Look now", "They said themselves that they are not safe")
        await rowan.misses(HARD)
        await rowan.press("Show what was written")
        await rowan.sees(HARD, "Read it slowly", "Answer as a person, in your own words.")
        await rowan.unfold("Beginnings of a letter")
        template = rowan.main.locator("details p").first
        text = (await template.inner_text()).partition("\n")[2]
        await rowan.fill(reply=text, outcome="answered")
        await rowan.press("Done", status=422)
        await rowan.sees("Make it your own words first.", HARD)
        await rowan.fill(reply=LETTER, outcome="answered", post="go")
        await rowan.press("Done")
        await rowan.sees("Now you", "Tell somebody of the team how it was for you")

        await ash.open("/news")
        await ash.sees("Rowan wrote to you")
        await ash.misses(LETTER)
        await ash.open("/help/for-you")
        await ash.sees(LETTER)
        await world.settle()
        arrived = await meadow.post(uri)
        assert arrived is not None
        assert "the night is long" in arrived.content
