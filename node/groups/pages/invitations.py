"""Links that let people in: moderators make and revoke them, and whoever follows one comes in.

A code is shown once, on the page that answers its making. It stands in the address of the page
behind the link and nowhere else: that page links to nothing elsewhere, and no other site is told
where its readers come from.
"""

from node.errors import Invalid, Refused
from node.groups.keys import GROUPS
from node.groups.pages.composer import shown_again
from node.groups.pages.membership import answers_of, joining_page
from node.groups.pages.places import group_at
from node.groups.rules import is_asked_first
from node.i18n import N_
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB, NOW
from node.web.page import page
from node.web.sessions import need_viewer
from storage.groups import GroupWithActor
from storage.invitations import Invitation
from storage.unit_of_work import UnitOfWork

DAYS = (1, 7, 14, 30)


async def show_all(request: Request) -> Response:
    """GET /groups/{handle}/invitations"""
    return await _page(request, need_viewer(request), _fresh_form())


async def make(request: Request) -> Response:
    """POST /groups/{handle}/invitations with `days`, `uses` and a `note`."""
    viewer, form = need_viewer(request), await posted(request)
    groups = request.app[GROUPS]

    def invite(uow: UnitOfWork) -> str:
        group = group_at(uow, request, viewer.persona)
        return groups.invite(
            uow,
            group.actor.id,
            viewer.persona,
            days=_number(form, "days"),
            uses=_number(form, "uses"),
            note=form["note"],
        )

    try:
        code = await request.app[DB].write(invite)
    except Invalid as error:
        return await _page(request, viewer, form, status=shown_again(form, error))
    link = f"{request.app[CONFIG].origin}/invitations/{code}"
    return await _page(request, viewer, _fresh_form(), link)


async def revoke(request: Request) -> Response:
    """POST /groups/{handle}/invitations/{id}/revoke"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    await posted(request)
    groups = request.app[GROUPS]

    def end(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        groups.revoke(uow, group.actor.id, viewer.persona, number)
        return group

    group = await request.app[DB].write(end)
    return see_other(f"{actor_path(group.actor)}/invitations", "revoked")


async def show(request: Request) -> Response:
    """GET /invitations/{code}: what somebody who was invited sees before coming in."""
    return await _invitation(request, need_viewer(request), Form())


async def follow(request: Request) -> Response:
    """POST /invitations/{code}: come in, or ask to be let in where moderators decide."""
    viewer, form = need_viewer(request), await posted(request)
    groups, code = request.app[GROUPS], request.match_info["code"]

    def come_in(uow: UnitOfWork) -> tuple[str, str]:
        shown = groups.invitation(uow, code, viewer.persona)
        if is_asked_first(shown.group.group) and not shown.is_member:
            groups.apply_by_link(uow, code, viewer.persona, answers_of(form))
            return "/applications", "requested"
        group = groups.accept(uow, code, viewer.persona)
        return actor_path(group.actor), "joined"

    try:
        path, note = await request.app[DB].write(come_in)
    except (Invalid, Refused) as error:
        return await _invitation(request, viewer, form, shown_again(form, error))
    return see_other(path, note)


async def _invitation(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    groups, code = request.app[GROUPS], request.match_info["code"]
    shown = await request.app[DB].read(lambda uow: groups.invitation(uow, code, viewer.persona))
    if shown.is_member:
        return see_other(actor_path(shown.group.actor))
    action = f"/invitations/{code}"
    return joining_page(request, shown.group, shown.questions, form, action, status)


async def _page(
    request: Request, viewer: Viewer, form: Form, link: str | None = None, status: int = 200
) -> Response:
    groups, now = request.app[GROUPS], request.app[NOW]()

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, list[Invitation]]:
        group = group_at(uow, request, viewer.persona)
        return group, groups.invitations(uow, group.actor.id, viewer.persona)

    group, made = await request.app[DB].read(read)
    return page(
        request,
        "groups/invitations.html",
        status=status,
        actor=group.actor,
        group=group.group,
        open_ones=[one for one in made if one.is_open(now)],
        ended=sum(not one.is_open(now) for one in made),
        days=[days for days in DAYS if days <= groups.limits.invitation_days],
        link=link,
        now=now,
        form=form,
    )


def _fresh_form() -> Form:
    return Form({"days": "7", "uses": "1"})


def _number(form: Form, field: str) -> int:
    text = form[field].strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise Invalid(field, N_("Write a number, such as 1 or 20."))
    return int(text)
