"""Every page of coping cards, the toolkit and collections: full, empty, and with something that is
not right."""

from tests.browser.sights import Sight, at, refused

_CARD, _DRAFT, _KEPT = "/coping/{id}", "/coping/drafts/{id}", "/toolkit/{id}"
_NEW, _SETS, _SET = "/coping/new", "/coping/collections", "/coping/collections/{id}"
_MAKE, _STARTERS, _WAITING = "/coping/collections/new", "/coping/starters", "/coping/waiting"
_TEA, _LETTER = "/coping/{tea}", "/coping/drafts/{letter}"
_LONG = "a long way round " * 20

COPING_SIGHTS = (
    Sight("cards", "/coping", at("/coping"), "ash"),
    Sight("cards-visitor", "/coping", at("/coping")),
    Sight("cards-found", "/coping", at("/coping?topic=sleep&cost=free"), "ash"),
    Sight("cards-none", "/coping", at("/coping?words=trampoline"), "ash"),
    Sight("cards-empty", "/coping", at("/coping"), "linnea", "meadow"),
    Sight("card-shown", _CARD, at("/coping/{tea}?note=card-kept"), "ash"),
    Sight("card-visitor", _CARD, at(_TEA)),
    Sight("card-mine", _CARD, at("/coping/{wanting}"), "mara"),
    Sight("card-medical", _CARD, at("/coping/{pills}"), "rowan"),
    Sight("card-new", _NEW, at(_NEW), "june"),
    Sight("card-new-wrong", _NEW, refused(_NEW, "Save the draft", title=" "), "june"),
    Sight("card-edit", f"{_CARD}/edit", at("/coping/{pills}/edit"), "mara"),
    Sight(
        "card-edit-wrong",
        f"{_CARD}/edit",
        refused("/coping/{pills}/edit", "Save the change", source="", what=""),
        "mara",
    ),
    Sight("card-tell", f"{_CARD}/tell", at(f"{_TEA}/tell"), "ash"),
    Sight("card-tell-wrong", f"{_CARD}/tell", refused(f"{_TEA}/tell", "Keep this note"), "tobias"),
    Sight("card-check", f"{_CARD}/check", at("/coping/{pills}/check"), "rowan"),
    Sight(
        "card-check-wrong",
        f"{_CARD}/check",
        refused("/coping/{wanting}/check", "Write it down", verdict="ask-change"),
        "rowan",
    ),
    Sight("cards-waiting", _WAITING, at(_WAITING), "rowan"),
    Sight("cards-waiting-none", _WAITING, at(_WAITING), "june"),
    Sight("drafts", "/coping/drafts", at("/coping/drafts"), "fern"),
    Sight("drafts-empty", "/coping/drafts", at("/coping/drafts"), "june"),
    Sight("draft", _DRAFT, at(_LETTER), "ash"),
    Sight("draft-edit", f"{_DRAFT}/edit", at("/coping/drafts/{remix}/edit"), "fern"),
    Sight("draft-publish", f"{_DRAFT}/publish", at("/coping/drafts/{remix}/publish"), "fern"),
    Sight(
        "draft-publish-wrong",
        f"{_DRAFT}/publish",
        refused("/coping/drafts/{remix}/publish", "Publish"),
        "fern",
    ),
    Sight("toolkit", "/toolkit", at("/toolkit"), "ash"),
    Sight("toolkit-empty", "/toolkit", at("/toolkit"), "june"),
    Sight("toolkit-note", _KEPT, at("/toolkit/{kept}"), "ash"),
    Sight("toolkit-note-wrong", _KEPT, refused("/toolkit/{kept}", "Save", note=_LONG * 2), "ash"),
    Sight("collections", _SETS, at(_SETS), "ash"),
    Sight("collections-empty", _SETS, at(_SETS), "linnea", "meadow"),
    Sight("collection", _SET, at("/coping/collections/{collection}"), "rowan"),
    Sight("collection-empty", _SET, at("/coping/collections/{bare_collection}"), "ash"),
    Sight(
        "collection-edit",
        f"{_SET}/edit",
        at("/coping/collections/{collection}/edit"),
        "rowan",
    ),
    Sight("collection-new", _MAKE, at(_MAKE), "ash"),
    Sight("collection-new-wrong", _MAKE, refused(_MAKE, "Save", title=" "), "ash"),
    Sight("starters", _STARTERS, at(_STARTERS), "rowan"),
)
