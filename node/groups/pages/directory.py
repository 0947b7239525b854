"""The list of groups, and finding one that lives on another node."""

from node.errors import Invalid, NotFound, Refused
from node.groups.keys import LOOKUP
from node.groups.overview import directory
from node.i18n import N_
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.page import page
from node.web.sessions import need_viewer, viewer_of

HANDLE_MOST = 300


async def show(request: Request) -> Response:
    """GET /groups"""
    return await _page(request, Form())


async def look_up(request: Request) -> Response:
    """POST /groups/look-up: !group@host, of this node or any other."""
    need_viewer(request)
    form = await posted(request)
    try:
        handle = form["handle"].strip()
        if not handle or len(handle) > HANDLE_MOST:
            raise Invalid("handle", N_("Write the address of a group, such as !name@example.org."))
        group_id = await request.app[LOOKUP](handle)
    except Invalid as error:
        return await _page(request, form.blame(error), 422)
    except (NotFound, Refused) as error:
        blamed = form.blame(Invalid("handle", str(error)))
        return await _page(request, blamed, 422)
    actor = await request.app[DB].read(lambda uow: uow.actors.get(group_id))
    if actor is None:
        raise NotFound
    return see_other(actor_path(actor))


async def _page(request: Request, form: Form, status: int = 200) -> Response:
    viewer = viewer_of(request)
    reader = viewer.persona if viewer else None
    found = await request.app[DB].read(lambda uow: directory(uow, reader))
    alone = viewer is not None and viewer.is_administrator and await _is_alone(request)
    return page(
        request,
        "groups/directory.html",
        alone=alone,
        status=status,
        form=form,
        joined=found.joined,
        here=found.here,
        elsewhere=found.elsewhere,
    )


async def _is_alone(request: Request) -> bool:
    """Whether this node speaks with trusted nodes only, and trusts none yet."""
    if request.app[CONFIG].federation != "allow-list":
        return False
    rules = await request.app[DB].read(lambda uow: uow.peers.policies())
    return "allow" not in rules.values()
