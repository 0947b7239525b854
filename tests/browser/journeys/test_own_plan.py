"""One's own plan on a bad night: as a file that needs neither a connection nor a script, and as a
copy in the browser for whoever ticked that, which is gone when they sign out or leave.
"""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Error

from tests.browser.person import PHONE, Window, open_window
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]

KEPT = """async () => {
  await navigator.serviceWorker.ready
  while (!await caches.match(location.origin + '/plan', {cacheName: 'kith-plan'})) {
    await new Promise(requestAnimationFrame)
  }
}"""
FOUND = "async () => Boolean(await caches.match(location.origin + '/plan'))"
WORDS = "Walk round the pond"


async def written(window: Window, who: str) -> None:
    """Somebody has a plan."""
    await window.sign_in(who)
    await window.open("/plan/change")
    await window.fill(myself=WORDS, ask="Sam, next door")
    await window.press("Keep it")


async def ticked(window: Window) -> None:
    """They read who else can open it, and want it all the same."""
    await window.sees("Anybody who uses this browser can open and read it there")
    await window.fill(keep="yes")
    await window.press("Keep it here")
    await window.page.evaluate(KEPT)


async def without_a_connection(window: Window, path: str) -> str:
    """What the browser shows at an address; nothing where it cannot show anything."""
    await window.page.context.set_offline(True)
    try:
        await window.page.goto(window.house.origin + path)
        return await window.page.locator("body").inner_text()
    except Error:  # it cannot show the page
        return ""
    finally:
        window.complaints.clear()
        await window.page.context.set_offline(False)


@pytest.mark.parametrize("scripts", [False, True], ids=["plain", "scripts"])
async def test_a_plan_is_saved_as_a_file_that_stands_alone(
    browser: Browser, world: World, tmp_path: Path, scripts: bool
) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, PHONE, scripts=scripts) as ash:
        await written(ash, "ash")
        async with ash.page.expect_download() as saving:
            await ash.main.get_by_role("link", name="Save my plan as a file").click()
        saved = await saving.value
        assert saved.suggested_filename == "notes.html"
        await saved.save_as(tmp_path / "notes.html")
    async with open_window(browser, harbour, PHONE) as alone:
        await alone.page.context.set_offline(True)
        await alone.page.goto((tmp_path / "notes.html").as_uri())
        assert await alone.page.title() == "Notes"
        await alone.sees(WORDS, "Sam, next door", "If you are in danger right now")
        assert not await alone.too_wide()
        asked = [url for url in alone.asked if not url.startswith("file:")]
        assert asked == [], "the file asks nobody for anything"
        alone.asked.clear()


async def test_a_plan_is_kept_only_where_that_was_asked_for(browser: Browser, world: World) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, PHONE, scripts=True) as ash:
        await written(ash, "ash")
        await ash.open("/help")
        await ash.open("/plan")
        assert not await ash.page.evaluate(FOUND)
        assert WORDS not in await without_a_connection(ash, "/plan")
        await ash.open("/plan")
        await ticked(ash)
        assert WORDS in await without_a_connection(ash, "/plan")
        await ash.open("/plan")
        await ash.press("Do not keep it here")
        assert not await ash.page.evaluate(FOUND)
        assert WORDS not in await without_a_connection(ash, "/plan")


@pytest.mark.parametrize("way", ["sign-out", "leave"])
async def test_a_kept_plan_is_there_at_night_and_gone_with_its_person(
    browser: Browser, world: World, way: str
) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, PHONE, scripts=True) as ash:
        await written(ash, "ash")
        await ticked(ash)
        assert "Sam, next door" in await without_a_connection(ash, "/plan")
        await ash.open("/plan")
        if way == "sign-out":
            await ash.press("Sign out", ash.page.locator("header"))
        else:
            # Where it leads is another site, which nobody asks here: only our own answer counts.
            link = ash.page.get_by_role("link", name="Leave this site")
            assert await link.get_attribute("href") == "/leave"
            await ash.page.evaluate("async () => { await fetch('/leave', {redirect: 'manual'}) }")
            ash.asked.clear()
        await ash.open("/sign-in")
        assert not await ash.page.evaluate(FOUND)
        assert WORDS not in await without_a_connection(ash, "/plan")
