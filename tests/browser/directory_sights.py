"""Every page of the directory: for visitors, for members, for staff."""

from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Sight, at, refused

_ALL, _ONE, _OWN = "/directory", "/directory/services/{id}", "/directory/chosen"
_STAFF = "/moderation/directory"
_NEW, _IN, _KEPT = f"{_STAFF}/new", f"{_STAFF}/import", f"{_STAFF}/services/{{id}}"
_SET, _CHECK, _SAME = f"{_STAFF}/sets/{{id}}", f"{_STAFF}/check", f"{_STAFF}/duplicates"


async def picking(window: Window, gallery: Gallery) -> None:
    """The way from the box of a reply."""
    await at("/posts/{coat}/reply")(window, gallery)
    await window.fill(text="I know a line that helped me.")
    await window.press("Add a service", window.main.locator("form.card"))


DIRECTORY_SIGHTS = (
    Sight("services", _ALL, at(_ALL)),
    Sight("services-empty", _ALL, at(_ALL), house="empty"),
    Sight("services-none", _ALL, at("/directory?words=zebra&place=Nowhere&open=yes"), "fern"),
    Sight("services-found", _ALL, at("/directory?words=grieve&free=yes"), "fern"),
    Sight("service", _ONE, at("/directory/services/{lantern}?note=service-chosen"), "ash"),
    Sight("service-visitor", _ONE, at("/directory/services/{shed}")),
    Sight("service-hidden", _ONE, at("/directory/services/{gull}"), "fern"),
    Sight("service-old", _ONE, at("/directory/services/{old}"), "fern"),
    Sight("services-chosen", _OWN, at(_OWN), "ash"),
    Sight("services-chosen-empty", _OWN, at(_OWN), "june"),
    Sight("service-tip", f"{_ONE}/tip", at("/directory/services/{lantern}/tip"), "june"),
    Sight(
        "service-tip-wrong",
        f"{_ONE}/tip",
        refused("/directory/services/{lantern}/tip", "Send it", text=" "),
        "june",
    ),
    Sight(
        "service-correct", f"{_ONE}/correct", at("/directory/services/{lantern}/correct"), "june"
    ),
    Sight("service-for-reply", "", picking, "ash"),
    Sight("directory-staff", _STAFF, at(_STAFF), "rowan"),
    Sight("directory-check", _CHECK, at(_CHECK), "rowan"),
    Sight("directory-same-names", _SAME, at(_SAME), "rowan"),
    Sight("directory-new", _NEW, at(_NEW), "rowan"),
    Sight(
        "directory-new-wrong",
        _NEW,
        refused(_NEW, "Save it, checked today", name="Lantern", hours_mo="always"),
        "rowan",
    ),
    Sight("directory-import", _IN, at(_IN), "rowan"),
    Sight("directory-import-wrong", _IN, refused(_IN, "Read it in", source="Council"), "rowan"),
    Sight("directory-set", _SET, at("/moderation/directory/sets/{council}"), "rowan"),
    Sight("directory-kept", _KEPT, at("/moderation/directory/services/{gull}"), "rowan"),
)
