"""Writing a service by hand, and what happens when you call: for staff."""

from node.directory.by_hand import DAY_FIELDS, fields_of
from node.directory.keeping import StaffView
from node.directory.keys import DIRECTORY
from node.directory.pages.staff import HOME, need_staff
from node.directory.rules import TRANSITIONS, checked
from node.directory.telling import DAY_NAMES
from node.errors import Invalid
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB, NOW
from node.web.page import page
from storage.unit_of_work import UnitOfWork

_HOURS = [(field, DAY_NAMES[number]) for number, (field, _) in enumerate(DAY_FIELDS)]


async def show_new(request: Request) -> Response:
    """GET /moderation/directory/new"""
    need_staff(request)
    return page(request, "directory/new.html", form=Form(), hours=_HOURS)


async def make(request: Request) -> Response:
    """POST /moderation/directory/new"""
    need_staff(request)
    form, by_hand = await posted(request), request.app[DIRECTORY].by_hand

    def write(uow: UnitOfWork) -> str:
        own = by_hand.write(uow, None, form.values)
        listing = uow.listings.by_public(own)
        if listing is not None:
            by_hand.guide(uow, listing.id, form.values)
        return own

    try:
        own = await request.app[DB].write(write)
    except Invalid as error:
        blamed = form.blame(error)
        return page(request, "directory/new.html", status=422, form=blamed, hours=_HOURS)
    return see_other(f"{HOME}/services/{own}", "saved")


async def show(request: Request) -> Response:
    """GET /moderation/directory/services/{id}"""
    need_staff(request)
    return await _page(request, None)


async def change(request: Request) -> Response:
    """POST /moderation/directory/services/{id}: the guide of any service, and the record of one
    that was written here; assured today."""
    need_staff(request)
    own, form = request.match_info["id"].lower(), await posted(request)
    directory = request.app[DIRECTORY]

    def write(uow: UnitOfWork) -> None:
        view = directory.keeping.service(uow, own)
        data_set = view.card.data_set
        if data_set is not None and data_set.kind == "own" and "name" in form.values:
            directory.by_hand.write(uow, own, form.values)
        directory.by_hand.guide(uow, view.card.listing.id, form.values)

    try:
        await request.app[DB].write(write)
    except Invalid as error:
        return await _page(request, form.blame(error), 422)
    return see_other(f"{HOME}/services/{own}", "saved")


async def _page(request: Request, form: Form | None, status: int = 200) -> Response:
    own, keeping = request.match_info["id"].lower(), request.app[DIRECTORY].keeping

    def read(uow: UnitOfWork) -> tuple[StaffView, dict[str, str]]:
        view = keeping.service(uow, own)
        return view, fields_of(keeping.whole_record(uow, view), view.guide)

    view, fields = await request.app[DB].read(read)
    state = view.card.listing.state
    return page(
        request,
        "directory/edit.html",
        status=status,
        form=form or Form(fields),
        view=view,
        hours=_HOURS,
        checked=checked(view.card.service.checked_on, request.app[NOW]()),
        events=[event for known, event in TRANSITIONS if known == state],
        is_own=view.card.data_set is not None and view.card.data_set.kind == "own",
    )
