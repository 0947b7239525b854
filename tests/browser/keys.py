"""Hands on the keyboard and none on the mouse: from stop to stop, each of which must show."""

from dataclasses import dataclass
from typing import Any

from tests.browser.person import Window

STOPS = 60
"""More than any page of the path has."""

FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one)
  const box = one.getBoundingClientRect()
  const label = one.labels && one.labels.length ? one.labels[0].innerText : ''
  return {
    name: (label || one.innerText || one.value || '').replace(/\\s+/g, ' ').trim(),
    tag: one.tagName,
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    is_in_sight: box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
  }
}"""


@dataclass
class Keys:
    """Tabs through a window, types, and goes where a link or a button leads."""

    window: Window

    async def tab(self) -> dict[str, Any]:
        """To the next stop, which must show that it is one."""
        await self.window.page.keyboard.press("Tab")
        found: dict[str, Any] = await self.window.page.evaluate(FOCUSED)
        assert found["outline"] >= 2, f"{self.window.path}: {found} has no visible focus"
        assert found["is_in_sight"], f"{self.window.path}: {found} is out of sight"
        return found

    async def to(self, name: str) -> None:
        """On to the next control whose name begins so."""
        passed = []
        for _ in range(STOPS):
            found = await self.tab()
            if found["name"].startswith(name):
                return
            passed.append(found["name"])
        raise AssertionError(f"{self.window.path}: no way to {name} by way of {passed}")

    async def type(self, name: str, words: str) -> None:
        await self.to(name)
        await self.window.page.keyboard.type(words)

    async def go(self, name: str) -> None:
        """To a link or a button, and through it."""
        await self.to(name)
        async with self.window.page.expect_navigation():
            await self.window.page.keyboard.press("Enter")
