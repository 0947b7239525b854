"""Pages of circles: in each state of their life, empty, and with something amiss."""

from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Sight, at, refused, unfolded

_ALL, _NEW, _WAIT = "/circles", "/circles/new", "/circles/wait"
_JOIN, _SCRIPTS, _ONE = "/circles/join/{code}", "/circles/scripts", "/circles/{id}"
_WRITE, _BYE = "/circles/{id}/write", "/circles/{id}/goodbye"
_LEAVE, _QUESTIONS = "/circles/{id}/leave", "/circles/{id}/questions"


def into(state: str, after: str = "", path: str = "") -> Sight:
    """The page of the circle in a state, as ash sees it."""
    number = "{circle_" + state + "}"
    return Sight(f"circle-{state}{after}", _ONE, at(f"/circles/{number}{path}"), "ash")


async def invites(window: Window, gallery: Gallery) -> None:
    """A new link, which is shown this once."""
    await window.open(f"/circles/{gallery.posts['circle_gathering']}")
    await window.press("Make a link")


async def wrong(window: Window, gallery: Gallery, page: str, button: str, **fields: str) -> None:
    """A form of the running circle that is not taken."""
    path = f"/circles/{gallery.posts['circle_running']}/{page}"
    await refused(path, button, **fields)(window, gallery)


async def few_questions(window: Window, gallery: Gallery) -> None:
    await wrong(window, gallery, "questions", "Save", text="How are you?")


async def no_words(window: Window, gallery: Gallery) -> None:
    await wrong(window, gallery, "write", "Post", title="Moon", text=" ")


CIRCLE_SIGHTS = (
    Sight("circles", _ALL, at("/circles?note=circle-left"), "ash"),
    Sight("circles-empty", _ALL, at("/circles"), "wren", "meadow"),
    Sight("circles-waiting", _ALL, at("/circles"), "fern"),
    Sight("circles-new", _NEW, at(_NEW), "ash"),
    Sight("circles-new-wrong", _NEW, refused(_NEW, "Start it", name=" "), "ash"),
    Sight("circles-wait", _WAIT, at(_WAIT), "ash"),
    Sight("circles-wait-change", _WAIT, at(_WAIT), "fern"),
    Sight("circles-wait-wrong", _WAIT, refused(_WAIT, "Wait for a circle"), "ash"),
    Sight("circles-join", _JOIN, at("/circles/join/{circle_code}"), "june"),
    Sight("circles-scripts", _SCRIPTS, at(_SCRIPTS), "ash"),
    Sight("circles-scripts-open", _SCRIPTS, unfolded(_SCRIPTS, "Read all 28 questions"), "ash"),
    Sight("circles-scripts-wrong", _SCRIPTS, refused(_SCRIPTS, "Add", text="Name: Short"), "rowan"),
    *map(into, ("running", "asking", "paused", "closing", "closed", "gathering")),
    Sight("circle-link", _ONE, invites, "ash"),
    Sight("circle-knocked", _ONE, at("/circles/{circle_knocked}"), "june"),
    Sight("circle-asked", _ONE, at("/circles/{circle_asked}"), "june"),
    Sight("circle-not-there", _ONE, at("/circles/{circle_running}", 404), "june"),
    Sight("circle-write", _WRITE, at("/circles/{circle_running}/write"), "ash"),
    Sight("circle-write-wrong", _WRITE, no_words, "ash"),
    Sight("circle-goodbye", _BYE, at("/circles/{circle_closing}/goodbye"), "ash"),
    Sight("circle-goodbye-early", _BYE, at("/circles/{circle_running}/goodbye"), "ash"),
    Sight("circle-goodbye-late", _BYE, at("/circles/{circle_closed}/goodbye"), "ash"),
    Sight("circle-leave", _LEAVE, at("/circles/{circle_running}/leave"), "fern"),
    Sight("circle-questions", _QUESTIONS, at("/circles/{circle_running}/questions"), "ash"),
    Sight("circle-questions-wrong", _QUESTIONS, few_questions, "ash"),
    Sight(
        "circle-questions-not-allowed",
        _QUESTIONS,
        at("/circles/{circle_running}/questions", 403),
        "fern",
    ),
)
