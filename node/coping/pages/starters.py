"""Administrators fill an empty library with the cards that are shipped."""

from node.coping.cards import Card
from node.coping.keys import COPING
from node.coping.pages.labels import card_page
from node.coping.pages.writing import blamed
from node.coping.starting import starter_cards
from node.errors import Invalid, NotFound, Refused
from node.groups.keys import GROUPS
from node.groups.place import group_for
from node.i18n import N_
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.memberships import JoinedGroup
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /coping/starters"""
    return await _page(request, _need_administrator(request), Form())


async def publish(request: Request) -> Response:
    """POST /coping/starters"""
    viewer, form = _need_administrator(request), await posted(request)
    coping, groups = request.app[COPING], request.app[GROUPS]

    def write(uow: UnitOfWork) -> None:
        try:
            group = group_for(uow, parse_id(form["group"]), viewer.persona)
        except NotFound:
            raise Invalid("group", N_("Choose the group that they go into.")) from None
        groups.agree_to_share(uow, group, viewer.persona, agrees=form["federate"] == "yes")
        coping.publish_starters(uow, viewer.persona, group.actor.id)

    try:
        await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, *blamed(form, error))
    return see_other("/coping", "cards-published")


def _need_administrator(request: Request) -> Viewer:
    viewer = need_viewer(request)
    if not viewer.is_administrator:
        raise Refused(N_("Only administrators of this node do that. Ask one."), "not-allowed")
    return viewer


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    def read(uow: UnitOfWork) -> list[JoinedGroup]:
        found = uow.memberships.groups_of(viewer.persona.id)
        return [one for one in found if one.state == "accepted"]

    groups = await request.app[DB].read(read)
    cards: tuple[Card, ...] = starter_cards()
    return card_page(
        request, "coping/starters.html", status=status, cards=cards, groups=groups, form=form
    )
