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
LOOKED_AT = {("phone", "light"), ("desktop", "dark")}
"""Colours do not depend on the size, so that these two see what four would."""
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
AXE = Axe()


def shots_folder(otherwise: Path) -> Path:
    """Where pictures go: KITH_TEST_SHOTS, or a folder that pytest clears away."""
    folder = Path(os.environ.get("KITH_TEST_SHOTS") or otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def inspect(window: Window, name: str, folder: Path) -> list[str]:
    """What is wrong with the page, on a phone and on a desktop, in light and in dark. Pictures of
    all four go to `folder` as NAME-SIZE-SCHEME.png; axe-core looks at each size and each scheme."""
    page, wrong = window.page, []
    for size_name, size in SIZES.items():
        await page.set_viewport_size({"width": size["width"], "height": size["height"]})
        wrong += [f"{size_name}: too wide: {one}" for one in await window.too_wide()]
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if (size_name, scheme) in LOOKED_AT:
                found = await violations(page)
                wrong += [f"{size_name}, {scheme}: {violation}" for violation in found]
            path = folder / f"{name}-{size_name}-{scheme}.png"
            await page.screenshot(path=path, full_page=True)
    return wrong


async def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, with its target-size rule, which is off by default."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.axe_script)
    found = await page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
