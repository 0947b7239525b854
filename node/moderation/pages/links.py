"""Which personas belong together: asking, the second person's word, and looking."""

from node.errors import Invalid, NotFound, Refused
from node.moderation.keys import MODERATION
from node.moderation.rules import insist_overseer
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer

HERE = "/moderation/links"


async def show(request: Request) -> Response:
    """GET /moderation/links"""
    return await _page(request, _overseer(request), Form())


async def ask(request: Request) -> Response:
    """POST /moderation/links with `handle` and `statement`, the reason"""
    viewer, form = _overseer(request), await posted(request)
    reveals = request.app[MODERATION].reveals
    handle = form["handle"].strip().lstrip("@")
    try:
        await request.app[DB].write(
            lambda uow: reveals.ask(
                uow, viewer.account, uow.actors.local_by_handle(handle), form["statement"]
            )
        )
    except NotFound as error:
        if not viewer.is_safety_lead:
            raise
        return await _page(request, viewer, form.blame(Invalid("handle", str(error))), 422)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, viewer, blamed, status_of(error))
    return see_other(HERE, "reveal-asked")


async def answer(request: Request) -> Response:
    """POST /moderation/links/{id}/answer with `act`: confirm or decline"""
    viewer, form, number = _overseer(request), await posted(request), _id(request)
    reveals = request.app[MODERATION].reveals
    if form["act"] == "confirm":
        await request.app[DB].write(lambda uow: reveals.confirm(uow, viewer.account, number))
        return see_other(HERE, "reveal-confirmed")
    await request.app[DB].write(lambda uow: reveals.decline(uow, viewer.account, number))
    return see_other(HERE, "reveal-declined")


async def look(request: Request) -> Response:
    """POST /moderation/links/{id}/look; shown in the answer alone, and written down."""
    viewer, number = _overseer(request), _id(request)
    await posted(request)
    reveals = request.app[MODERATION].reveals
    persona, others = await request.app[DB].write(
        lambda uow: reveals.look(uow, viewer.account, number)
    )
    return page(request, "moderation/link.html", persona=persona, others=others)


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    reveals = request.app[MODERATION].reveals
    found = await request.app[DB].read(lambda uow: reveals.requests(uow, viewer.account))
    return page(request, "moderation/links.html", status=status, form=form, requests=found)


def _overseer(request: Request) -> Viewer:
    viewer = need_viewer(request)
    insist_overseer(viewer.account)
    return viewer


def _id(request: Request) -> int:
    return parse_id(request.match_info["id"])
