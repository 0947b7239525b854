"""Keeping a group: a page for its moderators, its settings, who can read it, its archive."""

from dataclasses import dataclass

from node.errors import Invalid, Refused
from node.groups.hosting import GroupSettings
from node.groups.keys import GROUPS
from node.groups.pages.composer import shown_again
from node.groups.pages.places import group_at
from node.groups.place import insist_moderator
from node.groups.rules import JOIN_POLICIES, NARROWER
from node.i18n import N_
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from storage.withdrawals import PeerReceipt, Withdrawal

KEPT_OUT_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """What a moderator finds on the page that keeps a group."""

    group: GroupWithActor
    waiting: int
    kept_out: list[Actor]
    hosting: bool


async def manage(request: Request) -> Response:
    """GET /groups/{handle}/manage: for moderators."""
    viewer, groups = need_viewer(request), request.app[GROUPS]

    def read(uow: UnitOfWork) -> Kept:
        group = group_at(uow, request, viewer.persona)
        insist_moderator(uow, group, viewer.persona, None)
        return Kept(
            group,
            len(groups.waiting(uow, group.actor.id, viewer.persona)),
            uow.group_bans.named(group.actor.id, KEPT_OUT_SHOWN),
            groups.may_host_it(uow, group, viewer.persona),
        )

    kept = await request.app[DB].read(read)
    return page(
        request,
        "groups/manage.html",
        group=kept.group.group,
        actor=kept.group.actor,
        waiting=kept.waiting,
        kept_out=kept.kept_out,
        hosting=kept.hosting,
    )


async def show_settings(request: Request) -> Response:
    """GET /groups/{handle}/settings"""
    return await _settings(request, need_viewer(request), None)


async def save_settings(request: Request) -> Response:
    """POST /groups/{handle}/settings"""
    viewer, form = need_viewer(request), await posted(request)
    groups, wished = request.app[GROUPS], _wished(form)

    def save(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        groups.set_up(uow, group.actor.id, viewer.persona, wished)
        return group

    try:
        group = await request.app[DB].write(save)
    except Invalid as error:
        return await _settings(request, viewer, form, shown_again(form, error))
    return see_other(f"{actor_path(group.actor)}/manage", "saved")


async def archive(request: Request) -> Response:
    """POST /groups/{handle}/archive with `act`, archive or reopen."""
    viewer, form = need_viewer(request), await posted(request)
    groups, reopening = request.app[GROUPS], form["act"] == "reopen"

    def change(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        what = groups.reopen if reopening else groups.archive
        what(uow, group.actor.id, viewer.persona)
        return group

    group = await request.app[DB].write(change)
    return see_other(f"{actor_path(group.actor)}/manage", "reopened" if reopening else "archived")


async def show_openness(request: Request) -> Response:
    """GET /groups/{handle}/openness: who can read it, and who was asked to forget it."""
    return await _openness(request, need_viewer(request), Form())


async def narrow(request: Request) -> Response:
    """POST /groups/{handle}/openness with `visibility` and `sure`."""
    viewer, form = need_viewer(request), await posted(request)
    groups = request.app[GROUPS]

    def change(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        groups.hosted(uow, group.actor.id, viewer.persona)
        if form["sure"] != "yes":
            raise Invalid("sure", N_("Tick the box to say that you are sure."))
        groups.narrow(uow, group.actor.id, viewer.persona, form["visibility"])
        return group

    try:
        group = await request.app[DB].write(change)
    except (Invalid, Refused) as error:
        return await _openness(request, viewer, form, shown_again(form, error))
    return see_other(f"{actor_path(group.actor)}/openness", "narrowed")


async def _openness(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    groups = request.app[GROUPS]

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, Withdrawal | None, list[PeerReceipt]]:
        group = group_at(uow, request, viewer.persona)
        return groups.withdrawal(uow, group.actor.id, viewer.persona)

    group, begun, receipts = await request.app[DB].read(read)
    return page(
        request,
        "groups/openness.html",
        status=status,
        group=group.group,
        actor=group.actor,
        narrower=NARROWER[group.group.visibility],
        begun=begun,
        receipts=receipts,
        confirmed=sum(one.confirmed == one.asked for one in receipts),
        form=form,
    )


async def _settings(
    request: Request, viewer: Viewer, form: Form | None, status: int = 200
) -> Response:
    groups = request.app[GROUPS]

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, tuple[str, ...]]:
        group = group_at(uow, request, viewer.persona)
        groups.hosted(uow, group.actor.id, viewer.persona)
        return group, uow.applications.questions(group.actor.id)

    group, questions = await request.app[DB].read(read)
    return page(
        request,
        "groups/settings.html",
        status=status,
        group=group.group,
        actor=group.actor,
        policies=JOIN_POLICIES[group.group.visibility],
        form=form or _form_of(group, questions),
    )


def _wished(form: Form) -> GroupSettings:
    return GroupSettings(
        name=form["name"],
        summary=form["summary"],
        guidelines=form["guidelines"],
        join_policy=form["join_policy"] or "open",
        questions=tuple(form["questions"].splitlines()),
        reply_policy=form["reply_policy"],
        posting_policy=form["posting_policy"],
        allows_anonymous=form["allows_anonymous"] == "yes",
    )


def _form_of(group: GroupWithActor, questions: tuple[str, ...]) -> Form:
    return Form(
        {
            "name": group.actor.name,
            "summary": group.actor.summary_source or "",
            "guidelines": group.group.guidelines,
            "join_policy": group.group.join_policy,
            "questions": "\n".join(questions),
            "reply_policy": group.group.reply_policy,
            "posting_policy": group.group.posting_policy,
            "allows_anonymous": "yes" if group.group.allows_anonymous else "",
        }
    )
