"""Every page of goals and of buddies: full, empty, and with something that is not right."""

from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Come, Sight, at, refused

_GOAL, _ENTRY, _PAIR = "/goals/{id}", "/goals/{id}/entries/{entry}", "/buddies/{id}"
_NEW, _ASK, _CODE, _JOIN = "/goals/new", "/buddies/ask", "/buddies/code", "/buddies/join"
_HARD = "/buddies/hard-moment"
_MINE = "/goals/{goal}"


def pressed(path: str, button: str, status: int = 200) -> Come:
    """The page that comes after a button."""

    async def come(window: Window, gallery: Gallery) -> None:
        await at(path)(window, gallery)
        await window.press(button, status=status)

    return come


WALKING_SIGHTS = (
    Sight("goals-empty", "/goals", at("/goals"), "june"),
    Sight("goals", "/goals", at("/goals?note=goal-made"), "fern"),
    Sight("goal-new", _NEW, at(_NEW), "june"),
    Sight("goal-new-wrong", _NEW, refused(_NEW, "Save", words="", began="2999-01-01"), "june"),
    Sight("goal", _GOAL, at(_MINE), "fern"),
    Sight("goal-resting", _GOAL, at("/goals/{walks}"), "fern"),
    Sight("goal-edit", f"{_GOAL}/edit", at(f"{_MINE}/edit"), "fern"),
    Sight("goal-reminder", f"{_GOAL}/reminder", at(f"{_MINE}/reminder"), "fern"),
    Sight(
        "goal-reminder-wrong",
        f"{_GOAL}/reminder",
        refused(f"{_MINE}/reminder", "Save", time="23:30"),
        "fern",
    ),
    Sight("goal-delete", f"{_GOAL}/delete", at(f"{_MINE}/delete"), "fern"),
    Sight("goal-check-in", f"{_GOAL}/check-in", at(f"{_MINE}/check-in"), "fern"),
    Sight("goal-check-in-doing", f"{_GOAL}/check-in", at("/goals/{walks}/check-in"), "fern"),
    Sight(
        "goal-check-in-wrong",
        f"{_GOAL}/check-in",
        refused(f"{_MINE}/check-in", "Keep it", note=" "),
        "fern",
    ),
    Sight("goal-setback", f"{_GOAL}/setback", at(f"{_MINE}/setback"), "fern"),
    Sight("goal-entry", _ENTRY, at(f"{_MINE}/entries/{{setback}}"), "fern"),
    Sight("goal-after", f"{_ENTRY}/after", at(f"{_MINE}/entries/{{setback}}/after"), "fern"),
    Sight("goal-milestones", f"{_GOAL}/milestones", at(f"{_MINE}/milestones"), "fern"),
    Sight("goal-milestones-empty", f"{_GOAL}/milestones", at("/goals/{walks}/milestones"), "fern"),
    Sight("goal-plot", f"{_GOAL}/plot", at(f"{_MINE}/plot"), "fern"),
    Sight("goal-plot-empty", f"{_GOAL}/plot", at("/goals/{walks}/plot?days=365"), "fern"),
    Sight("goal-share", f"{_GOAL}/share", at(f"{_MINE}/share"), "fern"),
    Sight(
        "goal-share-composer",
        f"{_GOAL}/share",
        pressed(f"{_MINE}/share", "Look at it there"),
        "fern",
    ),
    Sight("buddies-empty", "/buddies", at("/buddies"), "june"),
    Sight("buddies", "/buddies", at("/buddies"), "ash"),
    Sight("buddies-up", "/buddies", at("/buddies?note=buddy-up"), "fern"),
    Sight("buddy-ask", _ASK, at(f"{_ASK}?to=mara"), "ash"),
    Sight("buddy-ask-wrong", _ASK, refused(_ASK, "Ask", to="nobody"), "ash"),
    Sight("buddy-code", _CODE, at(_CODE), "ash"),
    Sight("buddy-code-made", _CODE, pressed(_CODE, "Make a code"), "ash"),
    Sight("buddy-join", _JOIN, at(_JOIN), "ash"),
    Sight("buddy-join-wrong", _JOIN, refused(_JOIN, "Look whose it is", code="none"), "ash"),
    Sight("buddy", _PAIR, at("/buddies/{pair}"), "ash"),
    Sight("buddy-nothing-shared", _PAIR, at("/buddies/{pair}"), "fern"),
    Sight("buddy-write-wrong", _PAIR, refused("/buddies/{pair}", "Send", text=" "), "ash"),
    Sight("buddy-end", f"{_PAIR}/end", at("/buddies/{pair}/end"), "ash"),
    Sight("hard-moment", _HARD, at(_HARD), "rowan"),
    Sight("hard-moment-nobody", _HARD, pressed(_HARD, "This is a hard moment"), "june"),
    Sight("hard-moment-told", _HARD, pressed(_HARD, "This is a hard moment"), "ash"),
)
