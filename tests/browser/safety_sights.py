"""Every page of safety: blocking somebody, whom one blocked, vouching; what one reads less of. Wren
blocked Petra."""

from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Sight, at, refused

_BLOCK, _LIST, _PERSONA = "/personas/{handle}/block", "/settings/blocks", "/personas/{handle}"

_LESS, _FILTERS = "/personas/{handle}/read-less", "/settings/filters"


async def reads_less(window: Window, _gallery: Gallery) -> None:
    """Somebody and something that one would rather not meet."""
    await window.open("/personas/mara/read-less")
    await window.fill(span="week")
    await window.press("Read less", window.main.locator("form"))
    await window.fill(words="cookbook", becomes="warn", span="month")
    await window.press("Add")


async def folded(window: Window, _gallery: Gallery) -> None:
    """The start page with a thread that is folded away."""
    await window.open("/settings/filters")
    await window.fill(words="the", becomes="warn", span="day")
    await window.press("Add")
    await window.open("/")


SAFETY_SIGHTS = (
    Sight("block", _BLOCK, at("/personas/ines/block"), "ash"),
    Sight("block-elsewhere", _BLOCK, at("/personas/mara@{harbour}/block"), "odile", "meadow"),
    Sight("block-oneself", _BLOCK, refused("/personas/ash/block", "Block"), "ash"),
    Sight("blocks-empty", _LIST, at("/settings/blocks"), "ash"),
    Sight("blocks", _LIST, at("/settings/blocks?note=blocked"), "wren", "meadow"),
    Sight("filters-empty", _FILTERS, at(_FILTERS), "june"),
    Sight("filters-wrong", _FILTERS, refused(_FILTERS, "Add", words=" "), "june"),
    Sight("filters", _FILTERS, reads_less, "tobias"),
    Sight("start-folded", "/", folded, "tobias"),
    Sight("read-less", _LESS, at("/personas/mara/read-less"), "june"),
    Sight("read-less-oneself", _LESS, refused("/personas/june/read-less", "Read less"), "june"),
    Sight("persona-blocked", _PERSONA, at("/personas/petra"), "wren", "meadow"),
    Sight("persona-to-vouch-for", _PERSONA, at("/personas/june"), "rowan"),
)
