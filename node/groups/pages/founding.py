"""Opening a group on this node, which its administrators do."""

from dataclasses import replace
from typing import cast

from node.errors import Invalid, Refused
from node.groups.applying import checked_questions
from node.groups.belonging import Visibility
from node.groups.hosting import check_texts
from node.groups.keys import GROUPS, NEW_ID, NEW_KEYS
from node.i18n import N_
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.errors import AlreadyThere
from storage.groups import GroupWithActor


async def show(request: Request) -> Response:
    """GET /groups/new"""
    _need_administrator(request)
    return _page(request, Form({"visibility": "public", "join_policy": "open"}))


async def found(request: Request) -> Response:
    """POST /groups/new"""
    viewer, form = _need_administrator(request), await posted(request)
    try:
        group = await _found(request, viewer, form)
    except Invalid as error:
        return _page(request, form.blame(error), 422)
    except AlreadyThere:
        taken = Invalid("handle", N_("This handle is taken. Choose another one."))
        return _page(request, form.blame(taken), 422)
    return see_other(actor_path(group.actor), "group-made")


async def _found(request: Request, viewer: Viewer, form: Form) -> GroupWithActor:
    check_texts(form["name"], form["summary"], form["guidelines"])
    questions = checked_questions(tuple(form["questions"].splitlines()))
    groups, group_id = request.app[GROUPS], request.app[NEW_ID]()
    keys = replace(await request.app[NEW_KEYS](), actor_id=group_id)
    return await request.app[DB].write(
        lambda uow: groups.create(
            uow,
            handle=form["handle"],
            name=form["name"],
            # The use case checks it; the cast only names what it will refuse otherwise.
            visibility=cast(Visibility, form["visibility"]),
            founder=viewer.persona,
            keys=keys,
            summary=form["summary"],
            guidelines=form["guidelines"],
            join_policy=form["join_policy"],
            questions=questions,
        )
    )


def _need_administrator(request: Request) -> Viewer:
    viewer = need_viewer(request)
    if not viewer.is_administrator:
        raise Refused(N_("Only administrators of this node open groups. Ask one."), "not-allowed")
    return viewer


def _page(request: Request, form: Form, status: int = 200) -> Response:
    authority = request.app[CONFIG].authority
    return page(request, "groups/founding.html", status=status, form=form, authority=authority)
