"""Who looks after the node. Administrators give roles, and say their password again for it."""

from node.accounts.keys import ENTRANCE
from node.errors import Invalid, NotFound, Refused
from node.moderation.keys import MODERATION
from node.moderation.pages.labels import ROLE, ROLES
from node.moderation.rules import insist_administrator
from node.moderation.rules import role as checked_role
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.network import network_of
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /moderation/roles"""
    return await _page(request, _administrator(request), Form())


async def give(request: Request) -> Response:
    """POST /moderation/roles with `handle`, `role` and the `current` password"""
    viewer, form = _administrator(request), await posted(request)
    staff = request.app[MODERATION].staff
    try:
        role = checked_role(form["role"])
        await request.app[ENTRANCE].confirm(viewer, form["current"], network=network_of(request))
        await request.app[DB].write(
            lambda uow: staff.give(uow, viewer.account.id, form["handle"], role)
        )
    except NotFound as error:
        return await _page(request, viewer, form.blame(Invalid("handle", str(error))), 422)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, viewer, blamed, status_of(error))
    return see_other("/moderation/roles", "role-given")


async def _page(request: Request, _viewer: Viewer, form: Form, status: int = 200) -> Response:
    staff, say = request.app[MODERATION].staff, tongue_of(request).say
    people = await request.app[DB].read(staff.everyone)
    return page(
        request,
        "moderation/roles.html",
        status=status,
        form=form,
        people=people,
        role=ROLE,
        roles=[(value, say(label), say(words)) for value, label, words in ROLES],
    )


def _administrator(request: Request) -> Viewer:
    viewer = need_viewer(request)
    insist_administrator(viewer.account)
    return viewer
