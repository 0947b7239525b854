"""What the windows of these tests hold against a page is really held against it."""

import pytest
from playwright.async_api import Browser, Route

from tests.browser.inspection import violations
from tests.browser.keys import Keys
from tests.browser.person import DESKTOP, PHONE, open_window
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_leaving_tells_nobody_where_one_was(browser: Browser, world: World) -> None:
    """The way out works without scripts, and it is the only thing that asks another site."""
    harbour, _ = world
    referrers = []

    async def wikipedia(route: Route) -> None:
        referrers.append(await route.request.header_value("referer"))
        await route.fulfill(body="an encyclopedia", content_type="text/plain")

    async with open_window(browser, harbour, PHONE) as visitor:
        await visitor.page.context.route("https://www.wikipedia.org/**", wikipedia)
        await visitor.open("/help")
        visitor.check()
        async with visitor.page.expect_navigation(url="https://www.wikipedia.org/"):
            await visitor.page.get_by_role("link", name="Leave this site").click()
        assert referrers[0] is None
        with pytest.raises(AssertionError, match="other sites were asked for"):
            visitor.check()
        visitor.asked.clear()


async def test_what_is_too_wide_is_found(browser: Browser, world: World) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, PHONE, scripts=True) as visitor:
        await visitor.open("/help")
        assert await visitor.too_wide() == []
        await visitor.page.evaluate("document.querySelector('h1').style.width = '330px'")
        assert await visitor.too_wide() == ["h1."]


async def test_what_the_browser_complains_of_is_heard(browser: Browser, world: World) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, PHONE, scripts=True) as visitor:
        await visitor.open("/help")
        picture = "document.body.append(Object.assign(new Image(), {src: 'https://sea.example/'}))"
        await visitor.page.evaluate(picture)
        await visitor.page.wait_for_function("document.images[document.images.length - 1].complete")
        with pytest.raises(AssertionError, match=r"asked for \['https://sea.example/'\]"):
            visitor.check()
        visitor.asked.clear()
        with pytest.raises(AssertionError, match="Content Security Policy"):
            visitor.check()
        visitor.complaints.clear()


async def test_a_stop_that_does_not_show_is_found(browser: Browser, world: World) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, DESKTOP, scripts=True) as visitor:
        await visitor.open("/help")
        keys = Keys(visitor)
        await keys.to("Groups")
        await visitor.page.evaluate("document.querySelector('.now').style.outline = 'none'")
        with pytest.raises(AssertionError, match="has no visible focus"):
            await keys.to("Get help now")


async def test_what_axe_finds_is_told(browser: Browser, world: World) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, DESKTOP, scripts=True) as visitor:
        await visitor.open("/help")
        assert await violations(visitor.page) == []
        await visitor.page.evaluate(
            """() => {
              const main = document.querySelector('main')
              main.append(document.createElement('input'), 'faint words')
              main.style.color = '#ccc'
            }"""
        )
        found = await violations(visitor.page)
        assert {one.partition(":")[0] for one in found} == {"color-contrast", "label"}
