"""The weekly threads of a group: for its moderators."""

from node.consents import FEDERATION, PURPOSES
from node.errors import Invalid, Refused
from node.groups.keys import GROUPS
from node.groups.pages.composer import shown_again
from node.groups.pages.labels import REPLIES_WANTED
from node.groups.pages.places import group_at
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from node.welcoming.keys import WELCOMING
from node.welcoming.pages.fields import (
    OFFSETS_SHOWN,
    WEEKDAYS,
    fields_of,
    label_of_offset,
    offset_of,
    wording_of,
)
from node.welcoming.rules import check_when
from node.welcoming.texts import EXAMPLES
from node.welcoming.weekly import WeeklyDraft
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from storage.weekly import WeeklyThread


async def show_all(request: Request) -> Response:
    """GET /groups/{handle}/weekly"""
    viewer, welcoming = need_viewer(request), request.app[WELCOMING]

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, list[WeeklyThread]]:
        group = group_at(uow, request, viewer.persona)
        return welcoming.weekly_of(uow, group.actor.id, viewer.persona)

    group, found = await request.app[DB].read(read)
    return page(
        request,
        "welcoming/weekly.html",
        group=group.group,
        actor=group.actor,
        weekly=found,
        examples=EXAMPLES,
        weekdays=WEEKDAYS,
        offset_label=label_of_offset,
        wanted=REPLIES_WANTED,
    )


async def show_new(request: Request) -> Response:
    """GET /groups/{handle}/weekly/new; `example` begins with one of ours."""
    tongue, chosen = tongue_of(request), request.query.get("example", "")
    fields = {"offset": offset_of(request), "weekday": "0", "hour": "18", "language": tongue.tag}
    if chosen.isascii() and chosen.isdigit() and int(chosen) < len(EXAMPLES):
        example = EXAMPLES[int(chosen)]
        fields |= {
            "title": tongue.say(example.title),
            "text": tongue.say(example.text),
            "reply_wanted": example.reply_wanted,
            "weekday": str(example.weekday),
            "hour": str(example.hour),
        }
    return await _page(request, Form(fields), None)


async def add(request: Request) -> Response:
    """POST /groups/{handle}/weekly/new"""
    viewer, form = need_viewer(request), await posted(request)
    welcoming, groups = request.app[WELCOMING], request.app[GROUPS]

    def write(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        welcoming.kept_by(uow, group.actor.id, viewer.persona)
        draft = _draft(form)
        groups.agree_to_share(uow, group, viewer.persona, agrees=form["federate"] == "yes")
        welcoming.add_weekly(uow, group.actor.id, viewer.persona, draft)
        return group

    try:
        group = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _page(request, form, None, shown_again(form, error))
    return see_other(f"{actor_path(group.actor)}/weekly", "saved")


async def show_one(request: Request) -> Response:
    """GET /groups/{handle}/weekly/{id}"""
    return await _page(request, None, parse_id(request.match_info["id"]))


async def change(request: Request) -> Response:
    """POST /groups/{handle}/weekly/{id} with `act`: save, rest or drop."""
    viewer, form = need_viewer(request), await posted(request)
    welcoming, number = request.app[WELCOMING], parse_id(request.match_info["id"])
    groups = request.app[GROUPS]

    def write(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        place = (uow, group.actor.id, viewer.persona, number)
        welcoming.weekly_one(*place)
        if form["act"] == "drop":
            welcoming.drop_weekly(*place)
        elif form["act"] == "rest":
            welcoming.rest_weekly(*place)
        else:
            draft = _draft(form)
            groups.agree_to_share(uow, group, viewer.persona, agrees=form["federate"] == "yes")
            welcoming.change_weekly(*place, draft)
        return group

    try:
        group = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _page(request, form, number, shown_again(form, error))
    return see_other(f"{actor_path(group.actor)}/weekly", "saved")


def _draft(form: Form) -> WeeklyDraft:
    return WeeklyDraft(wording_of(form), check_when(form["weekday"], form["hour"], form["offset"]))


async def _page(
    request: Request, form: Form | None, number: int | None, status: int = 200
) -> Response:
    viewer = need_viewer(request)
    welcoming, groups = request.app[WELCOMING], request.app[GROUPS]

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, WeeklyThread | None, bool]:
        group = group_at(uow, request, viewer.persona)
        known: WeeklyThread | None = None
        if number is None:
            welcoming.kept_by(uow, group.actor.id, viewer.persona)
        else:
            _, known = welcoming.weekly_one(uow, group.actor.id, viewer.persona, number)
        return group, known, groups.asks_to_share(uow, group, viewer.persona)

    group, known, asks = await request.app[DB].read(read)
    return page(
        request,
        "welcoming/weekly_one.html",
        status=status,
        group=group.group,
        actor=group.actor,
        known=known,
        form=form or _form_of(known),
        weekdays=WEEKDAYS,
        offsets=OFFSETS_SHOWN,
        languages=LANGUAGES,
        sharing=PURPOSES[FEDERATION] if asks else None,
    )


def _form_of(known: WeeklyThread | None) -> Form:
    if known is None:
        return Form()
    return Form(
        {
            "weekday": str(known.weekday),
            "hour": str(known.hour),
            "offset": str(known.offset_minutes),
            **fields_of(known.wording),
        }
    )
