"""Somebody in front of a browser: opens pages, reads them, fills in forms, presses what is there.

Every page on the way is held to what all pages promise: nothing is asked of another site, nothing
is wider than the window, and the browser has nothing to complain about.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Response

from node.web.cookies import session_cookie_name
from tests.world import House

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  return [...document.body.querySelectorAll('*')]
    .filter(one => one.getBoundingClientRect().right > width + 1)
    .map(one => `${one.tagName.toLowerCase()}.${one.className}`)
}"""


async def words(part: Locator) -> str:
    """What a part of a page shows, as one line."""
    return " ".join((await part.inner_text()).split())


@dataclass
class Window:
    """One person's window on one node."""

    house: House
    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The address of the page, without the node's origin."""
        return self.page.url.removeprefix(self.house.origin)

    async def open(self, path: str, status: int = 200) -> None:
        """Go to an address of the node."""
        await self._checked(await self.page.goto(self.house.origin + path), status)

    async def reload(self) -> None:
        await self._checked(await self.page.reload(), 200)

    async def press(self, name: str, within: Locator | None = None, status: int = 200) -> None:
        """Press the button with this name, which leads to a page."""
        await self._go((within or self.main).get_by_role("button", name=name, exact=True), status)

    async def follow(self, name: str, within: Locator | None = None) -> None:
        """Follow the link with this name."""
        await self._go((within or self.main).get_by_role("link", name=name, exact=True), 200)

    async def unfold(self, name: str, within: Locator | None = None) -> None:
        """Open the details with this summary."""
        await (within or self.main).locator("summary", has_text=name).first.click()

    async def fill(self, within: Locator | None = None, **fields: str) -> None:
        """Type into fields by their names; choose where there is a choice."""
        for name, value in fields.items():
            await self.put(within or self.main, name, value)

    async def put(self, within: Locator, name: str, value: str) -> None:
        radio = within.locator(f"input[type=radio][name={name}][value='{value}']")
        if await radio.count():
            await radio.check()
            return
        tick = within.locator(f"input[type=checkbox][name={name}]")
        if await tick.count():
            await tick.check()
            return
        box = within.locator(f"[name={name}]:visible")
        if await box.evaluate("one => one.tagName") == "SELECT":
            await box.select_option(value)
        else:
            await box.fill(value)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def post(self, text: str) -> Locator:
        """The innermost post with these words."""
        return self.page.locator("article.post", has_text=text).last

    async def sees(self, *texts: str) -> None:
        """All of this can be read."""
        shown = await words(self.page.locator("body"))
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{self.path} does not show {missing}, but: {shown}"

    async def misses(self, *texts: str) -> None:
        """Nothing of this can be read."""
        shown = await words(self.page.locator("body"))
        there = [text for text in texts if text in shown]
        assert not there, f"{self.path} shows {there}"

    async def sign_in(self, handle: str) -> None:
        """Come in by the back door, with a session that was opened already."""
        rooms = self.house.node.rooms

        def begin(uow: Any) -> str:
            account = uow.accounts.by_name(handle)
            return rooms.sessions.open(uow, account.id, "Firefox on Linux").token

        name = session_cookie_name(self.house.node.config)
        token = await rooms.db.write(begin)
        await self.page.context.add_cookies(
            [{"name": name, "value": token, "url": self.house.origin}]
        )

    async def _go(self, control: Locator, status: int) -> None:
        assert await control.count() == 1, f"{self.path} has {await control.count()} of {control}"
        # People here agree when they are asked whether other nodes may have copies.
        for box in await self.page.locator("input[name=federate]:not(:checked)").all():
            await box.check()
        async with self.page.expect_navigation() as led:
            await control.click()
        await self._checked(await led.value, status)

    async def _checked(self, response: Response | None, status: int) -> None:
        assert response is not None, self.path
        assert response.status == status, f"{self.path} was answered {response.status}"
        too_wide = await self.too_wide()
        assert not too_wide, f"{self.path} is wider than the window: {too_wide}"

    async def too_wide(self) -> list[str]:
        """Parts of the page that make it wider than the window."""
        found: list[str] = await self.page.evaluate(TOO_WIDE)
        return found

    def check(self) -> None:
        """Nothing was asked of anybody else, and the browser was content with every page."""
        elsewhere = [url for url in self.asked if not self._is_ours(url)]
        assert not elsewhere, f"other sites were asked for {elsewhere}"
        assert not self.complaints, self.complaints

    def _is_ours(self, url: str) -> bool:
        return url.startswith((f"{self.house.origin}/", "data:"))

    def hear(self, message: ConsoleMessage) -> None:
        # A page that is refused on purpose is "failed to load" to the console.
        on_purpose = "the server responded with a status of 4" in message.text
        if message.type in ("error", "warning") and not on_purpose:
            self.complaints.append(message.text)


@asynccontextmanager
async def open_window(
    browser: Browser,
    house: House,
    size: dict[str, int],
    *,
    scripts: bool = False,
    scale: float = 1,
) -> AsyncIterator[Window]:
    """A fresh window on a node, by default without JavaScript."""
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        java_script_enabled=scripts,
        device_scale_factor=scale,
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    window = Window(house, await context.new_page())
    context.on("request", lambda request: window.asked.append(request.url))
    context.on("console", window.hear)
    context.on("weberror", lambda error: window.complaints.append(str(error.error)))
    try:
        yield window
        window.check()
    finally:
        await context.close()
