"""Somebody who needs help now: a stranger on a phone, signed out, with and without JavaScript, and
without a connection where a browser can keep pages; and a member whose draft sounds very hard.
"""

from functools import partial

import pytest
from playwright.async_api import Browser, expect

from tests.browser.person import DESKTOP, PHONE, Window, open_window
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]

# Asked until all of it is kept. `wait_for_function` does not wait for what is promised.
KEPT = """async () => {
  const wanted = ['/help', '/help/steps', '/help/in/GB', '/help/card/GB']
  for (const one of document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"]')) {
    wanted.push(one.href)
  }
  await navigator.serviceWorker.ready
  const kept = await caches.open('kith-help')
  const missing = async () => {
    for (const one of wanted) if (!await kept.match(one)) return true
    return false
  }
  while (await missing()) await new Promise(requestAnimationFrame)
}"""
STEP = "I will write to somebody I trust now, before I do anything else."
HARD = "I want to die tonight"


@pytest.mark.parametrize("scripts", [False, True], ids=["plain", "scripts"])
async def test_a_stranger_takes_one_step(browser: Browser, world: World, scripts: bool) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, PHONE, scripts=scripts) as lost:
        await lost.open("/help/in/GB")
        await lost.sees("Call 999", "Call 116 123", "Nobody here learns that you looked")
        await take_a_step(lost)


async def take_a_step(lost: Window) -> None:
    """One question on a screen, and none of the answers leaves the browser."""
    await lost.follow("Something stops me from asking for help")
    asked = list(lost.asked)
    for link in (
        "I do not want to be a burden",
        "Think of one small step",
        "I will write to somebody I trust",
        "now, before I do anything else",
    ):
        here = lost.main.locator("section:visible").get_by_role("link", name=link, exact=True)
        await expect(here, f"{lost.path} with {lost.asked}").to_have_count(1)
        await here.click()
    await expect(lost.main.locator("section:visible")).to_have_count(1)
    await lost.sees(STEP)
    # What a browser keeps for later it fetches once more, whatever somebody chose.
    kept = ("/help", "/help/steps", "/help/in/GB", "/help/card/GB")
    later = [url.removeprefix(lost.house.origin) for url in lost.asked[len(asked) :]]
    sent = [url for url in later if "/static/" not in url and url not in kept]
    assert sent == [], "no choice was sent anywhere"


async def test_invariant_05_help_without_a_connection(browser: Browser, world: World) -> None:
    harbour, _ = world
    async with open_window(browser, harbour, PHONE, scripts=True) as lost:
        await lost.open("/help/in/GB")
        await lost.page.evaluate(KEPT)
        await lost.page.context.set_offline(True)
        await lost.open("/help")
        await lost.sees("Get help now", "If you or someone else is in danger right now")
        await take_a_step(lost)
        await lost.page.context.set_offline(False)


@pytest.mark.parametrize("scripts", [False, True], ids=["plain", "scripts"])
async def test_a_member_whose_draft_is_hard_is_shown_help_and_nobody_else(
    browser: Browser, world: World, scripts: bool
) -> None:
    harbour, meadow = world
    opened = partial(open_window, browser, harbour, DESKTOP, scripts=scripts)
    async with opened() as ash, opened() as fern:
        await ash.sign_in("ash")
        await ash.open("/groups/grief/new")
        await ash.fill(title="Tonight", text=HARD)
        await ash.press("Publish", status=422)
        await ash.sees("This sounds very hard")
        assert await ash.main.locator("textarea[name=text]").input_value() == HARD
        await ash.open("/help")
        await ash.open("/groups/grief/new")
        await ash.fill(title="Tonight", text=HARD)
        await ash.press("Publish", status=422)
        await ash.press("Publish")
        await ash.sees(HARD, "A person of the team looks before other nodes get it")
        await world.settle()
        await fern.sign_in("fern")
        await fern.open(ash.path.partition("?")[0])
        await fern.sees(HARD)
        await fern.misses("A person of the team looks", "This sounds very hard")
        number = ash.path.partition("?")[0].rpartition("/")[2]
        assert await meadow.post(f"{harbour.origin}/posts/{number}") is None
