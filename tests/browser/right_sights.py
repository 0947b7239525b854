"""The sights of one's rights over one's data: consents, the copy, leaving, and receipts."""

from node.accounts.secret import digest
from storage.deletions import Deletion
from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Sight, at, refused, unfolded

_CONSENTS, _DATA, _LEAVE = "/settings/consents", "/settings/data", "/settings/leave"
CODE = "a-code-that-somebody-kept"


async def receipts(window: Window, gallery: Gallery) -> None:
    """Of somebody who has just left; made by whoever comes first."""
    rooms = gallery.houses["harbour"].node.rooms
    if await rooms.db.read(lambda uow: uow.deletions.by_code(digest(CODE))) is None:
        deletion = Deletion(
            id=rooms.new_id(),
            account_id=None,
            code_hash=digest(CODE),
            state="done",
            asked_at=rooms.now(),
            due_at=rooms.now(),
            finished_at=rooms.now(),
            expires_at=rooms.now() + rooms.rights.leaving.limits.receipts,
        )
        await rooms.db.write(lambda uow: uow.deletions.add(deletion))
    await window.open(f"/deletion/{CODE}")


RIGHT_SIGHTS = (
    Sight("consents", _CONSENTS, unfolded(_CONSENTS, "I take this back"), "ash"),
    Sight("data", _DATA, at(_DATA), "ash"),
    Sight("data-wrong", _DATA, refused(_DATA, "Make a copy", current=""), "ash"),
    Sight("leave", _LEAVE, at(_LEAVE), "fern"),
    Sight("leave-obstacles", _LEAVE, at(_LEAVE), "ash"),
    Sight("receipts", "/deletion/{code}", receipts),
)
