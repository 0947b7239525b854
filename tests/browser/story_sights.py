"""Pages of stories: reading them, telling one, taking it back, gathering them."""

from node.demo.communities import PASSWORD
from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Sight, at, refused, unfolded

_SHELF, _STORY, _GATHERED = "/stories", "/stories/{id}", "/stories/collections/{id}"
_NEW, _MINE, _ONE = "/stories/new", "/stories/mine", "/stories/mine/{id}"
_EDIT, _KEEP, _CHANGE = f"{_ONE}/edit", "/groups/{handle}/stories", f"{_GATHERED}/edit"
_NO_CARD = "a card that is nowhere"
_BACK = "/stories/take-back"


async def shown_what_i_told(window: Window, gallery: Gallery) -> None:
    """With the right password, in a browser that is signed in nowhere, some time after others tried
    wrong ones."""
    gallery.two.world.clock.advance(minutes=5)
    await window.open(_BACK)
    await window.fill(name="ash", password=PASSWORD)
    await window.press("Show what I told")


STORY_SIGHTS = (
    Sight("stories-visitor", _SHELF, at(_SHELF)),
    Sight("stories", _SHELF, at(_SHELF), "ash"),
    Sight("stories-none", _SHELF, at(_SHELF), house="empty"),
    Sight("stories-none-like-that", _SHELF, at("/stories?topic=veterans"), "ash"),
    Sight("stories-end", _SHELF, at("/stories?before=1"), "ash"),
    Sight("story", _STORY, at("/stories/{told_lamp}")),
    Sight("story-own", _STORY, at("/stories/{told_lamp}"), "ash"),
    Sight("story-warning", _STORY, unfolded("/stories/{told_hard}", "Content warning:"), "june"),
    Sight("collection-of-stories", _GATHERED, at("/stories/collections/{winters}")),
    Sight("collection-of-stories-keeper", _GATHERED, at("/stories/collections/{winters}"), "fern"),
    Sight("story-new", _NEW, unfolded(_NEW, "What helped (up to 6)"), "ash"),
    Sight("story-new-wrong", _NEW, refused(_NEW, "Keep the draft", cards=_NO_CARD), "ash"),
    Sight("story-new-no-group", _NEW, at(_NEW), "petra", "meadow"),
    Sight("story-back", _BACK, at(_BACK)),
    Sight(
        "story-back-wrong",
        _BACK,
        refused(_BACK, "Show what I told", name="ash", password="no"),
    ),
    Sight("story-back-told", _BACK, shown_what_i_told),
    Sight("stories-own", _MINE, at(_MINE), "ash"),
    Sight("stories-own-none", _MINE, at(_MINE), "wren", "meadow"),
    Sight("story-draft", _ONE, at("/stories/mine/{story_draft}?note=story-kept"), "ash"),
    Sight("story-offered", _ONE, at("/stories/mine/{story_offered}?note=story-offered"), "ash"),
    Sight("story-told", _ONE, at("/stories/mine/{story_told}?note=story-told"), "ash"),
    Sight("story-gone", _ONE, at("/stories/mine/{story_gone}"), "ash"),
    Sight("story-no-yes", _ONE, refused("/stories/mine/{story_offered}", "Tell it"), "ash"),
    Sight("story-edit", _EDIT, at("/stories/mine/{story_draft}/edit"), "ash"),
    Sight("story-change", _EDIT, at("/stories/mine/{story_told}/edit"), "ash"),
    Sight("stories-of-group", _KEEP, at("/groups/newcomers/stories"), "rowan"),
    Sight("stories-of-group-none", _KEEP, at("/groups/circle/stories"), "rowan"),
    Sight(
        "stories-of-group-wrong",
        _KEEP,
        refused("/groups/circle/stories", "Begin it", title=" "),
        "rowan",
    ),
    Sight("collection-edit", _CHANGE, at("/stories/collections/{winters}/edit"), "fern"),
)
