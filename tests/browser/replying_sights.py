"""Pages of who waits for a reply, of a second look, of what helped, and of the rules for words."""

from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Sight, at, refused, unfolded

_QUEUE, _REPLY, _WORDS = "/needs-a-reply", "/posts/{id}/reply", "/moderation/reply-words"
_KIND, _GIVEN, _TIMES = f"{_QUEUE}/kind-words", f"{_QUEUE}/given", "/groups/{handle}/answers"
_NEXT = f"{_QUEUE}/next"


async def _second_look(window: Window, gallery: Gallery) -> None:
    """What sounds like advice, before it is sent."""
    await at("/posts/{chair}/reply?queue=1")(window, gallery)
    await window.fill(text="You should take the chair away. Have you tried a walk?")
    await window.press("Reply")


REPLYING_SIGHTS = (
    Sight("queue", _QUEUE, at(f"{_QUEUE}?note=answered"), "ash"),
    Sight("queue-choices", _QUEUE, unfolded(_QUEUE, "Choose what to see"), "ash"),
    Sight("queue-filtered", _QUEUE, at(_QUEUE), "fern"),
    Sight("queue-narrowed-empty", _QUEUE, at(f"{_QUEUE}?wanted=celebrate"), "ash"),
    Sight("queue-empty", _QUEUE, at(_QUEUE), "petra", "meadow"),
    Sight("queue-next", _NEXT, at(_NEXT), "ash"),
    Sight("reply-second-look", _REPLY, _second_look, "ash"),
    Sight("kind-words", _KIND, at(_KIND), "rowan"),
    Sight("kind-words-offer", _KIND, at(_KIND), "june"),
    Sight("given", _GIVEN, at(_GIVEN), "rowan"),
    Sight("given-empty", _GIVEN, at(_GIVEN), "june"),
    Sight("thread-helped", "/threads/{id}", at("/threads/{evening}?note=helped"), "ash"),
    Sight("times", _TIMES, at("/groups/evenings/answers"), "rowan"),
    Sight("times-too-few", _TIMES, at("/groups/circle/answers"), "rowan"),
    Sight("times-not-allowed", _TIMES, at("/groups/evenings/answers", 403), "ash"),
    Sight("reply-words", _WORDS, at(_WORDS), "rowan"),
    Sight(
        "reply-words-wrong",
        _WORDS,
        refused(_WORDS, "Save", text="you should"),
        "rowan",
    ),
)
