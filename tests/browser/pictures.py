"""Makes the pictures of docs/images from two running nodes:

    python -m tests.browser.pictures

People of both nodes talk in one thread, and the browser shows it as each side sees it. Only the
addresses are touched up: two nodes on one machine are told apart by port, two communities by name.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser

from migrations.upgrade import upgrade
from node.demo.communities import Visit
from tests.browser.chromium import find_chromium, open_chromium
from tests.browser.gallery import BIRTHDAY, meet
from tests.browser.houses import Two, thread_called, two_houses
from tests.browser.person import open_window
from tests.world import House

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
SCALE = 1.5
CANDLE = (
    "We light a blue candle at breakfast and let it burn until night, without a speech. The first "
    "year I thought that it was not enough. It was."
)
TOUCH_UP = """names => {
  document.documentElement.style.fontFamily = '"Liberation Sans", Arial, sans-serif'
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let one = words.nextNode(); one; one = words.nextNode())
    for (const [authority, name] of Object.entries(names))
      one.data = one.data.replaceAll(authority, name)
}"""


@dataclass(frozen=True)
class Picture:
    """What is shown, to whom, and how much of it."""

    name: str
    house: House
    who: str
    path: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"


async def talk(two: Two) -> tuple[str, str]:
    """Linnea and Odile of Meadow answer Ash of Harbour; the thread's id here and there."""
    clock, (harbour, meadow) = two.world.clock, two.world
    await meet(two)
    clock.advance(hours=20)
    candle = Visit(
        visitor="linnea", group="grief", title=BIRTHDAY, text=CANDLE, reaction="hear-you"
    )
    said = await two.visit(two.meadow, two.harbour, candle)
    clock.advance(hours=2)
    thanks = await answer(two, harbour, "ash", said, "A candle I can do. Thank you, Linnea.")
    await answer(two, meadow, "odile", thanks, "I will light one on Sunday, too.")
    thread = await thread_called(two.harbour, "ash", two.harbour.groups["grief"], BIRTHDAY)
    for who, kind in (("mara", "hear-you"), ("tobias", "me-too"), ("fern", "strength")):
        await harbour.ok("PUT", f"/api/kith/v1/posts/{thread}/reaction", who, {"kind": kind})
    await two.world.settle()
    clock.advance(minutes=25)
    return thread, await id_at(meadow, f"{harbour.origin}/posts/{thread}")


async def answer(two: Two, house: House, who: str, to: str, text: str) -> str:
    """Somebody answers the post with the URI `to`; the URI of the reply, which both nodes have."""
    two.world.clock.advance(minutes=9)
    path = f"/api/kith/v1/posts/{await id_at(house, to)}/replies"
    made = await house.ok("POST", path, who, {"text": text})
    await two.world.settle()
    uri: str = made["uri"]
    return uri


async def id_at(house: House, uri: str) -> str:
    """The id of a post on one of the nodes."""
    post = await house.post(uri)
    assert post is not None, uri
    return str(post.id)


async def take(browser: Browser, picture: Picture, names: dict[str, str]) -> None:
    """Opens the page as its reader sees it, and keeps what is above the fold of the picture."""
    size = {"width": picture.width, "height": picture.height}
    async with open_window(browser, picture.house, size, scripts=True, scale=SCALE) as window:
        await window.sign_in(picture.who)
        await window.page.emulate_media(color_scheme=picture.scheme, reduced_motion="reduce")
        await window.open(picture.path)
        await window.page.evaluate(TOUCH_UP, names)
        await window.page.screenshot(path=IMAGES / f"{picture.name}.png")


async def main() -> None:
    """All pictures, each time anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.sqlite3"
        upgrade(f"sqlite:///{template}")
        async with (
            open_chromium(find_chromium()) as browser,
            two_houses(Path(folder), template) as two,
        ):
            harbour, meadow = two.world
            names = {harbour.authority: "riverside.example", meadow.authority: "carers.example"}
            here, there = await talk(two)
            for picture in (
                Picture("thread-desktop", harbour, "fern", f"/threads/{here}", 960, 1172),
                Picture("thread-phone", meadow, "odile", f"/threads/{there}", 390, 844, "dark"),
            ):
                await take(browser, picture, names)


if __name__ == "__main__":
    asyncio.run(main())
