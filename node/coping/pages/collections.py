"""Collections of cards: to read, to make, to put cards into."""

from node.coping.collecting import CollectionPage
from node.coping.keys import COPING
from node.coping.pages.labels import card_page
from node.coping.pages.writing import blamed
from node.errors import Invalid, NotFound, Refused
from node.groups.place import groups_to_write_in
from node.i18n import N_
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer, viewer_of
from storage.card_collections import CardCollection
from storage.unit_of_work import UnitOfWork


async def show_all(request: Request) -> Response:
    """GET /coping/collections"""
    viewer, coping = viewer_of(request), request.app[COPING]
    reader = viewer.persona if viewer else None
    found = await request.app[DB].read(lambda uow: coping.collections(uow, reader))
    return card_page(request, "coping/collections.html", collections=found)


async def show(request: Request) -> Response:
    """GET /coping/collections/{id}"""
    viewer = viewer_of(request)
    found = await _found(request, viewer)
    return card_page(request, "coping/collection.html", found=found)


async def show_new(request: Request) -> Response:
    """GET /coping/collections/new"""
    return await _form(request, need_viewer(request), Form())


async def make(request: Request) -> Response:
    """POST /coping/collections/new"""
    viewer, form, coping = need_viewer(request), await posted(request), request.app[COPING]

    def write(uow: UnitOfWork) -> CardCollection:
        try:
            group_id = parse_id(form["group"])
        except NotFound:
            raise Invalid("group", N_("Choose whose collection it is.")) from None
        return coping.make_collection(
            uow, viewer.persona, group_id, form["title"], form["about"], form["topic"]
        )

    try:
        made = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _form(request, viewer, *blamed(form, error))
    return see_other(f"/coping/collections/{made.id}", "saved")


async def show_edit(request: Request) -> Response:
    """GET /coping/collections/{id}/edit"""
    viewer = need_viewer(request)
    found = await _changeable(request, viewer)
    one = found.collection
    fields = {"title": one.title, "about": one.about, "topic": one.topic}
    return await _form(request, viewer, Form(fields), found=found)


async def change(request: Request) -> Response:
    """POST /coping/collections/{id}/edit: `act` is describe, take-out (with `card`) or drop."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping = await posted(request), request.app[COPING]

    def write(uow: UnitOfWork) -> str:
        match form["act"]:
            case "take-out":
                coping.take_from(uow, viewer.persona, number, parse_id(form["card"]))
            case "drop":
                coping.drop_collection(uow, viewer.persona, number)
                return "/coping/collections"
            case _:
                coping.describe_collection(
                    uow, viewer.persona, number, form["title"], form["about"], form["topic"]
                )
        return f"/coping/collections/{number}"

    try:
        path = await request.app[DB].write(write)
    except Invalid as error:
        found = await _changeable(request, viewer)
        again, status = blamed(form, error)
        return await _form(request, viewer, again, status, found=found)
    return see_other(path, "saved")


async def put_into(request: Request) -> Response:
    """POST /coping/{id}/collect: `collection` says where."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping = await posted(request), request.app[COPING]
    collection = parse_id(form["collection"])
    await request.app[DB].write(
        lambda uow: coping.put_into(uow, viewer.persona, collection, number)
    )
    return see_other(f"/coping/{number}", "card-collected")


async def _found(request: Request, viewer: Viewer | None) -> CollectionPage:
    number, coping = parse_id(request.match_info["id"]), request.app[COPING]
    reader = viewer.persona if viewer else None
    return await request.app[DB].read(lambda uow: coping.collection(uow, reader, number))


async def _changeable(request: Request, viewer: Viewer) -> CollectionPage:
    found = await _found(request, viewer)
    if not found.may_change:
        sentence = N_("Only who made this collection, and moderators, change it.")
        raise Refused(sentence, "not-yours")
    return found


async def _form(
    request: Request,
    viewer: Viewer,
    form: Form,
    status: int = 200,
    found: CollectionPage | None = None,
) -> Response:
    groups = (
        []
        if found is not None
        else await request.app[DB].read(lambda uow: groups_to_write_in(uow, viewer.persona))
    )
    return card_page(
        request, "coping/collecting.html", status=status, found=found, groups=groups, form=form
    )
