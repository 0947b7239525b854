"""Everything on the main path is done with the keyboard alone, and one always sees where one is."""

import pytest
from playwright.async_api import Browser

from node.demo.communities import PASSWORD
from tests.browser.gallery import COAT
from tests.browser.keys import Keys
from tests.browser.person import DESKTOP, PHONE, open_window
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_the_main_path_needs_no_mouse(
    browser: Browser, world: World, size: dict[str, int]
) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, size) as fern:
        keys = Keys(fern)
        await fern.open("/")
        assert (await keys.tab())["name"] == "Skip to the content"
        await fern.page.keyboard.press("Enter")
        assert (await keys.tab())["name"] == "Make an account", "the skip link skips nothing"
        await keys.go("Sign in")
        await keys.type("Sign-in name", "fern")
        await keys.type("Password", PASSWORD)
        await fern.page.keyboard.press("Tab")
        async with fern.page.expect_navigation():
            await fern.page.keyboard.press("Space")
        await fern.sees("Hello, Fern")
        await keys.go(COAT)
        await keys.to("Content warning: loss of a husband")
        await fern.page.keyboard.press("Enter")
        await fern.sees("It has been eleven months.")
        await keys.to("Send support")
        await fern.page.keyboard.press("Space")
        await keys.go("I hear you")
        await fern.sees("I hear you")
        await keys.type("Your reply", "I read this twice, Mara.")
        await keys.to("I agree that what I write in this group is copied")
        await fern.page.keyboard.press("Space")
        await keys.go("Reply")
        await fern.sees("Your post is there.", "I read this twice, Mara.")


async def test_a_form_that_is_refused_leads_to_its_field(browser: Browser, world: World) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, DESKTOP) as visitor:
        await visitor.open("/sign-up")
        await visitor.fill(name="lamplight", password="short", display_name="L", handle="lamp")
        await visitor.fill(agrees="yes")
        await visitor.press("Make an account", status=422)
        keys = Keys(visitor)
        await keys.to("Use at least 10 characters")
        await visitor.page.keyboard.press("Enter")
        assert await visitor.page.evaluate("document.activeElement.id") == "field-password"
        described = await visitor.page.locator("#field-password").get_attribute("aria-describedby")
        assert described == "hint-password error-password"
