"""From a draft to a card that others read: into which group, and where it goes from there."""

from node.consents import FEDERATION, PURPOSES
from node.coping.cards import Card
from node.coping.keys import COPING
from node.coping.pages.labels import card_page
from node.coping.pages.writing import blamed
from node.coping.rules import may_go_into
from node.errors import Invalid, NotFound, Refused
from node.groups.keys import GROUPS
from node.groups.place import group_for, groups_to_write_in
from node.i18n import N_
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /coping/drafts/{id}/publish"""
    viewer = need_viewer(request)
    return await _page(request, viewer, Form({"group": request.query.get("group", "")}))


async def publish(request: Request) -> Response:
    """POST /coping/drafts/{id}/publish"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, coping, groups = await posted(request), request.app[COPING], request.app[GROUPS]

    def write(uow: UnitOfWork) -> Post:
        coping.own_card(uow, viewer.persona, number)
        group = group_for(uow, _group_id(form), viewer.persona)
        groups.agree_to_share(uow, group, viewer.persona, agrees=form["federate"] == "yes")
        return coping.publish(uow, viewer.persona, number, group.actor.id)

    try:
        post = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, *blamed(form, error))
    return see_other(f"/coping/{post.id}", "card-published")


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    number, coping, groups = (
        parse_id(request.match_info["id"]),
        request.app[COPING],
        request.app[GROUPS],
    )

    def read(uow: UnitOfWork) -> tuple[Card, list[tuple[GroupWithActor, bool]]]:
        _, card = coping.own_card(uow, viewer.persona, number)
        found = _open_to(uow, viewer, card)
        asking = groups.all_to_share(uow, found, viewer.persona)
        return card, [(one, one.actor.id in asking) for one in found]

    card, offered = await request.app[DB].read(read)
    return card_page(
        request,
        "coping/publish.html",
        status=status,
        number=number,
        card=card,
        offered=offered,
        sharing=PURPOSES[FEDERATION] if any(asks for _, asks in offered) else None,
        form=form,
    )


def _open_to(uow: UnitOfWork, viewer: Viewer, card: Card) -> list[GroupWithActor]:
    """Groups in which the viewer may start a thread; for what stays here, those that do, and for
    what was made from a closed group's card, those of its readers."""
    stays = card.licence == "only-here"
    return [
        one
        for one in groups_to_write_in(uow, viewer.persona)
        if not (stays and one.group.visibility == "public")
        and may_go_into(card.bound, one.actor.id, one.group.visibility)
    ]


def _group_id(form: Form) -> int:
    try:
        return parse_id(form["group"])
    except NotFound:
        raise Invalid("group", N_("Choose the group that it goes into.")) from None
