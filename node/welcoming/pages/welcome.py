"""The welcome thread of a group: for its moderators to have, to word, and to switch off."""

from node.consents import FEDERATION, PURPOSES
from node.errors import Invalid, Refused
from node.groups.keys import GROUPS
from node.groups.pages.composer import shown_again
from node.groups.pages.places import group_at
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from node.welcoming.keys import WELCOMING
from node.welcoming.pages.fields import clock_of, fields_of, wording_of
from node.welcoming.texts import WELCOME_CLOSING, WELCOME_TEXT, WELCOME_TITLE
from node.welcoming.welcomes import WelcomeDraft
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from storage.welcomes import Welcome


async def show(request: Request) -> Response:
    """GET /groups/{handle}/welcome"""
    return await _page(request, need_viewer(request), None)


async def save(request: Request) -> Response:
    """POST /groups/{handle}/welcome with `act`, on or off."""
    viewer, form = need_viewer(request), await posted(request)
    welcoming, groups = request.app[WELCOMING], request.app[GROUPS]

    def write(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        if form["act"] == "off":
            welcoming.switch_off(uow, group.actor.id, viewer.persona)
            return group
        welcoming.kept_by(uow, group.actor.id, viewer.persona)
        groups.agree_to_share(uow, group, viewer.persona, agrees=form["federate"] == "yes")
        draft = WelcomeDraft(wording_of(form), form["every"])
        welcoming.switch_on(uow, group.actor.id, viewer.persona, draft)
        return group

    try:
        group = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, form, shown_again(form, error))
    return see_other(f"{actor_path(group.actor)}/welcome", "saved")


async def _page(request: Request, viewer: Viewer, form: Form | None, status: int = 200) -> Response:
    welcoming, groups = request.app[WELCOMING], request.app[GROUPS]

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, Welcome | None, Actor | None, bool]:
        group = group_at(uow, request, viewer.persona)
        group, welcome = welcoming.welcome_of(uow, group.actor.id, viewer.persona)
        poster = uow.actors.get(welcome.persona_id) if welcome else None
        return group, welcome, poster, groups.asks_to_share(uow, group, viewer.persona)

    group, welcome, poster, asks = await request.app[DB].read(read)
    return page(
        request,
        "welcoming/welcome.html",
        status=status,
        group=group.group,
        actor=group.actor,
        welcome=welcome,
        poster=poster,
        sharing=PURPOSES[FEDERATION] if asks else None,
        languages=LANGUAGES,
        clock=clock_of(request),
        form=form or _form_of(request, welcome),
    )


def _form_of(request: Request, welcome: Welcome | None) -> Form:
    if welcome is not None:
        return Form({"every": welcome.every, **fields_of(welcome.wording)})
    tongue = tongue_of(request)
    return Form(
        {
            "title": tongue.say(WELCOME_TITLE),
            "text": tongue.say(WELCOME_TEXT),
            "closing": tongue.say(WELCOME_CLOSING),
            "every": "month",
            "language": tongue.tag,
        }
    )
