"""Pages of staff: what waits, what is old, what may be the same, and single decisions."""

from node.directory.keys import DIRECTORY
from node.directory.rules import Event, checked
from node.errors import Invalid, NotFound
from node.moderation.rules import insist_staff
from node.viewer import Viewer
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB, NOW
from node.web.page import page
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork

HOME = "/moderation/directory"
EVENTS: tuple[Event, ...] = ("doubt", "confirm", "withdraw", "restore")


def need_staff(request: Request) -> Viewer:
    """Who asks. For everybody else these pages are not there (NotFound)."""
    viewer = need_viewer(request)
    insist_staff(viewer.account)
    return viewer


def number_in(request: Request, name: str = "id") -> int:
    """The number in the address. Raises NotFound for anything else."""
    text = request.match_info[name]
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise NotFound
    return int(text)


async def show(request: Request) -> Response:
    """GET /moderation/directory: what waits, and where services come from."""
    need_staff(request)
    directory = request.app[DIRECTORY]
    waiting, sets = await request.app[DB].read(
        lambda uow: (directory.choosing.waiting(uow), directory.keeping.sets(uow))
    )
    return page(request, "directory/staff.html", waiting=waiting, sets=sets)


async def old(request: Request) -> Response:
    """GET /moderation/directory/check: what somebody should look at again."""
    need_staff(request)
    cards = await request.app[DB].read(request.app[DIRECTORY].keeping.old)
    now = request.app[NOW]()
    rows = [(one, checked(one.service.checked_on, now)) for one in cards]
    return page(request, "directory/check.html", rows=rows)


async def duplicates(request: Request) -> Response:
    """GET /moderation/directory/duplicates: services that have one name."""
    need_staff(request)
    groups = await request.app[DB].read(request.app[DIRECTORY].keeping.duplicates)
    return page(request, "directory/duplicates.html", groups=groups)


async def answer(request: Request) -> Response:
    """POST /moderation/directory/suggestions/{id}: take it, or let it go."""
    need_staff(request)
    number, form = number_in(request), await posted(request)
    choosing = request.app[DIRECTORY].choosing

    def act(uow: UnitOfWork) -> str:
        if form["act"] == "take":
            return choosing.take(uow, number, form["text"])
        choosing.decline(uow, number)
        return ""

    try:
        taken = await request.app[DB].write(act)
    except Invalid:
        return see_other(HOME)
    if taken:
        return see_other(f"{HOME}/services/{taken}", "saved")
    return see_other(HOME, "saved")


async def decide(request: Request) -> Response:
    """POST /moderation/directory/services/{id}/state with `event`"""
    need_staff(request)
    own, form = request.match_info["id"].lower(), await posted(request)
    event = next((one for one in EVENTS if one == form["event"]), None)
    if event is None:
        raise NotFound
    keeping = request.app[DIRECTORY].keeping
    await request.app[DB].write(lambda uow: keeping.decide(uow, own, event))
    return see_other(f"{HOME}/services/{own}", "saved")


async def place(request: Request) -> Response:
    """POST /moderation/directory/services/{id}/place: show it or hide it"""
    need_staff(request)
    own, form = request.match_info["id"].lower(), await posted(request)
    keeping, is_hidden = request.app[DIRECTORY].keeping, form["act"] != "show"
    await request.app[DB].write(
        lambda uow: keeping.show_place(uow, own, form["location"], is_hidden=is_hidden)
    )
    return see_other(f"{HOME}/services/{own}", "saved")


async def drop_tip(request: Request) -> Response:
    """POST /moderation/directory/services/{id}/tip: take one away"""
    need_staff(request)
    own, form = request.match_info["id"].lower(), await posted(request)
    text = form["tip"]
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise NotFound
    keeping = request.app[DIRECTORY].keeping
    await request.app[DB].write(lambda uow: keeping.drop_tip(uow, own, int(text)))
    return see_other(f"{HOME}/services/{own}", "saved")
