"""A look at a page as it is: what axe-core finds, whether it fits, and a picture of it."""

import os
from pathlib import Path
from typing import Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.person import DESKTOP, PHONE, Window

Scheme = Literal["light", "dark"]
SIZES = {"phone": PHONE, "desktop": DESKTOP}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
_ALL: dict[str, object] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
    # Style sheets would be fetched again for a rule that is off.
    "preload": False,
}
_OF_LOOKS = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable")
LOOKED_AT: dict[tuple[str, Scheme], dict[str, object]] = {
    ("phone", "light"): _ALL,
    ("desktop", "dark"): _ALL | {"runOnly": {"type": "rule", "values": _OF_LOOKS}},
}
"""Colours do not depend on the size, so that these two see what four would; and what a page is made
of depends on neither, so that the second look asks only for what one sees."""
AXE = Axe()


def shots_folder() -> Path | None:
    """Where pictures go: KITH_TEST_SHOTS. Without it none are taken, and time is saved."""
    if not (named := os.environ.get("KITH_TEST_SHOTS")):
        return None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def inspect(window: Window, name: str, folder: Path | None) -> list[str]:
    """What is wrong with the page, on a phone and on a desktop, in light and in dark: axe-core
    looks at each size and each scheme. Pictures of all four go to `folder`, where there is one, as
    NAME-SIZE-SCHEME.png."""
    page, wrong = window.page, []
    for size_name, size in SIZES.items():
        await page.set_viewport_size({"width": size["width"], "height": size["height"]})
        wrong += [f"{size_name}: too wide: {one}" for one in await window.too_wide()]
        for scheme in SCHEMES:
            options = LOOKED_AT.get((size_name, scheme))
            if not options and not folder:
                continue
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if options:
                found = await violations(page, options)
                wrong += [f"{size_name}, {scheme}: {violation}" for violation in found]
            if folder:
                path = folder / f"{name}-{size_name}-{scheme}.png"
                await page.screenshot(path=path, full_page=True)
    return wrong


async def violations(page: Page, options: dict[str, object] = _ALL) -> list[str]:
    """What axe-core finds on the page, with its target-size rule, which is off by default."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.axe_script)
    found = await page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
