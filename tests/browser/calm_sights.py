"""Every page of special days, and of being noticed."""

from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Come, Sight, at, refused

_DAYS, _DAY, _QUIET = "/days", "/days/{id}", "/settings/quiet"


def with_a_day(*follow: str) -> Come:
    """Somebody keeps a day, and goes on from the list by these links."""

    async def come(window: Window, _gallery: Gallery) -> None:
        await window.open(_DAYS)
        if not await window.main.get_by_role("link", name="Jonas, his birthday").count():
            await window.fill(title="Jonas, his birthday", kind="remembrance")
            await window.fill(day="1", month="12", year="1984", ahead="3")
            await window.press("Keep it")
        for name in follow:
            await window.follow(name)

    return come


CALM_SIGHTS = (
    Sight("days-empty", _DAYS, at(_DAYS), "june"),
    Sight("days-wrong", _DAYS, refused(_DAYS, "Keep it", title="Her day", day="40"), "june"),
    Sight("days", _DAYS, with_a_day(), "mara"),
    Sight("day", _DAY, with_a_day("Jonas, his birthday"), "mara"),
    Sight(
        "day-change",
        "/days/{id}/change",
        with_a_day("Jonas, his birthday", "Change the day"),
        "mara",
    ),
    Sight("quiet", _QUIET, at(_QUIET), "june"),
)
