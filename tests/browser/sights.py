"""What a sight is, one page in one state, and the ways in which people come to see it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.browser.gallery import Gallery
from tests.browser.person import Window

Come = Callable[[Window, Gallery], Awaitable[None]]


@dataclass(frozen=True)
class Sight:
    """One page in one state, as `who` sees it. `route` is the address that it is a sight of."""

    name: str
    route: str
    come: Come
    who: str | None = None
    house: str = "harbour"
    scripts: int = 0


def at(path: str, status: int = 200) -> Come:
    """Open an address; `{coat}` in it is the id of the post that the gallery calls so, `{harbour}`
    where a house is, `{link}` the first administrator's link."""

    async def come(window: Window, gallery: Gallery) -> None:
        names = {name: house.authority for name, house in gallery.houses.items()}
        await window.open(path.format(**gallery.posts, **names, link=gallery.link), status)

    return come


def unfolded(path: str, *summaries: str) -> Come:
    """The same with everything opened that stands behind these words."""

    async def come(window: Window, gallery: Gallery) -> None:
        await at(path)(window, gallery)
        for summary in summaries:
            await window.unfold(summary)

    return come


def refused(path: str, button: str, *summaries: str, **fields: str) -> Come:
    """A form that is filled in, also behind these words, and not taken."""

    async def come(window: Window, gallery: Gallery) -> None:
        await unfolded(path, *summaries)(window, gallery)
        # What a browser would not let through by itself comes from elsewhere, too.
        await window.page.evaluate(
            "document.querySelectorAll('form').forEach(form => form.noValidate = true)"
        )
        control = window.page.get_by_role("button", name=button, exact=True)
        form = window.main.locator("form", has=control)
        await window.fill(form, **fields)
        await window.press(button, form, 422)

    return come


async def session_lost(window: Window, gallery: Gallery) -> None:
    """Words that were typed while the session ended."""
    await at("/threads/{night}")(window, gallery)
    await window.fill(text="I sit by the window until the baker opens. It helps to see a light.")
    await window.page.context.clear_cookies()
    await window.press("Reply", window.main.locator("section form.card"), 401)


async def many_tries(window: Window, gallery: Gallery) -> None:
    """A wrong password once too often."""
    await window.open("/sign-in")
    for status in (422, 422, 422, 429):
        await window.fill(name="odile_winter", password="not this one")
        await window.press("Sign in", status=status)
