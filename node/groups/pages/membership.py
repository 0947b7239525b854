"""Joining a group, with one button or some answers, and leaving it again."""

from typing import cast

from node.errors import Invalid, NotFound, Refused
from node.groups.keys import GROUPS
from node.groups.pages.composer import shown_again
from node.groups.pages.places import group_at
from node.groups.parting import PostsOf
from node.groups.rules import is_asked_first
from node.viewer import Viewer
from node.visibility import is_member
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

MOST_ANSWERS = 5


async def show_join(request: Request) -> Response:
    """GET /groups/{handle}/join: how people treat each other there, and what the group asks."""
    return await _join_page(request, need_viewer(request), Form())


async def join(request: Request) -> Response:
    """POST /groups/{handle}/join, with `answer-0` and on where the group asks questions."""
    viewer, form = need_viewer(request), await posted(request)
    groups = request.app[GROUPS]

    def join_group(uow: UnitOfWork) -> tuple[GroupWithActor, str]:
        group = group_at(uow, request, viewer.persona)
        membership = uow.memberships.get(group.actor.id, viewer.persona.id)
        if is_asked_first(group.group) and not is_member(membership):
            groups.apply(uow, group.actor.id, viewer.persona, answers_of(form))
            return group, "requested"
        state = groups.join(uow, group.actor.id, viewer.persona).state
        return group, "joined" if state == "accepted" else "asked"

    try:
        group, note = await request.app[DB].write(join_group)
    except Invalid as error:
        return await _join_page(request, viewer, form, shown_again(form, error))
    return see_other(actor_path(group.actor), note)


def answers_of(form: Form) -> tuple[str, ...]:
    """What was written under the questions, in their order."""
    return tuple(form[f"answer-{number}"] for number in range(MOST_ANSWERS))


async def show_leave(request: Request) -> Response:
    """GET /groups/{handle}/leave: asks what shall become of one's posts."""
    return await _leave_page(request, need_viewer(request), Form({"posts": "keep"}))


async def leave(request: Request) -> Response:
    """POST /groups/{handle}/leave with `posts`: keep, unnamed or delete. Whoever waits for an
    answer takes the request back."""
    viewer, form = need_viewer(request), await posted(request)
    groups, wish = request.app[GROUPS], form["posts"] or "keep"

    def leave_group(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        if is_member(uow.memberships.get(group.actor.id, viewer.persona.id)):
            # The use case checks it; the cast only names what it will refuse otherwise.
            groups.part(uow, group.actor.id, viewer.persona, cast(PostsOf, wish))
        else:
            groups.leave(uow, group.actor.id, viewer.persona)
        return group

    try:
        group = await request.app[DB].write(leave_group)
    except (Invalid, Refused) as error:
        return await _leave_page(request, viewer, form, shown_again(form, error))
    is_closed = group.group.visibility == "private"
    return see_other("/groups" if is_closed else actor_path(group.actor), "left")


async def _join_page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    def read(uow: UnitOfWork) -> tuple[GroupWithActor, tuple[str, ...]]:
        group = group_at(uow, request, viewer.persona)
        asks = is_asked_first(group.group)
        return group, uow.applications.questions(group.actor.id) if asks else ()

    group, questions = await request.app[DB].read(read)
    return joining_page(request, group, questions, form, f"{actor_path(group.actor)}/join", status)


def joining_page(
    request: Request,
    group: GroupWithActor,
    questions: tuple[str, ...],
    form: Form,
    action: str,
    status: int = 200,
) -> Response:
    """What somebody reads before coming in, by the front door or by an invitation."""
    guidelines = group.group.guidelines
    return page(
        request,
        "groups/join.html",
        status=status,
        group=group.group,
        actor=group.actor,
        guidelines=request.app[GROUPS].markdown(guidelines) if guidelines else "",
        questions=list(enumerate(questions)),
        asks=is_asked_first(group.group),
        form=form,
        action=action,
    )


async def _leave_page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    def read(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        if not is_member(uow.memberships.get(group.actor.id, viewer.persona.id)):
            raise NotFound
        return group

    group = await request.app[DB].read(read)
    return page(
        request,
        "groups/leave.html",
        status=status,
        group=group.group,
        actor=group.actor,
        is_host=group.group.host_id == viewer.persona.id,
        form=form,
    )
